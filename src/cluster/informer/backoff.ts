import type {InformerPolicy} from './policy.ts';

const firstMs = 800;
const longestMs = 30_000;
const resetMs = 120_000;

export type Backoff = {
	/** ms to wait now. */
	next(): number;
};

/**
 * Growing waits: 0.8 s, doubled up to 30 s, each stretched by chance up to twice its length so that many clients don't come back at once; from the
 * start again after two minutes without trouble. client-go: reflector.go NewReflectorWithOptions.
 */
export function createBackoff({now, random}: InformerPolicy): Backoff {
	let base = firstMs;
	let lastAt = Number.NEGATIVE_INFINITY;
	return {
		next() {
			if (now() - lastAt > resetMs) base = firstMs;
			const wait = base * (1 + random());
			base = Math.min(longestMs, base * 2);
			lastAt = now() + wait;
			return wait;
		},
	};
}
