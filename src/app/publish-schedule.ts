import type {Schedule} from '../store/store.ts';

/** What it needs of time. */
export type Timers = {readonly now: () => number; readonly after: (ms: number, run: () => void) => void};

/** Publishes at once after quiet, then at most once in `intervalMs()`. A burst of one turn of the event loop is one publication. */
export function publishSchedule(intervalMs: () => number, {now, after}: Timers): Schedule {
	let last = Number.NEGATIVE_INFINITY;
	return flush => {
		const wait = Math.max(0, last + intervalMs() - now());
		after(wait, () => {
			last = now();
			flush();
		});
	};
}
