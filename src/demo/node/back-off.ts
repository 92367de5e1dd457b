import type {Clock} from '../clock.ts';

/** How long to leave something alone after failures: client-go's flowcontrol.Backoff with the kubelet's numbers, for one thing. */
export interface BackOff {
	readonly currentMs: () => number;
	/** Whether it is still too early, counted from a moment (a container's end) or, without one, from the last failure. */
	readonly isWaiting: (since?: number) => boolean;
	readonly remainingMs: (since?: number) => number;
	/** Another failure: twice as long, unless the last one is so long ago that the thing counts as healthy since. */
	readonly next: (since?: number) => void;
}

const firstMs = 10_000;
const longestMs = 300_000;

/** Starts without any delay; the first `next` makes it ten seconds. */
export function createBackOff(clock: Clock): BackOff {
	let currentMs = 0;
	let updatedAt = 0;
	const isForgotten = (at: number) => at - updatedAt > 2 * longestMs;
	const remainingMs = (since = updatedAt) => (currentMs === 0 || isForgotten(since) ? 0 : since + currentMs - clock.now());
	return {
		currentMs: () => currentMs,
		isWaiting: since => remainingMs(since) > 0,
		remainingMs,
		next(since = clock.now()) {
			currentMs = currentMs === 0 || isForgotten(since) ? firstMs : Math.min(longestMs, currentMs * 2);
			updatedAt = clock.now();
		},
	};
}

/** Go's way to print a duration of whole seconds: `10s`, `1m20s`, `5m0s`. */
export function goSeconds(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
