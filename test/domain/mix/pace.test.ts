import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {fullPace, nextPace, type Pace, type PaceNote, pacedInterval, retryAfter, stretchOf} from '../../../src/domain/mix/pace.ts';

type Kind = PaceNote['kind'];

/** Asks one request after the other, each as soon as the pace allows, until `untilMs`. Gives when each was sent, and the pace at the end. */
function ask(askedMs: number, untilMs: number, answer: (at: number) => Kind, retryAfterMs?: number) {
	let pace: Pace = fullPace;
	const sent: number[] = [];
	let at = 0;
	while (at < untilMs) {
		sent.push(at);
		pace = nextPace(pace, askedMs, {kind: answer(at), sentAt: at, now: at + 3, retryAfterMs});
		at = Math.max(at + pacedInterval(pace, askedMs), pace.notBefore);
	}
	return {sent, pace, gaps: sent.slice(1).map((time, index) => time - (sent[index] ?? 0))};
}

describe('a target that answers', () => {
	it('is asked as fast as was asked for, though some of its answers fail', () => {
		const {gaps, pace} = ask(5, 60_000, at => (at % 50 === 0 ? 'good' : 'failed'));
		expect(new Set(gaps)).toEqual(new Set([5]));
		expect(pace.reason).toBeUndefined();
	});
});

describe('a target that fails throughout', () => {
	it('is asked at full pace for the first 10 s, then half as often after each 10 s, down to once in 5 s', () => {
		const {gaps, pace} = ask(1000, 120_000, () => 'failed');
		expect(gaps.slice(0, 19)).toEqual(Array(19).fill(1000));
		expect([...new Set(gaps)]).toEqual([1000, 2000, 4000, 5000]);
		expect(pace.reason).toBe('every request fails');
	});

	it('is still asked at full pace after 10 s when that were fewer than 20 requests', () => {
		expect(ask(2000, 38_000, () => 'failed').pace.reason).toBeUndefined();
		expect(ask(2000, 40_000, () => 'failed').pace.reason).toBe('every request fails');
	});

	it('is still asked at full pace after many requests within 10 s', () => {
		expect(ask(5, 9_990, () => 'failed').pace.reason).toBeUndefined();
	});

	it('is asked at full pace again from the first good answer on', () => {
		const {gaps, pace} = ask(100, 180_000, at => (at < 100_000 ? 'failed' : 'good'));
		expect(Math.max(...gaps)).toBe(5000);
		expect(gaps.at(-1)).toBe(100);
		expect(pace).toEqual(fullPace);
	});
});

describe('a target that answers 429', () => {
	it('is asked half as often after each', () => {
		expect(ask(250, 30_000, () => 'too-many').gaps.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
	});

	it('is left alone for as long as it asks, but not longer than a minute', () => {
		expect(ask(1000, 20_000, () => 'too-many', 7000).gaps[0]).toBe(7003);
		expect(ask(1000, 200_000, () => 'too-many', 3_600_000).gaps[0]).toBe(60_003);
	});

	it('says so also where it is asked seldom, as long as it is left alone', () => {
		expect(nextPace(fullPace, 10_000, {kind: 'too-many', sentAt: 0, now: 1, retryAfterMs: 30_000}).reason).toBe('the target answers 429 Too Many Requests');
		expect(nextPace(fullPace, 10_000, {kind: 'too-many', sentAt: 0, now: 1}).reason).toBeUndefined();
	});

	it('is slowed once by all answers of one burst, in whatever order they come', () => {
		const kinds: readonly Kind[] = ['too-many', 'good', 'too-many', 'too-many', 'good'];
		const paceOf = (order: readonly Kind[]) => order.reduce((pace, kind, index) => nextPace(pace, 100, {kind, sentAt: 0, now: index + 1}), fullPace);
		expect(pacedInterval(paceOf(kinds), 100)).toBe(200);
		expect(pacedInterval(paceOf(kinds.toReversed()), 100)).toBe(200);
	});
});

describe('any pace', () => {
	const note = fc.record({
		kind: fc.constantFrom<Kind>('good', 'failed', 'too-many'),
		takesMs: fc.integer({min: 0, max: 6000}),
		retryAfterMs: fc.option(fc.integer({min: 0, max: 100_000}), {nil: undefined}),
	});

	it('is never faster than asked, never slower than once in 5 s or as asked, and full after a good answer', () => {
		fc.assert(
			fc.property(fc.integer({min: 5, max: 20_000}), fc.array(note, {maxLength: 200}), (askedMs, notes) => {
				let pace: Pace = fullPace;
				let now = 0;
				for (const {kind, takesMs, retryAfterMs} of notes) {
					const sentAt = now;
					now += takesMs;
					pace = nextPace(pace, askedMs, {kind, sentAt, now, retryAfterMs});
					const interval = pacedInterval(pace, askedMs);
					expect(interval).toBeGreaterThanOrEqual(askedMs);
					expect(interval).toBeLessThanOrEqual(Math.max(askedMs, 5000));
					expect(pace.notBefore).toBeLessThanOrEqual(now + 60_000);
					if (interval > askedMs) expect(pace.reason).toBeDefined();
					if (kind === 'good') expect(pace).toEqual(fullPace);
					now = Math.max(now, sentAt + interval, pace.notBefore);
				}
			}),
		);
	});
});

describe('retryAfter', () => {
	const at = Date.parse('2026-11-21T10:00:00Z');
	it.each([
		[undefined, undefined],
		['7', 7000],
		[' 0 ', 0],
		['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
		['Sat, 21 Nov 2026 09:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('reads %j', (header, ms) => {
		expect(retryAfter(header, at)).toBe(ms);
	});
});

describe('the cap', () => {
	it.each([
		['one target within it', [{intervalMs: 5, perBeat: 1}], 1],
		['one target above it', [{intervalMs: 1, perBeat: 1}], 5],
		['a burst', [{intervalMs: 100, perBeat: 50}], 2.5],
		['several targets within it', Array(4).fill({intervalMs: 20, perBeat: 1}), 1],
		['several targets above it', [...Array(4).fill({intervalMs: 5, perBeat: 1}), {intervalMs: 1000, perBeat: 200}], 5],
		['nobody', [], 1],
	])('of %s', (_what, wishes, stretch) => {
		expect(stretchOf(wishes)).toBe(stretch);
	});

	it('holds for whatever is wished', () => {
		const wish = fc.record({intervalMs: fc.double({min: 1, max: 10_000, noNaN: true}), perBeat: fc.integer({min: 1, max: 50})});
		fc.assert(
			fc.property(fc.array(wish, {maxLength: 8}), wishes => {
				const stretch = stretchOf(wishes);
				const perSecond = wishes.reduce((sum, {intervalMs, perBeat}) => sum + (perBeat * 1000) / (intervalMs * stretch), 0);
				expect(perSecond).toBeLessThanOrEqual(200.001);
				expect(stretch).toBeGreaterThanOrEqual(1);
			}),
		);
	});
});
