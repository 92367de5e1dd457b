const smallFactorials = 32;

const logFactorials = Array.from({length: smallFactorials}).reduce<readonly number[]>(sums => [...sums, (sums.at(-1) ?? 0) + Math.log(sums.length)], [0]);

/** Natural logarithm of n!; Stirling's series from where its error is below that of a double. */
function logFactorial(n: number): number {
	const known = logFactorials[n];
	if (known !== undefined) return known;
	return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
}

function logChoose(n: number, k: number): number {
	return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** How often something was seen in how many. */
export type Occurrence = {readonly count: number; readonly of: number};

/** The probability of so many or more, where that is more than is to be expected: summed from the largest term on. */
function upperTail(one: Occurrence, other: Occurrence): number {
	const total = one.count + other.count;
	const without = one.of + other.of - total;
	const most = Math.min(total, one.of);
	let term = Math.exp(logChoose(total, one.count) + logChoose(without, one.of - one.count) - logChoose(total + without, one.of));
	let sum = term;
	for (let count = one.count; count < most && term > sum * 1e-12; count += 1) {
		term *= ((total - count) * (one.of - count)) / ((count + 1) * (without - one.of + count + 1));
		sum += term;
	}
	return Math.min(1, sum);
}

/**
 * Fisher's exact test, one-sided: the probability that this one had as many as it had, or more, if both had the same chance of it. It errs on the safe side
 * for any numbers, however small or uneven.
 */
export function probabilityOfSoMany(one: Occurrence, other: Occurrence): number {
	if (one.count * other.of > other.count * one.of) return upperTail(one, other);
	// Else what is left by fewer: of one, so by more of the other.
	if (one.count === 0 || other.count === other.of) return 1;
	return 1 - upperTail({count: other.count + 1, of: other.of}, {count: one.count - 1, of: one.of});
}
