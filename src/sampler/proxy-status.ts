import {isJsonObject} from '../domain/json-kind.ts';
import {parseJson} from '../domain/json-path.ts';
import type {Answer} from '../domain/sample.ts';
import {shortText} from '../domain/short-text.ts';
import type {ProbeFailure} from './failure-of.ts';

function reasonOf(status: number): ProbeFailure['reason'] {
	if (status === 503) return 'proxy-503';
	return status === 401 || status === 403 ? 'proxy-forbidden' : 'proxy-error';
}

/**
 * The failure that the API server's proxy itself reports, undefined where the application answered: its own answers are JSON of `kind: Status`
 * (KUBERNETES.md §11). An answer to HEAD has no body to tell by, so it is taken for the application's.
 */
export function proxyStatus({status, headers, body}: Answer): ProbeFailure | undefined {
	if (status < 400 || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
	const object = parseJson(body);
	if (!isJsonObject(object) || object.kind !== 'Status' || object.apiVersion !== 'v1') return undefined;
	const message = typeof object.message === 'string' ? object.message : '';
	return {reason: reasonOf(status), detail: shortText(message === '' ? `API server answered ${status}` : message, 120)};
}
