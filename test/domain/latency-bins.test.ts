import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {binned, latencyCount, mergedBins, noLatencies, quantileInterval, quantilesOf} from '../../src/domain/latency-bins.ts';

const latencies = fc.array(fc.double({min: 0, max: 1e7, noNaN: true}), {maxLength: 60});

describe('mergedBins', () => {
	it('gives what binning everything at once gives, in any order', () => {
		fc.assert(
			fc.property(fc.array(latencies, {maxLength: 5}), parts => {
				const together = binned(parts.flat());
				expect(mergedBins(parts.map(binned))).toEqual(together);
				expect(mergedBins(parts.toReversed().map(binned))).toEqual(together);
				expect(latencyCount(together)).toBe(parts.flat().length);
			}),
		);
	});

	it('leaves what it merges as it was', () => {
		const [one, other] = [binned([1, 2]), binned([2, 3])];
		const before = [...one];
		mergedBins([one, other]);
		expect([...one]).toEqual(before);
	});

	it('keeps latencies that no clock should have measured', () => {
		expect(latencyCount(binned([Number.NaN, -5, 0, Number.POSITIVE_INFINITY, 1e300]))).toBe(5);
	});
});

describe('quantileInterval', () => {
	it('has the quantile in it', () => {
		fc.assert(
			fc.property(fc.array(fc.double({min: 0.02, max: 1e6, noNaN: true}), {minLength: 30, maxLength: 200}), fc.constantFrom(0.25, 0.5, 0.75), (all, share) => {
				const sorted = all.toSorted((left, right) => left - right);
				const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
				const interval = quantileInterval(binned(all), share, 2);
				expect(interval?.lowMs).toBeLessThanOrEqual(exact * 1.000001);
				expect(interval?.highMs).toBeGreaterThanOrEqual(exact * 0.999999);
			}),
		);
	});

	it('is none where the ranks that may be the quantile’s end', () => {
		const hundred = binned(Array.from({length: 100}, (_, index) => 1 + index));
		expect(quantileInterval(hundred, 0.95, 2.5)).toBeUndefined();
		expect(quantileInterval(hundred, 0.5, 2.5)).toBeDefined();
		expect(quantileInterval(noLatencies, 0.5, 1)).toBeUndefined();
	});

	it('holds the true median about as often as it promises', () => {
		// 1.96 standard errors: 95 of 100.
		const held = Array.from({length: 400}, (_, round) => {
			const drawn = Array.from({length: 200}, (_unused, index) => 1 + 999 * randomOf(round * 200 + index));
			const interval = quantileInterval(binned(drawn), 0.5, 1.96);
			return interval !== undefined && interval.lowMs <= 500.5 && interval.highMs >= 500.5;
		});
		expect(held.filter(Boolean).length).toBeGreaterThan(400 * 0.93);
		expect(held.filter(Boolean).length).toBeLessThan(400 * 0.99);
	});
});

/** A number in 0…1 that looks random, the same for the same seed. */
function randomOf(seed: number): number {
	const mixed = Math.sin(seed * 12.9898 + 78.233) * 43_758.5453;
	return mixed - Math.floor(mixed);
}

it('knows no quantiles of nothing', () => expect(quantilesOf(noLatencies)).toBeUndefined());
