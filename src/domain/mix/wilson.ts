/** Quantile of the normal distribution that leaves 2.5 % on either side. */
const z = 1.959963984540054;

/** Bounds of a share, 0…1. */
export type Interval = {readonly low: number; readonly high: number};

/**
 * The 95 % interval of a share of which `count` of `n` were seen: Wilson's score interval, which keeps within 0…1 and near its level for few
 * answers and rare versions (Brown, Cai and DasGupta 2001). Nothing seen tells nothing: 0…1.
 */
export function wilsonInterval(count: number, n: number): Interval {
	if (n <= 0) return {low: 0, high: 1};
	const share = count / n;
	const centre = share + (z * z) / (2 * n);
	const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	const scale = 1 + (z * z) / n;
	// The exact bounds of nothing and of all are 0 and 1, which rounding would miss.
	return {low: count === 0 ? 0 : (centre - reach) / scale, high: count === n ? 1 : (centre + reach) / scale};
}
