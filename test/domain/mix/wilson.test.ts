import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {wilsonInterval} from '../../../src/domain/mix/wilson.ts';

const z = 1.959963984540054;

/** The bounds from what they mean: the shares at which the seen one is just z standard deviations away, found by halving. */
function boundsByHalving(count: number, n: number): readonly [low: number, high: number] {
	const isTooFar = (share: number) => Math.abs(count / n - share) > z * Math.sqrt((share * (1 - share)) / n);
	const edge = (inside: number, outside: number): number => {
		let [near, far] = [inside, outside];
		for (let step = 0; step < 60; step += 1) {
			const middle = (near + far) / 2;
			if (isTooFar(middle)) far = middle;
			else near = middle;
		}
		return near;
	};
	return [edge(count / n, 0), edge(count / n, 1)];
}

function logFactorial(n: number): number {
	let sum = 0;
	for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
	return sum;
}

/** Chance of exactly `count` of `n`. */
function binomial(count: number, n: number, share: number): number {
	return Math.exp(logFactorial(n) - logFactorial(count) - logFactorial(n - count) + count * Math.log(share) + (n - count) * Math.log(1 - share));
}

/** Chance that the interval of what is then seen holds the share. */
function coverage(n: number, share: number): number {
	let sum = 0;
	for (let count = 0; count <= n; count += 1) {
		const {low, high} = wilsonInterval(count, n);
		if (low <= share && share <= high) sum += binomial(count, n, share);
	}
	return sum;
}

describe('the interval of a share', () => {
	// Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
	it.each([
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718],
	])('of %i in %i is the published one', (count, n, low, high) => {
		const interval = wilsonInterval(count, n);
		expect(interval.low).toBeCloseTo(low, 4);
		expect(interval.high).toBeCloseTo(high, 4);
	});

	it('ends where the seen share is 1.96 standard deviations away', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 5000}), fc.double({min: 0, max: 1, noNaN: true}), (n, part) => {
				const count = Math.round(part * n);
				const [low, high] = boundsByHalving(count, n);
				const interval = wilsonInterval(count, n);
				expect(interval.low).toBeCloseTo(low, 9);
				expect(interval.high).toBeCloseTo(high, 9);
				expect(interval.low).toBeGreaterThanOrEqual(0);
				expect(interval.high).toBeLessThanOrEqual(1);
				expect(interval.low).toBeLessThanOrEqual(count / n);
				expect(interval.high).toBeGreaterThanOrEqual(count / n);
			}),
		);
	});

	it.each([10, 30, 60, 300])('holds the truth in 95 of 100 cases, with %i answers and any share', n => {
		const shares = Array.from({length: 99}, (_, index) => (index + 1) / 100);
		const all = shares.map(share => coverage(n, share));
		const mean = all.reduce((sum, next) => sum + next, 0) / all.length;
		expect(mean).toBeGreaterThan(0.94);
		expect(mean).toBeLessThan(0.965);
		// The discrete dips of the score interval (Brown, Cai and DasGupta 2001, figure 5).
		expect(Math.min(...all)).toBeGreaterThan(0.83);
	});

	it('is everything while nothing was seen', () => {
		expect(wilsonInterval(0, 0)).toEqual({low: 0, high: 1});
	});
});
