declare module 'json-merge-patch' {
	/** RFC 7396; it changes the target. */
	export function apply(target: unknown, patch: unknown): unknown;
}
