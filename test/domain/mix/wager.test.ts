import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bet, capped, noWager, payIn, type Wager, worth} from '../../../src/domain/mix/wager.ts';
import {randomFrom} from '../../random.mjs';

/** What a wager is worth on average over all ways that so many answers can come out, each with its own chance. */
function expectedWorth(wager: Wager, bets: readonly {readonly chance: number; readonly truth: number}[]): number {
	const [next, ...rest] = bets;
	if (next === undefined) return worth(wager);
	const {chance, truth} = next;
	return truth * expectedWorth(bet(wager, chance, 1, 0), rest) + (1 - truth) * expectedWorth(bet(wager, chance, 0, 1), rest);
}

/** The most that a wager was worth during 300 answers that have just the chance that was bet against. */
function mostWorth(share: number, random: () => number): number {
	let wager = payIn(noWager, 1);
	let most = 0;
	for (let answers = 0; answers < 300; answers += 1) {
		wager = random() < share ? bet(wager, share, 1, 0) : bet(wager, share, 0, 1);
		most = Math.max(most, worth(wager));
	}
	return most;
}

const chance = fc.double({min: 0.01, max: 0.98, noNaN: true});

describe('a wager', () => {
	it('gains nothing on average where each answer has its chance, and loses where it has less', () => {
		const bets = fc.array(fc.record({chance, part: fc.double({min: 0, max: 1, noNaN: true})}), {minLength: 1, maxLength: 8});
		fc.assert(
			fc.property(bets, all => {
				const start = payIn(noWager, 1);
				expect(
					expectedWorth(
						start,
						all.map(next => ({chance: next.chance, truth: next.chance})),
					),
				).toBeCloseTo(1, 9);
				expect(
					expectedWorth(
						start,
						all.map(next => ({chance: next.chance, truth: next.chance * next.part})),
					),
				).toBeLessThanOrEqual(1 + 1e-9);
			}),
		);
	});

	it('reaches k times what was paid in no more often than in one of k cases, looked at after each answer', () => {
		const random = randomFrom(7);
		const cases = 3000;
		const most = Array.from({length: cases}, (_, index) => mostWorth([0.01, 0.1, 0.3, 0.5, 0.9][index % 5] ?? 0, random));
		const reaching = (times: number) => most.filter(worth => worth >= times).length;
		// Three standard deviations above cases/k: one run in 700 would be above by chance, but the seed is fixed.
		for (const times of [5, 20, 100]) expect(reaching(times)).toBeLessThanOrEqual(cases / times + 3 * Math.sqrt(cases / times));
		// And it is no idle game: a good part of the bound is used up.
		expect(reaching(5)).toBeGreaterThan(cases / 5 / 4);
	});

	it('comes to the same for answers one by one and together', () => {
		fc.assert(
			fc.property(chance, fc.nat(20), fc.nat(20), (share, won, lost) => {
				let single = payIn(noWager, 1);
				for (let index = 0; index < won; index += 1) single = bet(single, share, 1, 0);
				for (let index = 0; index < lost; index += 1) single = bet(single, share, 0, 1);
				const together = bet(payIn(noWager, 1), share, won, lost);
				expect(worth(together) / worth(single)).toBeCloseTo(1, 9);
			}),
		);
	});

	it('stays a number, whatever comes', () => {
		fc.assert(
			fc.property(fc.double({min: 0.01, max: 1.01, noNaN: true}), fc.nat(1e6), fc.nat(1e6), (share, won, lost) => {
				const wager = capped(bet(payIn(noWager, 1), share, won, lost), 1e9);
				expect(worth(wager)).toBeGreaterThanOrEqual(0);
				expect(worth(wager)).toBeLessThanOrEqual(1e9 * (1 + 1e-9));
			}),
		);
	});
});
