// Each bin is 1 % wider than the one before, so a quantile is right to half a percent in constant memory, and two seconds are merged by adding.
const growth = Math.log(1.01);
const smallestMs = 0.01;
const binCount = 2400;

/** Quantiles of latency in ms. */
export type Quantiles = {readonly p50: number; readonly p95: number; readonly p99: number};

/** Bin of a latency in ms: 0 … 2399, which is 0.01 ms to some days. */
export function latencyBin(latencyMs: number): number {
	if (!(latencyMs > smallestMs)) return 0;
	return Math.min(binCount - 1, Math.ceil(Math.log(latencyMs / smallestMs) / growth));
}

/** Middle of a bin, in ms. */
function binMiddleMs(bin: number): number {
	return smallestMs * Math.exp((bin - 0.5) * growth);
}

/** Quantiles of binned latencies (nearest rank), undefined of none. */
export function quantilesOf(bins: Iterable<readonly [bin: number, count: number]>): Quantiles | undefined {
	const counts = new Uint32Array(binCount);
	let total = 0;
	for (const [bin, count] of bins) {
		counts[bin] = (counts[bin] ?? 0) + count;
		total += count;
	}
	if (total === 0) return undefined;
	const at = (share: number) => binMiddleMs(rankedBin(counts, Math.ceil(share * total)));
	return {p50: at(0.5), p95: at(0.95), p99: at(0.99)};
}

/** The bin that holds the sample of this rank (1 is the smallest). */
function rankedBin(counts: Uint32Array, rank: number): number {
	let seen = 0;
	const bin = counts.findIndex(count => {
		seen += count;
		return seen >= rank;
	});
	return Math.max(0, bin);
}
