/** A time of the test's own: it stands still until `run`, which lets all happen that is due until then, one after the other. */
export function simulatedTime() {
	let now = 0;
	let timers: {readonly at: number; readonly wake: () => void}[] = [];
	return {
		clock: () => now,
		/** Resolves after so many ms, or when the signal is aborted. */
		sleep: (ms: number, signal: AbortSignal): Promise<void> =>
			new Promise(resolve => {
				timers.push({at: now + ms, wake: resolve});
				signal.addEventListener('abort', () => resolve(), {once: true});
			}),
		async run(untilMs: number): Promise<void> {
			for (;;) {
				await new Promise(resolve => setImmediate(resolve));
				const at = Math.min(...timers.map(timer => timer.at));
				if (at >= untilMs) break;
				const due = timers.filter(timer => timer.at === at);
				timers = timers.filter(timer => timer.at !== at);
				now = at;
				for (const {wake} of due) wake();
			}
			now = untilMs;
		},
	};
}
