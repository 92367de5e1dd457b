import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {editLine, type LineEditor, lineEditorOf, nothingTyped, shownLine} from '../../src/ui/line-editor.ts';

const press = (name: string | undefined, text = '') => ({name, text});
const keysOf = (start: LineEditor, ...names: readonly string[]) =>
	names.reduce((line, name) => editLine(line, name.length === 1 ? press(name, name) : press(name), 100) ?? line, start);
const image = lineEditorOf('luksa/kubia:v2');

const segmenter = new Intl.Segmenter('en');
/** What a person sees as one character each, which may be of several. */
const seen = (text: string) => [...segmenter.segment(text)].length;

describe('a line', () => {
	it.each([
		['types where the cursor is', ['left', 'x'], 'luksa/kubia:vx2', 14],
		['takes away what stands before it', ['left', 'backspace'], 'luksa/kubia:2', 12],
		['goes to its ends', ['ctrl+a', 'x', 'ctrl+e', 'y'], 'xluksa/kubia:v2y', 16],
		['goes to its ends by Home and End', ['home', 'x', 'end', 'y'], 'xluksa/kubia:v2y', 16],
		['is cleared up to the cursor', ['left', 'ctrl+u'], '2', 0],
		['is cleared from the cursor on', ['left', 'ctrl+k'], 'luksa/kubia:v', 13],
		['loses its last word', ['ctrl+w'], '', 0],
		['stays where nothing is before it', ['home', 'backspace', 'left'], 'luksa/kubia:v2', 0],
		['stays where nothing is after it', ['right'], 'luksa/kubia:v2', 14],
	])('%s', (_what, names, text, cursor) => {
		expect(keysOf(image, ...names)).toEqual({text, cursor});
	});

	it('loses one word of several, with the blanks after it', () => {
		expect(keysOf(lineEditorOf('a bc  '), 'ctrl+w')).toEqual({text: 'a ', cursor: 2});
	});

	it('leaves keys that are none of its own, and takes no more than it may hold', () => {
		expect(editLine(image, press('enter'), 100)).toBeUndefined();
		expect(editLine(image, press('ctrl+c'), 100)).toBeUndefined();
		expect(editLine(image, press('x', 'x'), 14)).toBe(image);
	});

	it('keeps its cursor inside, holds no control character, and shows the cursor in any width, whatever is typed', () => {
		const one = fc.oneof(
			fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'ctrl+a', 'ctrl+e', 'ctrl+u', 'ctrl+w', 'ctrl+k').map(name => press(name)),
			fc.string({unit: 'binary', maxLength: 5}).map(text => press(undefined, text)),
		);
		fc.assert(
			fc.property(fc.array(one, {maxLength: 40}), fc.integer({min: 1, max: 20}), (presses, width) => {
				const line = presses.reduce((before, next) => editLine(before, next, 50) ?? before, nothingTyped);
				const length = [...line.text].length;
				expect(line.cursor).toBeGreaterThanOrEqual(0);
				expect(line.cursor).toBeLessThanOrEqual(length);
				expect(length).toBeLessThanOrEqual(50);
				expect(line.text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
				const {before, at, after} = shownLine(line, width);
				expect(seen(at)).toBe(1);
				expect(seen(before) + 1 + seen(after)).toBeLessThanOrEqual(width);
				expect(`${line.text} `).toContain(`${before}${at}`);
			}),
		);
	});

	it('never divides what is one character to a person', () => {
		const family = '👩‍👩‍👧‍👦';
		for (let cursor = 1; cursor < 8; cursor++) expect(shownLine({text: `a${family}b`, cursor}, 9)).toEqual({before: 'a', at: family, after: 'b'});
		expect(shownLine({text: `a${family}b`, cursor: 8}, 9)).toEqual({before: `a${family}`, at: 'b', after: ''});
	});
});
