/** Time and chance as the informer sees them, handed in so that tests need not wait; with its limits, all in ms. */
export type InformerPolicy = {
	/** Epoch ms, for what people are told. */
	now(): number;
	/** ms on a clock that nobody sets, for everything that is measured: the other one jumps when it is put right, and after a laptop's sleep. */
	uptime(): number;
	/** 0 ≤ n < 1 */
	random(): number;
	/** Calls `run` once after `ms`; the result cancels that. */
	startTimer(ms: number, run: () => void): () => void;
	/** A watch that brings nothing for so long may be dead: the API server sends a bookmark about every 60 s. */
	readonly watchSilenceMs: number;
	/** The same for the parts of a list. */
	readonly listSilenceMs: number;
	/** What counts as live while it is asked again is lost when no answer comes for so long. */
	readonly answerMs: number;
	/** Longest wait before it is tried again, before it is stretched by chance: twice as much brings all back within 10 s of the network's return. */
	readonly longestWaitMs: number;
	/** No server is obeyed that asks for more patience than this (`Retry-After`): a person is waiting. */
	readonly longestRetryAfterMs: number;
	/** How long to let a forbidden kind rest at first, and at most: rights seldom change, but an API server that just starts knows none of them. */
	readonly firstForbiddenMs: number;
	readonly forbiddenRetryMs: number;
	/** After so long without a word on any stream the API server is asked whether it is there. */
	readonly pulseAfterMs: number;
	/** How long it may take to say so. */
	readonly pulseTimeoutMs: number;
	/** Pause between two such questions while it is not. */
	readonly pulsePauseMs: number;
	/** A watch that ends sooner than this without news is no watch: client-go's hot-loop guard. */
	readonly shortestWatchMs: number;
	/** Objects per page of a list: client-go tools/pager. */
	readonly pageSize: number;
};

export const defaultPolicy: InformerPolicy = {
	now: Date.now,
	uptime: () => performance.now(),
	random: Math.random,
	startTimer(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	watchSilenceMs: 90_000,
	listSilenceMs: 30_000,
	answerMs: 5_000,
	longestWaitMs: 4_000,
	longestRetryAfterMs: 10_000,
	firstForbiddenMs: 4_000,
	forbiddenRetryMs: 120_000,
	pulseAfterMs: 4_000,
	pulseTimeoutMs: 3_000,
	pulsePauseMs: 2_000,
	shortestWatchMs: 1_000,
	pageSize: 500,
};

/** Waits `ms`, or until the signal aborts; leaves nothing behind on the signal. */
export function sleep(ms: number, signal: AbortSignal, policy: InformerPolicy): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted || ms <= 0) return resolve();
		const finish = () => {
			cancel();
			signal.removeEventListener('abort', finish);
			resolve();
		};
		const cancel = policy.startTimer(ms, finish);
		signal.addEventListener('abort', finish, {once: true});
	});
}
