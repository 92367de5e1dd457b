import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {clean, fitted, textWidth, truncate, truncateName, wrap, wrapAtMost} from '../../src/ui/text.ts';

const anyText = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 300}),
	fc.string({unit: 'binary', maxLength: 60}).map(clean),
	fc.constantFrom('界界界界', 'e\u0301e\u0301', '👨‍👩‍👧👨‍👩‍👧', 'ก็ก็', 'x'.repeat(253), '🇨🇭 a 界', 'ａｂｃ'),
);
const width = fc.integer({min: 0, max: 260});

describe('texts in columns', () => {
	it('are never wider than asked for, whatever they are made of', () => {
		fc.assert(
			fc.property(anyText, width, (text, columns) => {
				expect(textWidth(truncate(text, columns))).toBeLessThanOrEqual(columns);
				expect(textWidth(truncateName(text, columns))).toBeLessThanOrEqual(columns);
				expect(textWidth(fitted(text, columns))).toBe(columns);
				for (const line of wrap(text, columns)) expect(textWidth(line)).toBeLessThanOrEqual(columns);
				for (const line of wrapAtMost(text, columns, 2)) expect(textWidth(line)).toBeLessThanOrEqual(columns);
				expect(wrapAtMost(text, columns, 2).length).toBeLessThanOrEqual(2);
			}),
			{numRuns: 500},
		);
	});

	it('are as wide as string-width says, also where a shorter way gives the answer', () => {
		for (let code = 0x20; code < 0x30_00; code++) {
			const character = String.fromCharCode(code);
			expect([code, textWidth(character)]).toEqual([code, stringWidth(character)]);
		}
	});

	it('are as wide as their characters together, however long, and whatever joins them', () => {
		const joined = fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', '1️⃣', `z${'\u0301'.repeat(9)}`, '界', '\u0301'.repeat(600), `${'👩\u200D'.repeat(300)}👦`, 'a');
		const repeated = fc.tuple(joined, fc.integer({min: 1, max: 120})).map(([text, times]) => text.repeat(times));
		fc.assert(
			fc.property(fc.array(repeated, {minLength: 1, maxLength: 4}), texts => {
				const text = texts.join('');
				const widths = [...new Intl.Segmenter('en').segment(text)].map(({segment}) => stringWidth(segment));
				expect(textWidth(text)).toBe(widths.reduce((sum, one) => sum + one, 0));
			}),
			{numRuns: 60},
		);
	});

	it('stay whole when they fit', () => {
		expect(truncate('kubia', 5)).toBe('kubia');
		expect(truncateName('kubia', 5)).toBe('kubia');
		expect(truncate('kubia', 4)).toBe('kub…');
	});

	it('keep the end of a name, where pods of one ReplicaSet differ', () => {
		expect(truncateName('kubia-7c9d5f7b9d-x2x7k', 20)).toBe('kubia-7c9d5f7…-x2x7k');
		expect(truncateName(`${'a'.repeat(247)}-x2x7k`, 13)).toBe('aaaaaa…-x2x7k');
	});

	it('never cut a wide character or a character with its marks in two', () => {
		expect(truncate('界界界', 4)).toBe('界…');
		expect(truncate('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
		expect(wrap('界界界', 4)).toEqual(['界界', '界']);
	});

	it('break at spaces, and a word that is too long anywhere', () => {
		expect(wrap('readiness probe answered 500', 16)).toEqual(['readiness probe', 'answered 500']);
		expect(wrap('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
		expect(wrap('', 10)).toEqual(['']);
		expect(wrapAtMost('one two three four', 9, 2)).toEqual(['one two', 'three…']);
	});

	it('can do nothing to the terminal', () => {
		expect(clean('a\u001B[2Jb\u001B]0;title\u0007c\rd')).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
		expect(clean('  padded  ')).toBe('  padded  ');
		expect(clean('first\nsecond')).toBe('first second');
	});
});
