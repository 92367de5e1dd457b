export type Restartable = {
	/** Ends what runs and starts anew; the same key again changes nothing. */
	start(key: string, run: (signal: AbortSignal) => Promise<void>): void;
	/** Resolves when everything that was ever started has ended. */
	ended(): Promise<void>;
};

/** Something that runs for the sake of a value (a selector), starts over when that becomes another, and ends with the parent. */
export function createRestartable(parent: AbortSignal): Restartable {
	let key: string | undefined;
	let stopper = new AbortController();
	const running = new Set<Promise<void>>();
	parent.addEventListener('abort', () => stopper.abort(), {once: true});
	return {
		start(newKey, run) {
			if (key === newKey || parent.aborted) return;
			key = newKey;
			stopper.abort();
			stopper = new AbortController();
			const ending = run(stopper.signal).finally(() => running.delete(ending));
			running.add(ending);
		},
		async ended() {
			await Promise.all(running);
		},
	};
}
