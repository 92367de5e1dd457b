/** Time and chance as the informer sees them, handed in so that tests need not wait; with its limits, all in ms. */
export type InformerPolicy = {
	/** Epoch ms. */
	now(): number;
	/** 0 ≤ n < 1 */
	random(): number;
	/** Calls `run` once after `ms`; the result cancels that. */
	startTimer(ms: number, run: () => void): () => void;
	/** A watch that brings nothing for so long is dead: the API server sends a bookmark about every 60 s. */
	readonly watchSilenceMs: number;
	/** The same for the parts of a list. */
	readonly listSilenceMs: number;
	/** How long to let a forbidden kind rest: rights seldom change. */
	readonly forbiddenRetryMs: number;
	/** A watch that ends sooner than this without news is no watch: client-go's hot-loop guard. */
	readonly shortestWatchMs: number;
	/** Objects per page of a list: client-go tools/pager. */
	readonly pageSize: number;
};

export const defaultPolicy: InformerPolicy = {
	now: Date.now,
	random: Math.random,
	startTimer(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	watchSilenceMs: 90_000,
	listSilenceMs: 30_000,
	forbiddenRetryMs: 120_000,
	shortestWatchMs: 1_000,
	pageSize: 500,
};

/** Waits `ms`, or until the signal aborts; leaves nothing behind on the signal. */
export function sleep(ms: number, signal: AbortSignal, policy: InformerPolicy): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted) return resolve();
		const finish = () => {
			cancel();
			signal.removeEventListener('abort', finish);
			resolve();
		};
		const cancel = policy.startTimer(ms, finish);
		signal.addEventListener('abort', finish, {once: true});
	});
}
