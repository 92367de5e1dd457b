/** How it went: how many calls succeeded, and what the first failing one threw. */
export interface SlowStart {
	readonly successes: number;
	readonly failure: Error | undefined;
}

/**
 * Calls something `count` times, in batches of 1, 2, 4, … at once, and begins no further batch after one with a failure: what will fail anyway,
 * such as beyond a quota, is tried a few times only (kubernetes: replica_set.go slowStartBatch).
 */
export async function slowStart(count: number, call: () => Promise<void>): Promise<SlowStart> {
	let successes = 0;
	for (let left = count, size = Math.min(1, count); size > 0; left -= size, size = Math.min(2 * size, left)) {
		const results = await Promise.allSettled(Array.from({length: size}, call));
		const failures = results.filter(result => result.status === 'rejected');
		successes += size - failures.length;
		if (failures[0] !== undefined) return {successes, failure: failures[0].reason};
	}
	return {successes, failure: undefined};
}
