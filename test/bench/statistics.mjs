/**
 * The smallest value that is not below the given share of all: p50 of [1, 2, 3] is 2, p99 the worst of up to a hundred.
 * @param {readonly number[]} values
 * @param {number} share 0…1
 */
export function quantile(values, share) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export const median = values => quantile(values, 0.5);
