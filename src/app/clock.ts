/** Calls `tick` with the epoch ms just after every full second, until the signal. Ages, counters and the clock on the screen come from it. */
export function runClock(tick: (at: number) => void, signal: AbortSignal): void {
	const next = () => setTimeout(beat, 1000 - (Date.now() % 1000) + 2);
	let timer: NodeJS.Timeout;
	const beat = () => {
		tick(Date.now());
		timer = next();
	};
	timer = next();
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
}
