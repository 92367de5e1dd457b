import {graphemes, isSimple, textWidth} from '../text.ts';
import type {Style} from './style.ts';
import {plainStyle, styleAfter} from './style.ts';

/** One row as a terminal holds it, without the blanks at its end. */
export type Cells = {
	/** A grapheme each; never a part of one. */
	readonly texts: readonly string[];
	readonly styles: readonly Style[];
	/**
	 * As far as every terminal agrees on where cells are: each is one column wide. From the first wide, combining or otherwise special character on they
	 * do not, and a cell's column is not known. Infinity for a row without any.
	 */
	readonly sure: number;
};

export const noCells: Cells = {texts: [], styles: [], sure: Number.POSITIVE_INFINITY};

const escapeSequence = /\u001B\[([\d;:]*)m/g;

/** A styled line as cells, cut at `columns`; undefined when it holds sequences other than colours and weights. */
export function cellsOf(line: string, columns: number): Cells | undefined {
	const reader = createReader(columns);
	let style: Style | undefined = plainStyle;
	let read = 0;
	for (const found of line.matchAll(escapeSequence)) {
		reader.read(line.slice(read, found.index), style);
		style = styleAfter(style, found[1] ?? '');
		if (style === undefined) return undefined;
		read = found.index + found[0].length;
	}
	reader.read(line.slice(read), style);
	return reader.cells();
}

function createReader(columns: number) {
	const texts: string[] = [];
	const styles: Style[] = [];
	let sure = Number.POSITIVE_INFINITY;
	let width = 0;
	let length = 0;
	let known = true;
	const put = (text: string, style: Style, wide: number) => {
		width += wide;
		if (width > columns) return;
		texts.push(text);
		styles.push(style);
		if (text !== ' ' || style !== plainStyle) length = texts.length;
	};
	return {
		read(text: string, style: Style) {
			if (isSimple(text)) {
				for (const character of text) put(character, style, 1);
				return;
			}
			// A control character would move the cursor: nothing after it stands where we think.
			if (/\p{Cc}/u.test(text)) known = false;
			for (const {segment} of graphemes().segment(text)) {
				// What has no width of its own may change the cell before it.
				if (!isSimple(segment)) sure = Math.min(sure, Math.max(0, texts.length - 1));
				put(segment, style, textWidth(segment));
			}
		},
		cells: (): Cells | undefined => (known ? {texts: texts.slice(0, length), styles: styles.slice(0, length), sure} : undefined),
	};
}
