// Each bin is 1 % wider than the one before, so a quantile is right to half a percent in constant memory, and two seconds are merged by adding.
const growth = Math.log(1.01);
const smallestMs = 0.01;
const binCount = 2400;

/** Counts of binned latencies, packed since there are thousands of them: bin, count, next bin, its count …, bins ascending. Never written to once made. */
export type BinCounts = Uint32Array;

/** No latencies. */
export const noLatencies: BinCounts = new Uint32Array();

/** Quantiles of latency in ms. */
export type Quantiles = {readonly p50: number; readonly p95: number; readonly p99: number};

/** Bin of a latency in ms: 0 … 2399, which is 0.01 ms to some days. */
function latencyBin(latencyMs: number): number {
	if (!(latencyMs > smallestMs)) return 0;
	return Math.min(binCount - 1, Math.ceil(Math.log(latencyMs / smallestMs) / growth));
}

/** Upper edge of a bin, in ms; that of -1 is the lower edge of the first. */
function edgeMs(bin: number): number {
	return smallestMs * Math.exp(bin * growth);
}

function packed(counts: Float64Array): BinCounts {
	const pairs: number[] = [];
	counts.forEach((count, bin) => {
		if (count > 0) pairs.push(bin, count);
	});
	return Uint32Array.from(pairs);
}

/** Bins latencies in ms. */
export function binned(latenciesMs: readonly number[]): BinCounts {
	if (latenciesMs.length === 0) return noLatencies;
	const [only] = latenciesMs;
	if (only !== undefined && latenciesMs.length === 1) return Uint32Array.of(latencyBin(only), 1);
	const counts = new Float64Array(binCount);
	for (const latencyMs of latenciesMs) {
		const bin = latencyBin(latencyMs);
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return packed(counts);
}

function sumOf(parts: Iterable<BinCounts>): Float64Array {
	const counts = new Float64Array(binCount);
	for (const part of parts) {
		for (let index = 0; index < part.length; index += 2) {
			const bin = part[index] ?? 0;
			counts[bin] = (counts[bin] ?? 0) + (part[index + 1] ?? 0);
		}
	}
	return counts;
}

/** What binning all latencies of these together would have given. */
export function mergedBins(parts: readonly BinCounts[]): BinCounts {
	const filled = parts.filter(({length}) => length > 0);
	const [only] = filled;
	return filled.length > 1 ? packed(sumOf(filled)) : (only ?? noLatencies);
}

/** How many latencies were binned. */
export function latencyCount(counts: BinCounts): number {
	let total = 0;
	for (let index = 1; index < counts.length; index += 2) total += counts[index] ?? 0;
	return total;
}

/** The bin that holds the latency of this rank (1 is the smallest). */
function rankedBin(counts: BinCounts, rank: number): number {
	let seen = 0;
	let index = 0;
	for (; index < counts.length - 2; index += 2) {
		seen += counts[index + 1] ?? 0;
		if (seen >= rank) break;
	}
	return counts[index] ?? 0;
}

/** Quantiles (nearest rank) of binned latencies, undefined of none. */
export function quantilesOf(counts: BinCounts): Quantiles | undefined {
	const total = latencyCount(counts);
	if (total === 0) return undefined;
	const at = (share: number) => edgeMs(rankedBin(counts, Math.ceil(share * total)) - 0.5);
	return {p50: at(0.5), p95: at(0.95), p99: at(0.99)};
}

/**
 * Interval in ms around a quantile, from the ranks that may be its own at `z` standard errors (order statistics: no assumption about the distribution),
 * and as wide as their bins. Undefined where so few latencies have no such ranks.
 */
export function quantileInterval(counts: BinCounts, share: number, z: number): {readonly lowMs: number; readonly highMs: number} | undefined {
	const total = latencyCount(counts);
	const spread = z * Math.sqrt(total * share * (1 - share));
	const lowRank = Math.floor(total * share - spread);
	const highRank = Math.ceil(total * share + spread) + 1;
	if (lowRank < 1 || highRank > total) return undefined;
	return {lowMs: edgeMs(rankedBin(counts, lowRank) - 1), highMs: edgeMs(rankedBin(counts, highRank))};
}
