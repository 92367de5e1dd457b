import {bytesOf} from './bytes.ts';
import type {Style} from './style.ts';
import {plainStyle, styleChange} from './style.ts';

const csi = '\u001B[';

/** Writes on a terminal's grid and remembers where the cursor is and what it writes like, so that neither is said twice. Rows and columns count from 0. */
export type Pen = {
	/** How many columns the cursor would have to go on in this row, without anything said, to be at the column; undefined where that is not known. */
	readonly ahead: (row: number, column: number) => number | undefined;
	readonly style: () => Style;
	readonly moveTo: (row: number, column: number) => void;
	/** Text of one column per character. */
	readonly put: (text: string, style: Style) => void;
	/** Text of any width: where the cursor is afterwards is not known. */
	readonly putLoose: (text: string, style: Style) => void;
	/** Blanks so many cells; the cursor stays. */
	readonly blank: (count: number) => void;
	/** Blanks the rest of the row. */
	readonly blankRest: () => void;
	/** Bytes of all that was written so far. */
	readonly bytes: () => number;
	/** All that was written, with the style plain at its end. */
	readonly finish: () => string;
};

/** A pen on a terminal of so many columns, with a plain style and the cursor anywhere. */
export function createPen(columns: number): Pen {
	let text = '';
	let [counted, bytes] = [0, 0];
	let style = plainStyle;
	let place: {readonly row: number; readonly column: number} | undefined;
	const restyle = (next: Style) => {
		text += styleChange(style, next);
		style = next;
	};
	const ahead = (row: number, column: number) => (place?.row === row ? column - place.column : undefined);
	return {
		ahead,
		style: () => style,
		moveTo(row, column) {
			const distance = ahead(row, column);
			if (distance === 0) return;
			text += distance !== undefined && distance > 0 ? forward(distance) : address(row, column);
			place = {row, column};
		},
		put(part, next) {
			restyle(next);
			text += part;
			const column = (place?.column ?? 0) + part.length;
			// In the last column the cursor waits for the next character to wrap: terminals differ in what a move does from there.
			place = place === undefined || column >= columns ? undefined : {...place, column};
		},
		putLoose(part, next) {
			restyle(next);
			text += part;
			place = undefined;
		},
		blank(count) {
			restyle(plainStyle);
			text += `${csi}${count}X`;
		},
		blankRest() {
			restyle(plainStyle);
			text += `${csi}K`;
		},
		bytes() {
			bytes += bytesOf(text.slice(counted));
			counted = text.length;
			return bytes;
		},
		finish() {
			restyle(plainStyle);
			return text;
		},
	};
}

function forward(distance: number): string {
	return distance === 1 ? `${csi}C` : `${csi}${distance}C`;
}

function address(row: number, column: number): string {
	return column === 0 ? `${csi}${row + 1}H` : `${csi}${row + 1};${column + 1}H`;
}
