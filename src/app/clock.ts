/** Calls `tick` with what `now` says just after every full second, until the signal. Ages, counters and the clock on the screen come from it. */
export function runClock(now: () => number, tick: (at: number) => void, signal: AbortSignal): void {
	const next = () => setTimeout(beat, 1000 - (Date.now() % 1000) + 2);
	let timer: NodeJS.Timeout;
	const beat = () => {
		tick(now());
		timer = next();
	};
	timer = next();
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
}
