import type {Clock} from '../clock.ts';

/** How long to wait before something is tried again. */
export interface RetryDelays {
	/** Counts a failure, and says how many milliseconds to wait after it. */
	readonly next: (key: string) => number;
	readonly failures: (key: string) => number;
	/** It went well: the next failure is the first one again. */
	readonly forget: (key: string) => void;
}

const longestMs = 1_000_000;
const burst = 100;
const perSecond = 10;

/**
 * The longer of two delays: one that doubles with each failure of a key, and one for all keys together, which begins after a burst of 100
 * and lets ten through a second (client-go: DefaultTypedControllerRateLimiter).
 */
export function createRetryDelays(clock: Clock, firstDelayMs: number): RetryDelays {
	const failures = new Map<string, number>();
	let tokens = burst;
	let filledAt = clock.now();
	const reserve = () => {
		const now = clock.now();
		tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1_000) - 1;
		filledAt = now;
		return tokens >= 0 ? 0 : (-tokens * 1_000) / perSecond;
	};
	return {
		next(key) {
			const before = failures.get(key) ?? 0;
			failures.set(key, before + 1);
			return Math.max(Math.min(longestMs, firstDelayMs * 2 ** before), reserve());
		},
		failures: key => failures.get(key) ?? 0,
		forget: key => failures.delete(key),
	};
}
