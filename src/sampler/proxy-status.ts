import {isJsonObject} from '../domain/json-kind.ts';
import {parseJson} from '../domain/json-path.ts';
import {retryAfter} from '../domain/mix/pace.ts';
import type {Answer} from '../domain/sample.ts';
import {shortText} from '../domain/short-text.ts';
import type {ProbeFailure} from './failure-of.ts';

function reasonOf(status: number): ProbeFailure['reason'] {
	if (status === 503) return 'proxy-503';
	return status === 401 || status === 403 ? 'proxy-forbidden' : 'proxy-error';
}

/** An answer to HEAD that may be either's: the API server's own is JSON and, unlike most applications', has no Server header. */
function isAmbiguous({headers}: Answer): boolean {
	return headers.server === undefined && headers['x-powered-by'] === undefined;
}

/**
 * The failure that the API server's proxy itself reports, undefined where the application answered: its own answers are JSON of `kind: Status`
 * (KUBERNETES.md §11). To HEAD they have no body to tell by, and the proxy gives the application's answers its own headers too (seen on 1.36.3): then
 * the status is reported, and that it may be either's.
 */
export function proxyStatus(answer: Answer, method: 'GET' | 'HEAD'): ProbeFailure | undefined {
	const {status, headers, body} = answer;
	if (status < 400 || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
	if (method === 'HEAD') {
		const detail = 'from the application or the API server: an answer to HEAD does not tell';
		return isAmbiguous(answer) ? {reason: `http-${status}`, detail} : undefined;
	}
	const object = parseJson(body);
	if (!isJsonObject(object) || object.kind !== 'Status' || object.apiVersion !== 'v1') return undefined;
	const message = typeof object.message === 'string' ? object.message : '';
	const failure = {reason: reasonOf(status), detail: shortText(message === '' ? `API server answered ${status}` : message, 120)};
	return status === 429 ? {...failure, retryAfterMs: retryAfter(headers['retry-after'], Date.now()) ?? 1000} : failure;
}
