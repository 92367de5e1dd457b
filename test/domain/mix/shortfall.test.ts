import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {nextShortfall, noShortfall, type Shortfall} from '../../../src/domain/mix/shortfall.ts';

type Beat = Omit<Parameters<typeof nextShortfall>[1], 'now'>;

const whole: Beat = {sent: 1, waiting: 0, late: 0};

/** What was told at the beats, which come in each interval: only what was new, with its time. */
function told(beats: readonly Beat[], intervalMs: number): readonly (readonly [number, Shortfall['told']])[] {
	let shortfall = noShortfall;
	return beats.flatMap((beat, index) => {
		const before = shortfall.told;
		shortfall = nextShortfall(shortfall, {...beat, now: 1000 + index * intervalMs});
		return shortfall.told === before ? [] : [[1000 + index * intervalMs, shortfall.told] as const];
	});
}

const repeated = (count: number, beat: (index: number) => Beat) => Array.from({length: count}, (_, index) => beat(index));

describe('the shortfall', () => {
	it('is none while all is sent', () => {
		expect(
			told(
				repeated(1000, () => whole),
				50,
			),
		).toEqual([]);
	});

	it('is told as what is really sent, with the reason, and is over when all is sent again', () => {
		const beats = [...repeated(400, index => (index % 4 === 0 ? whole : {...whole, sent: 0, waiting: 1})), ...repeated(400, () => whole)];
		expect(told(beats, 50)).toEqual([
			[6000, {intervalMs: 200, reason: 'too many requests still wait for their answers'}],
			[26_000, undefined],
		]);
	});

	it('is the machine’s where beats were late', () => {
		expect(
			told(
				repeated(200, () => ({...whole, late: 1})),
				50,
			)[0]?.[1],
		).toEqual({intervalMs: 50, reason: 'this machine is too busy to send more'});
	});

	it('does not flap at its border', () => {
		const beats = repeated(4000, index => (index % (index % 200 < 100 ? 18 : 25) === 0 ? {...whole, sent: 0, waiting: 1} : whole));
		expect(told(beats, 50).length).toBeLessThanOrEqual(1);
	});

	it('is told once in 5 s at most, whatever happens, and never where nothing is left out', () => {
		const beat = fc.record({sent: fc.double({min: 0, max: 1, noNaN: true}), late: fc.nat(3)}).map(({sent, late}) => ({sent, waiting: 1 - sent, late}));
		const property = fc.property(fc.array(fc.oneof(beat, fc.constant(whole)), {maxLength: 300}), fc.integer({min: 1, max: 3000}), (beats, intervalMs) => {
			const news = told(beats, intervalMs);
			for (const [index, [at]] of news.entries()) expect(at - (news[index - 1]?.[0] ?? 1000)).toBeGreaterThanOrEqual(5000);
			for (const [, short] of news) expect(short === undefined || (Number.isFinite(short.intervalMs) && short.intervalMs > 0)).toBe(true);
			if (beats.every(each => each.waiting === 0 && each.late === 0)) expect(news).toEqual([]);
		});
		fc.assert(property);
	});
});
