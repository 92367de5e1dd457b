/** A signal that aborts with its parents' reason, or with `expired` after `ms` (absent: never). */
export type Deadline = {readonly signal: AbortSignal; stopTimer(): void; release(): void};

/** Unlike `AbortSignal.any` nothing stays behind on the long-lived parent: `release` undoes all of it. */
export function createDeadline(parent: AbortSignal | undefined, ms: number | undefined, expired: () => unknown): Deadline {
	const controller = new AbortController();
	const onAbort = () => controller.abort(parent?.reason);
	if (parent?.aborted) onAbort();
	parent?.addEventListener('abort', onAbort, {once: true});
	const timer = ms === undefined ? undefined : setTimeout(() => controller.abort(expired()), ms);
	return {
		signal: controller.signal,
		stopTimer: () => clearTimeout(timer),
		release() {
			clearTimeout(timer);
			parent?.removeEventListener('abort', onAbort);
		},
	};
}
