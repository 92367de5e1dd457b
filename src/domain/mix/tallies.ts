import {type BinCounts, mergedBins} from '../latency-bins.ts';

/** A sample as the strip draws it: slot of the version, or one of these. */
export const failureMark = -1;
export const unrecognisedMark = -2;

/**
 * What is counted together: good answers of a version by its slot (0 and up), failures of pods by the uid of their owner, failures that nobody can be
 * blamed for and answers without a version by their mark. Which version an owner has is asked at last: it may be learnt after its failures.
 */
export type TallyKey = number | string;

/** How many, and how long those took that were answered at all. */
export type Tally = {readonly count: number; readonly latency: BinCounts};

export type Tallies = ReadonlyMap<TallyKey, Tally>;

/** Adds to what the map counts under the key. */
export function countIn<Key>(counts: Map<Key, number>, key: Key, more = 1): void {
	counts.set(key, (counts.get(key) ?? 0) + more);
}

/** All of them together. */
export function mergedTallies(parts: Iterable<Tallies>): Tallies {
	const counts = new Map<TallyKey, number>();
	const latencies = new Map<TallyKey, BinCounts[]>();
	for (const part of parts) {
		for (const [key, {count, latency}] of part) {
			countIn(counts, key, count);
			const known = latencies.get(key);
			if (known === undefined) latencies.set(key, [latency]);
			else known.push(latency);
		}
	}
	return new Map(Array.from(counts, ([key, count]) => [key, {count, latency: mergedBins(latencies.get(key) ?? [])}]));
}

/** The same under other keys; those that get the same one are counted together. */
export function rekeyed(tallies: Tallies, keyOf: (key: TallyKey) => TallyKey): Tallies {
	return mergedTallies(Array.from(tallies, ([key, tally]) => new Map([[keyOf(key), tally]])));
}

/** Mark under which the strip and the history draw what is counted under this key. */
export function markOfKey(key: TallyKey): number {
	return typeof key === 'string' ? failureMark : key;
}
