import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type ExpectedSince, expectedOver, logExpectation} from '../../../src/domain/mix/expected-over.ts';

const shares = (...list: readonly (readonly [string, number])[]) => list.map(([ownerUid, share]) => ({ownerUid, ready: 1, share}));

describe('what is expected of the samples of a window', () => {
	it('is what was expected when each of them was sent', () => {
		const log: readonly ExpectedSince[] = [
			{since: 0, shares: shares(['a', 1])},
			{since: 10_000, shares: shares(['a', 0.5], ['b', 0.5])},
		];
		const sampled = [
			{second: 5, samples: 30},
			{second: 12, samples: 10},
		];
		expect(expectedOver(sampled, log)).toEqual(shares(['a', (30 + 5) / 40], ['b', 5 / 40]));
	});

	it('leaves seconds out of which nothing is known, and is nothing where that is all', () => {
		const log: readonly ExpectedSince[] = [
			{since: 0, shares: []},
			{since: 10_000, shares: shares(['a', 1])},
		];
		expect(expectedOver([{second: 3, samples: 100}], log)).toEqual([]);
		expect(
			expectedOver(
				[
					{second: 3, samples: 100},
					{second: 20, samples: 1},
				],
				log,
			),
		).toEqual(shares(['a', 1]));
	});

	it('adds up to one whatever comes and goes', () => {
		const change = fc.record({at: fc.integer({min: 0, max: 1_000_000}), split: fc.double({min: 0, max: 1, noNaN: true})});
		fc.assert(
			fc.property(
				fc.array(change, {minLength: 1}),
				fc.array(fc.record({second: fc.nat(1000), samples: fc.integer({min: 1, max: 500})}), {minLength: 1}),
				(changes, sampled) => {
					const ordered = changes.toSorted((left, right) => left.at - right.at);
					const log = ordered.reduce<readonly ExpectedSince[]>(
						(known, {at, split}) => logExpectation(known, {since: at, shares: shares(['a', split], ['b', 1 - split])}),
						[],
					);
					const total = expectedOver(sampled, log).reduce((sum, {share}) => sum + share, 0);
					const isKnown = sampled.some(({second}) => (second + 1) * 1000 > (log[0]?.since ?? 0));
					expect(total).toBeCloseTo(isKnown ? 1 : 0, 9);
				},
			),
		);
	});

	it('keeps the log as short as the widest window needs', () => {
		let log: readonly ExpectedSince[] = [];
		for (let minute = 0; minute < 600; minute += 1) log = logExpectation(log, {since: minute * 60_000, shares: shares(['a', 1])});
		expect(log.length).toBeLessThanOrEqual(12);
		// The one that was in force when the window began is among them.
		expect(log[0]?.since).toBeLessThanOrEqual(599 * 60_000 - 600_000);
	});
});
