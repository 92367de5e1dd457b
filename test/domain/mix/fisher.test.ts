import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {probabilityOfSoMany} from '../../../src/domain/mix/fisher.ts';

const cases = fc.integer({min: 1, max: 100_000}).chain(of => fc.record({count: fc.nat(of), of: fc.constant(of)}));

describe('probabilityOfSoMany', () => {
	it('is what Fisher found for the lady who tasted tea', () => {
		expect(probabilityOfSoMany({count: 3, of: 4}, {count: 1, of: 4})).toBeCloseTo(17 / 70, 12);
		expect(probabilityOfSoMany({count: 4, of: 4}, {count: 0, of: 4})).toBeCloseTo(1 / 70, 12);
	});

	it.each([
		['all of them were in one', {count: 3, of: 10}, {count: 0, of: 20}, (10 * 9 * 8) / (30 * 29 * 28)],
		['there was none', {count: 0, of: 10}, {count: 0, of: 20}, 1],
		['every one was', {count: 10, of: 10}, {count: 20, of: 20}, 1],
	])('is exact where %s', (_why, one, other, expected) => expect(probabilityOfSoMany(one, other)).toBeCloseTo(expected, 12));

	it('leaves nothing over: so many or more, or else fewer', () => {
		fc.assert(
			fc.property(cases, cases, (one, other) => {
				fc.pre(one.count > 0 && other.count < other.of);
				const fewer = probabilityOfSoMany({count: other.count + 1, of: other.of}, {count: one.count - 1, of: one.of});
				expect(probabilityOfSoMany(one, other) + fewer).toBeCloseTo(1, 6);
			}),
		);
	});

	it('is what counting every way to share them out gives', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 7}), fc.integer({min: 1, max: 7}), fc.nat(127), fc.nat(127), (size, otherSize, bits, otherBits) => {
				const count = (mask: number, of: number) => [...(mask % 2 ** of).toString(2)].filter(bit => bit === '1').length;
				const [one, other] = [
					{count: count(bits, size), of: size},
					{count: count(otherBits, otherSize), of: otherSize},
				];
				const ways = Array.from({length: 2 ** (size + otherSize)}, (_, mask) => mask);
				const alike = ways.filter(mask => count(mask, size + otherSize) === one.count + other.count);
				const asMany = alike.filter(mask => count(mask, size) >= one.count);
				expect(probabilityOfSoMany(one, other)).toBeCloseTo(asMany.length / alike.length, 9);
			}),
			{numRuns: 30},
		);
	});

	it('stays a number when a day of answers is compared', () => {
		const many = {count: 8_640, of: 43_200_000};
		expect(probabilityOfSoMany(many, many)).toBeCloseTo(0.5, 1);
		expect(probabilityOfSoMany({...many, count: 9_640}, many)).toBeLessThan(1e-9);
	});
});
