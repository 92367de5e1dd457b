import type {InformerPolicy} from './policy.ts';

/** So long without trouble and it is over; client-go: 2 minutes, after waits of up to a minute. */
const resetMs = 10_000;

export type Backoff = {
	/** ms to wait now. */
	next(): number;
	/** The trouble is over: the next wait is a short one again. */
	reset(): void;
};

/** How long the first and the longest wait are, before they are stretched. */
type Range = {readonly firstMs: number; readonly longestMs: number};

/**
 * Growing waits: doubled up to the longest, each stretched by chance up to twice its length so that many clients don't come back at once; from the
 * start again after ten seconds without trouble. client-go: reflector.go NewReflectorWithOptions (0.8 s to 30 s).
 */
export function createBackoff({uptime, random}: Pick<InformerPolicy, 'uptime' | 'random'>, {firstMs, longestMs}: Range): Backoff {
	let base = firstMs;
	let lastAt = Number.NEGATIVE_INFINITY;
	return {
		next() {
			if (uptime() - lastAt > resetMs) base = firstMs;
			const wait = base * (1 + random());
			base = Math.min(longestMs, base * 2);
			lastAt = uptime() + wait;
			return wait;
		},
		reset() {
			base = firstMs;
		},
	};
}
