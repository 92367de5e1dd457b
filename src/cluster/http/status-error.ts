import type {JsonObject} from '../../domain/json.ts';
import {ClusterError, type ClusterErrorKind} from '../errors.ts';
import {isRawObject, numberOf, objectOf, objectsOf, shownText, textOf} from '../parse/fields.ts';

const kinds: Readonly<Record<number, ClusterErrorKind>> = {
	400: 'invalid',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not-found',
	409: 'conflict',
	410: 'expired',
	422: 'invalid',
	429: 'too-many-requests',
};

const hints: Partial<Readonly<Record<ClusterErrorKind, string>>> = {
	unauthorized: 'the credentials have expired or are wrong: log in again, or choose another --context',
	forbidden: 'ask for the right (`kubectl auth can-i --list` shows yours), or use another --context or --as',
	conflict: 'somebody else changed it meanwhile; look again, then repeat',
	'too-many-requests': 'the API server is overloaded; wait a little',
};

/** Without a Status object the answer is from something between us and the API server, or from no API server at all. */
function foreignAnswer(status: number, kind: ClusterErrorKind): string {
	if (kind === 'unauthorized') return 'the API server does not accept our credentials';
	if (kind === 'forbidden') return 'access is forbidden';
	return `the server answered ${status} without a Kubernetes status`;
}

function retryAfterOf(details: JsonObject, header: string | undefined): number | undefined {
	const seconds = numberOf(details.retryAfterSeconds) ?? (header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined);
	return seconds === undefined ? undefined : seconds * 1000;
}

/**
 * What a `Status` object (body of a failure, or object of an ERROR event) means. `httpStatus` counts where the object has no code;
 * `retryAfter` is the header's text. The message is the API server's own, which names object, user and verb.
 */
export function statusError(body: unknown, httpStatus: number, retryAfter?: string): ClusterError {
	const status: JsonObject = isRawObject(body) && (body.kind === 'Status' || body.status === 'Failure') ? body : {};
	const code = numberOf(status.code) ?? httpStatus;
	const reason = textOf(status.reason);
	const details = objectOf(status.details);
	const gone = reason === 'Expired' || reason === 'Gone';
	const kind = gone ? 'expired' : (kinds[code] ?? 'server');
	return new ClusterError(shownText(status.message).slice(0, 500) || foreignAnswer(code, kind), {
		kind,
		hint: hints[kind],
		status: code,
		reason,
		retryAfterMs: retryAfterOf(details, retryAfter),
		causes: objectsOf(details.causes).flatMap(cause => textOf(cause.reason) ?? []),
	});
}
