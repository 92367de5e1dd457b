import type {Size} from '../layout.ts';
import type {Cells} from './cells.ts';
import {cellsOf, noCells} from './cells.ts';
import type {Pen} from './pen.ts';
import {createPen} from './pen.ts';
import {drawRow} from './row-difference.ts';
import {plainStyle} from './style.ts';

/** A row as it is on the terminal: the line that it was drawn from, and its cells; none where the line is more than a styled text. */
type Shown = {readonly line: string; readonly cells: Cells | undefined};

/** What a terminal shows once it has read all that was written, and the way from there to any frame. */
export type Canvas = {
	/** Nothing is known of what is there: the next drawing begins with an empty screen. */
	readonly forget: () => void;
	/** Rows in which two frames differ come before all others: they are the answer to a key. */
	readonly prefer: (before: readonly string[], after: readonly string[]) => void;
	/** What brings the terminal closer to the frame: row by row, until `room` bytes are used up. Empty when there is nothing left to do. */
	readonly draw: (lines: readonly string[], size: Size, room: number) => string;
};

const clearScreen = '\u001B[2J';
const blankRow: Shown = {line: '', cells: noCells};

/** A canvas of which nothing is known. */
export function createCanvas(): Canvas {
	let shown: Shown[] | undefined;
	let preferred: ReadonlySet<number> = new Set();
	/** Where the last drawing had to stop: who waits longest is next. */
	let start = 0;
	return {
		forget() {
			shown = undefined;
		},
		prefer(before, after) {
			preferred = new Set(rowsThatDiffer(row => before[row] ?? '', after, before.length));
		},
		draw(lines, size, room) {
			const visible = lines.slice(0, size.rows);
			const pen = createPen(size.columns);
			const clear = shown === undefined ? clearScreen : '';
			const rows = shown ?? [];
			shown = rows;
			const waiting = rowsThatDiffer(row => rows[row]?.line ?? '', visible, rows.length);
			for (const row of inOrder(waiting, preferred, start)) {
				if (pen.bytes() >= room) {
					start = row;
					break;
				}
				rows[row] = drawLine(pen, row, rows[row] ?? blankRow, visible[row] ?? '', size.columns);
			}
			return clear + pen.finish();
		},
	};
}

function rowsThatDiffer(before: (row: number) => string, after: readonly string[], least: number): readonly number[] {
	return Array.from({length: Math.max(least, after.length)}, (_, row) => row).filter(row => before(row) !== (after[row] ?? ''));
}

function inOrder(rows: readonly number[], preferred: ReadonlySet<number>, start: number): readonly number[] {
	const rank = (row: number) => (preferred.has(row) ? 0 : row >= start ? 1 : 2);
	return rows.toSorted((left, right) => rank(left) - rank(right) || left - right);
}

/** Draws a row: the cells that differ, or the whole of it where either line is more than a styled text. Gives what is there now. */
function drawLine(pen: Pen, row: number, before: Shown, line: string, columns: number): Shown {
	const cells = cellsOf(line, columns);
	if (before.cells !== undefined && cells !== undefined) drawRow(pen, row, before.cells, cells);
	else {
		pen.moveTo(row, 0);
		pen.putLoose(`${line}\u001B[m`, plainStyle);
		pen.blankRest();
	}
	return {line, cells};
}
