import type {FailureReason} from '../domain/sample.ts';
import {shortText} from '../domain/short-text.ts';

/** Why a request brought no answer, for the mix and in words for people. */
export type ProbeFailure = {readonly reason: FailureReason; readonly detail: string};

const reasons: Readonly<Record<string, FailureReason>> = {
	ECONNREFUSED: 'refused',
	ECONNRESET: 'reset',
	ECONNABORTED: 'reset',
	EPIPE: 'reset',
	UND_ERR_SOCKET: 'reset',
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
};

// OpenSSL's and Node's codes of what can go wrong with a certificate.
const tls = /^(?:ERR_(?:SSL|TLS)_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|CRL_|ERROR_IN_C|PATH_LENGTH_|INVALID_PURPOSE)/;

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

/** A thrown error as a failure. What is no HTTP (a parser error) is `other`: something answers there, but not what was asked for. */
export function failureOf(error: unknown): ProbeFailure {
	if (!isSystemError(error)) return {reason: 'other', detail: shortText(String(error), 120)};
	const root = rootOf(error);
	const code = typeof root.code === 'string' ? root.code : '';
	return {reason: reasonOf(code), detail: shortText(root.message === '' ? code : root.message, 120)};
}

/**
 * The same for a request through the API server's proxy: there a broken connection is one to the API server, not the application's. A time-out
 * stays one, since it may be either's.
 */
export function proxyFailureOf(error: unknown): ProbeFailure {
	const failure = failureOf(error);
	return failure.reason === 'timeout' ? failure : {reason: 'proxy-error', detail: shortText(`API server: ${failure.detail}`, 120)};
}
