import type {Cells} from './cells.ts';
import type {Pen} from './pen.ts';
import type {Style} from './style.ts';
import {plainStyle} from './style.ts';

/** To jump over so few cells costs more than to write them again. */
const shortGap = 4;
/** To blank so many cells by a sequence and jump over them costs less than to write blanks. */
const longBlank = 12;

function textAt({texts}: Cells, index: number): string {
	return texts[index] ?? ' ';
}

function styleAt({styles}: Cells, index: number): Style {
	return styles[index] ?? plainStyle;
}

function isSame(before: Cells, after: Cells, index: number): boolean {
	return textAt(before, index) === textAt(after, index) && styleAt(before, index) === styleAt(after, index);
}

function isSameFrom(before: Cells, after: Cells, start: number): boolean {
	const end = Math.max(before.texts.length, after.texts.length);
	for (let index = start; index < end; index++) if (!isSame(before, after, index)) return false;
	return true;
}

/** Writes what leads from one row to the other: only cells that differ, as far as it is sure where they are; from there on all or nothing. */
export function drawRow(pen: Pen, row: number, before: Cells, after: Cells): void {
	const sure = Math.min(before.sure, after.sure);
	if (drawSure(pen, row, before, after, sure) || sure === Number.POSITIVE_INFINITY || isSameFrom(before, after, sure)) return;
	pen.moveTo(row, sure);
	for (let index = sure; index < after.texts.length; index++) pen.putLoose(textAt(after, index), styleAt(after, index));
	pen.blankRest();
}

/** The part in which each cell is one column; true when the rest of the row was blanked with it. */
function drawSure(pen: Pen, row: number, before: Cells, after: Cells, sure: number): boolean {
	const end = Math.min(sure, Math.max(before.texts.length, after.texts.length));
	for (let index = 0; index < end; index++) {
		if (isSame(before, after, index)) continue;
		if (index >= after.texts.length) {
			// From its end on, blanks included: a terminal copies those that were written.
			pen.moveTo(row, after.texts.length);
			pen.blankRest();
			return true;
		}
		reach(pen, row, index, after);
		const blanks = blanksFrom(after, index, end);
		if (blanks < longBlank) pen.put(textAt(after, index), styleAt(after, index));
		else {
			pen.blank(blanks);
			index += blanks - 1;
		}
	}
	return false;
}

/** How many blanks stand from here on. */
function blanksFrom(after: Cells, start: number, end: number): number {
	let index = start;
	while (index < end && textAt(after, index) === ' ' && styleAt(after, index) === plainStyle) index++;
	return index - start;
}

/** Brings the cursor to a column of the row, the cheaper way. */
function reach(pen: Pen, row: number, column: number, after: Cells): void {
	const ahead = pen.ahead(row, column);
	if (ahead !== undefined && ahead > 0 && ahead <= shortGap && isWritable(after, column - ahead, column, pen.style())) {
		for (let index = column - ahead; index < column; index++) pen.put(textAt(after, index), styleAt(after, index));
	} else pen.moveTo(row, column);
}

/** Whether these cells are written without a change of style, a byte each. */
function isWritable(after: Cells, start: number, end: number, style: Style): boolean {
	for (let index = start; index < end; index++) if (styleAt(after, index) !== style || textAt(after, index) > '~') return false;
	return true;
}
