/** What kind of trouble, so that the command line can map it to an exit code and the informer to a policy. */
export type ClusterErrorKind =
	| 'config'
	| 'unreachable'
	| 'timeout'
	| 'tls'
	| 'garbage'
	| 'unauthorized'
	| 'forbidden'
	| 'not-found'
	| 'conflict'
	| 'invalid'
	/** 410: the resource version or continue token is too old. */
	| 'expired'
	| 'too-many-requests'
	/** Any other answer that is no success. */
	| 'server'
	/** Our own signal. */
	| 'aborted';

type ClusterErrorOptions = {
	readonly kind: ClusterErrorKind;
	readonly hint?: string | undefined;
	readonly cause?: unknown;
	/** HTTP status, or the `code` of a Status object. */
	readonly status?: number | undefined;
	/** `reason` of a Status object, e.g. `Expired`. */
	readonly reason?: string | undefined;
	/** The operating system's or the library's code, e.g. `ECONNREFUSED`. */
	readonly code?: string | undefined;
	readonly retryAfterMs?: number | undefined;
	/** Causes inside a Status object, e.g. `ResourceVersionTooLarge`. */
	readonly causes?: readonly string[];
};

/** One clear sentence about what failed, for which context and server; `hint` says what to do. Never holds a secret. */
export class ClusterError extends Error {
	override readonly name = 'ClusterError';
	readonly kind: ClusterErrorKind;
	readonly hint: string | undefined;
	readonly status: number | undefined;
	readonly reason: string | undefined;
	readonly code: string | undefined;
	readonly retryAfterMs: number | undefined;
	readonly causes: readonly string[];

	constructor(message: string, options: ClusterErrorOptions) {
		super(message, options.cause === undefined ? undefined : {cause: options.cause});
		this.kind = options.kind;
		this.hint = options.hint;
		this.status = options.status;
		this.reason = options.reason;
		this.code = options.code;
		this.retryAfterMs = options.retryAfterMs;
		this.causes = options.causes ?? [];
	}
}

/** Any thrown value as one line for people. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Any thrown value as one of ours. */
export function asClusterError(error: unknown): ClusterError {
	return error instanceof ClusterError ? error : new ClusterError(messageOf(error), {kind: 'server', cause: error});
}
