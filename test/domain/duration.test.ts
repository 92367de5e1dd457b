import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseDuration} from '../../src/domain/duration.ts';

describe('parseDuration', () => {
	it.each([
		['5', 5000],
		['0', 0],
		['500ms', 500],
		['1m30s', 90_000],
		['1.5h', 5_400_000],
	])('reads %s as %d ms', (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});

	it.each(['', '-1s', '1d', 's', '1s2', '1 s', 'Infinity', '0x10'])('refuses %j', text => {
		expect(parseDuration(text)).toBeUndefined();
	});

	it('adds its parts up', () => {
		const part = fc.tuple(fc.nat(10_000), fc.constantFrom(['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]));
		fc.assert(
			fc.property(fc.array(part, {minLength: 1, maxLength: 4}), parts => {
				const text = parts.map(([amount, [unit]]) => `${amount}${unit}`).join('');
				const sum = parts.reduce((total, [amount, [, ms]]) => total + amount * Number(ms), 0);
				expect(parseDuration(text)).toBeCloseTo(sum);
			}),
		);
	});
});
