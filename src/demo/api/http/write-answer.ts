import type {ServerResponse} from 'node:http';
import {asGoWrites} from '../../go-json.ts';
import type {Answer} from '../api-call.ts';
import {internalError, StatusError, statusOf} from '../status-error.ts';

/** Sends an answer; nothing when it was begun already. */
export function writeAnswer(response: ServerResponse, {code, body, headers}: Answer): void {
	if (response.headersSent) return;
	const text = typeof body === 'function' ? body() : `${asGoWrites(JSON.stringify(body))}\n`;
	response.writeHead(code, {'content-type': 'application/json', 'cache-control': 'no-cache, private', ...headers});
	response.end(text);
}

/** Whatever was thrown, as an answer. What is no StatusError is a fault of ours: 500, but no crash. */
export function refusal(error: unknown): Answer {
	const status = error instanceof StatusError ? error : internalError((error as Error).message);
	const retry = status.details?.retryAfterSeconds;
	return {code: status.code, body: statusOf(status), ...(retry === undefined ? {} : {headers: {'retry-after': String(retry)}})};
}
