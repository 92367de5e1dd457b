import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {age, humanDuration, steadyMs} from '../../src/domain/human-duration.ts';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

describe('humanDuration', () => {
	it.each<[reason: string, ms: number, text: string]>([
		['clocks differ by more than a second', -2 * second, '<invalid>'],
		['clocks differ by less than two seconds', -1999, '0s'],
		['a second ahead', -1 * second, '0s'],
		['less than a second ahead truncates to nothing', -999, '0s'],
		['nothing', 0, '0s'],
		['truncated, never rounded', 1999, '1s'],
		['seconds alone up to two minutes', 119 * second, '119s'],
		['two minutes', 120 * second, '2m'],
		['minutes and seconds up to ten', 121 * second, '2m1s'],
		['the last with seconds', 599 * second, '9m59s'],
		['minutes alone from ten', 600 * second, '10m'],
		['seconds are dropped then', 659 * second, '10m'],
		['minutes alone up to three hours', 10_799 * second, '179m'],
		['hours from three', 3 * hour, '3h'],
		['hours and minutes up to eight', 3 * hour + 5 * 60 * second, '3h5m'],
		['the last with minutes', 8 * hour - second, '7h59m'],
		['hours alone from eight', 8 * hour, '8h'],
		['hours up to two days', 47 * hour, '47h'],
		['two days', 48 * hour, '2d'],
		['days and hours up to eight', 191 * hour, '7d23h'],
		['days alone from eight', 192 * hour, '8d'],
		['days up to two years', 730 * day - second, '729d'],
		['two years of 365 days', 730 * day, '2y'],
		['years and days up to eight', 731 * day, '2y1d'],
		['the last with days', 8 * 365 * day - second, '7y364d'],
		['years alone from eight', 8 * 365 * day, '8y'],
		['and nothing but years then', 10 * 365 * day + 300 * day, '10y'],
	])('%s', (_reason, ms, text) => expect(humanDuration(ms)).toBe(text));

	it('says the same until it is said to change', () => {
		const within = (limit: number) => fc.integer({min: -3000, max: limit});
		fc.assert(
			fc.property(fc.oneof(within(200_000), within(9 * hour), within(4000 * day)), fc.double({min: 0, max: 1, noNaN: true, maxExcluded: true}), (ms, part) => {
				const steady = steadyMs(ms);
				expect(steady).toBeGreaterThan(0);
				expect(humanDuration(ms + Math.floor(part * steady))).toBe(humanDuration(ms));
			}),
		);
	});

	it('never says more than has passed, and never loses more than its smallest unit', () => {
		const units = {s: second, m: 60 * second, h: hour, d: day, y: 365 * day};
		fc.assert(
			fc.property(fc.integer({min: 0, max: 20 * 365 * day}), ms => {
				const parts = [...humanDuration(ms).matchAll(/(\d+)([smhdy])/g)].map(([, count, unit]) => ({
					ms: Number(count) * units[unit as 's'],
					unit: unit as 's',
				}));
				const said = parts.reduce((sum, part) => sum + part.ms, 0);
				// Where the smaller part is zero it is left out, so that the next smaller unit of the last one said bounds the loss.
				const smallest = units[parts.at(-1)?.unit ?? 's'];
				expect(said).toBeLessThanOrEqual(ms);
				expect(ms - said).toBeLessThan(smallest);
			}),
		);
	});
});

describe('age', () => {
	it('is unknown without a creation time', () => expect(age(undefined, 5)).toBe('<unknown>'));
	it('counts from the creation', () => expect(age(10 * second, 100 * second)).toBe('90s'));
});
