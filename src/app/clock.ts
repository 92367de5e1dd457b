import {uptime} from 'node:os';

/** Less may be the clock's own drift, or a process that gets its turn late between two looks. */
const leastSetMs = 5_000;

/** What the machine counts in any case, its sleep included. */
const machineUptimeMs = () => uptime() * 1000;

/**
 * Calls `tick` with what `now` says just after every full second, until the signal. Ages, counters and the clock on the screen come from it. `setBy`: by how many ms
 * somebody has set the machine's clock since the last time; absent: nobody has. Sleep is no such thing: what is old after it is old.
 */
export function runClock(now: () => number, tick: (at: number, setBy: number | undefined) => void, signal: AbortSignal, uptimeMs = machineUptimeMs): void {
	const next = () => setTimeout(beat, 1000 - (Date.now() % 1000) + 2);
	const ahead = () => Date.now() - uptimeMs();
	let timer: NodeJS.Timeout;
	let before = ahead();
	const beat = () => {
		const after = ahead();
		const setBy = Math.abs(after - before) < leastSetMs ? undefined : after - before;
		if (setBy !== undefined) before = after;
		tick(now(), setBy);
		timer = next();
	};
	timer = next();
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
}
