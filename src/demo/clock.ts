/** Time for everything in the embedded cluster, handed in so that tests can turn it by hand and a demo can run it faster. */
export interface Clock {
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Runs once after a delay; the answer cancels it. */
	readonly schedule: (delayMs: number, run: () => void) => () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
	now: () => Date.now(),
	schedule(delayMs, run) {
		const timer = setTimeout(run, delayMs);
		return () => clearTimeout(timer);
	},
};

/** Waits, and comes back early (without an error) when the signal is aborted: the caller's loop looks at the signal anyway. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted) return resolve();
		const done = () => {
			cancel();
			signal.removeEventListener('abort', done);
			resolve();
		};
		const cancel = clock.schedule(delayMs, done);
		signal.addEventListener('abort', done);
	});
}

/** The API's time format: whole seconds, as metav1.Time prints them. */
export function apiTime(epochMs: number): string {
	return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
