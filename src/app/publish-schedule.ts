import type {Schedule} from '../store/store.ts';

/** What it needs of time. `behind`: runs when all is done that what was just called has begun. */
export type Timers = {readonly now: () => number; readonly after: (ms: number, run: () => void) => void; readonly behind: (run: () => void) => void};

/** The machine's own. React draws in a microtask of its own, before ours. */
export const machineTimers: Timers = {now: () => performance.now(), after: (ms, run) => void setTimeout(run, ms), behind: queueMicrotask};

/** What a publication costs, its frame included, is at most this part of the time; the garbage that it leaves and what the changes cost come on top. */
const share = 0.035;

/** However dear a frame is: what changes is on the screen a quarter of a second later. */
const longestMs = 200;

/** So much the last publication counts among those before. */
const newest = 0.3;

/**
 * Publishes at once after quiet, then at most once in `intervalMs()`, and less often where frames are dear: many pods, or a machine that has other things to do. A burst
 * of one turn of the event loop is one publication.
 */
export function publishSchedule(intervalMs: () => number, {now, after, behind}: Timers): Schedule {
	let last = Number.NEGATIVE_INFINITY;
	let costMs = 0;
	return flush => {
		const least = intervalMs();
		const interval = least === 0 ? 0 : Math.max(least, Math.min(longestMs, costMs / share));
		after(Math.max(0, last + interval - now()), () => {
			last = now();
			flush();
			behind(() => {
				costMs += newest * (now() - last - costMs);
			});
		});
	};
}
