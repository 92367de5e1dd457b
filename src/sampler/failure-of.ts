import type {FailureReason} from '../domain/sample.ts';
import {shortText} from '../domain/short-text.ts';

/** Why a request brought no answer, for the mix and in words for people. */
export type ProbeFailure = {readonly reason: FailureReason; readonly detail: string; readonly retryAfterMs?: number};

const reasons: Readonly<Record<string, FailureReason>> = {
	ECONNREFUSED: 'refused',
	ECONNRESET: 'reset',
	ECONNABORTED: 'reset',
	EPIPE: 'reset',
	UND_ERR_SOCKET: 'reset',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
	ETIMEDOUT: 'timeout',
	UND_ERR_CONNECT_TIMEOUT: 'timeout',
	UND_ERR_HEADERS_TIMEOUT: 'timeout',
	UND_ERR_BODY_TIMEOUT: 'timeout',
	ENOTFOUND: 'dns',
	EAI_AGAIN: 'dns',
	EAI_FAIL: 'dns',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	ENETDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	EACCES: 'unreachable',
	EPROTO: 'tls',
	ERR_HTTP2_STREAM_ERROR: 'reset',
	ERR_HTTP2_STREAM_CANCEL: 'reset',
	ERR_HTTP2_SESSION_ERROR: 'reset',
	ERR_HTTP2_GOAWAY_SESSION: 'reset',
};

// OpenSSL's and Node's codes of what can go wrong with a certificate.
const tls = /^(?:ERR_(?:SSL|TLS)_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|CRL_|ERROR_IN_C|PATH_LENGTH_|INVALID_PURPOSE)/;

/** What the user can do about it, by the error's code and words; the first that fits. */
const hints: readonly (readonly [RegExp, string])[] = [
	[/^(?:DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_UNTRUSTED|CERT_SIGNATURE)/, '--cacert FILE trusts its authority, -k anybody'],
	[/^ERR_TLS_CERT_ALTNAME_INVALID/, "-H 'Host: NAME' or --sni NAME asks for another, -k accepts it"],
	[/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)/, '-k accepts it'],
	[/unrecognized[_ ]name/i, "-H 'Host: NAME' or --sni NAME asks for another"],
	[/wrong version number|packet length too long|record layer failure/i, 'is it http://…?'],
	[/^ERR_HTTP2_ERROR/, 'without --http2 it is asked in HTTP/1.1'],
];

const longestDetail = 120;

function withHint(code: string, words: string): string {
	// Of OpenSSL's line only the reason tells people something.
	const message = /:SSL routines:[^:]*:([^:]+):/.exec(words)?.[1] ?? words;
	const hint = hints.find(([pattern]) => pattern.test(code) || pattern.test(message))?.[1];
	return hint === undefined ? shortText(message, longestDetail) : `${shortText(message, longestDetail - hint.length - 3)} (${hint})`;
}

type SystemError = Error & {readonly code?: unknown; readonly errors?: readonly unknown[]};

function isSystemError(value: unknown): value is SystemError {
	return value instanceof Error;
}

/** The error that names the cause: of several addresses that were tried, the first one's; and what undici has wrapped. */
function rootOf(error: SystemError): SystemError {
	const [first] = error.errors ?? [];
	if (isSystemError(first)) return rootOf(first);
	return isSystemError(error.cause) && error.code === undefined ? rootOf(error.cause) : error;
}

function reasonOf(code: string): FailureReason {
	if (tls.test(code)) return 'tls';
	return reasons[code] ?? 'other';
}

/** undici's errors of an answer that the server cut off have no code of their own: an HTTP/2 stream, chunks on a connection that was to be closed anyway. */
function isCut({message}: SystemError, code: string): boolean {
	return message.endsWith('(Invalid EOF state)') || (code === 'UND_ERR_INFO' && message.startsWith('HTTP/2: stream'));
}

function describe(error: unknown, words: (code: string, message: string) => string): ProbeFailure {
	if (!isSystemError(error)) return {reason: 'other', detail: shortText(String(error), longestDetail)};
	const root = rootOf(error);
	const code = typeof root.code === 'string' ? root.code : '';
	return {reason: isCut(root, code) ? 'reset' : reasonOf(code), detail: words(code, root.message === '' ? code : root.message)};
}

/**
 * A thrown error as a failure, with the option that helps where there is one. What is no HTTP (a parser error) is `other`: something answers there,
 * but not what was asked for.
 */
export function failureOf(error: unknown): ProbeFailure {
	return describe(error, withHint);
}

/** No request has left. */
const unconnected: ReadonlySet<FailureReason> = new Set(['refused', 'dns', 'unreachable', 'tls']);

/**
 * The same for a request through the API server's proxy: there a broken connection is one to the API server, not the application's. A time-out
 * stays one, since it may be either's.
 */
export function proxyFailureOf(error: unknown): ProbeFailure {
	const failure = describe(error, (_code, message) => shortText(message, longestDetail));
	if (failure.reason === 'timeout') return failure;
	return {reason: unconnected.has(failure.reason) ? 'proxy-unreachable' : 'proxy-error', detail: shortText(`API server: ${failure.detail}`, longestDetail)};
}
