import type {Line, Span, SpanStyle} from '../line.ts';
import {cell, cutLine} from '../line.ts';
import {textWidth, truncateName} from '../text.ts';

export type Column<Row> = {
	readonly title: string;
	readonly value: (row: Row) => string;
	readonly align?: 'left' | 'right';
	readonly style?: (row: Row) => SpanStyle;
	/** Room kept while there is enough of it even when no value needs it, so that columns do not jump when one comes. */
	readonly min?: number;
	/** A column that gives: cut down to so many columns before others leave. */
	readonly flexible?: number;
	/** Names are cut in their middle, prose at its end. */
	readonly prose?: true;
	/** Columns with higher numbers leave first when the table is too narrow; absent never leaves. */
	readonly leaves?: number;
};

const gap = 2;
type Sized<Row> = {readonly column: Column<Row>; readonly width: number};

function natural<Row>(column: Column<Row>, rows: readonly Row[], min: number): number {
	let width = Math.max(textWidth(column.title), min);
	for (const row of rows) width = Math.max(width, textWidth(column.value(row)));
	return width;
}

function total<Row>(sized: readonly Sized<Row>[], width: (one: Sized<Row>) => number): number {
	return sized.reduce((sum, one) => sum + width(one) + gap, -gap);
}

function leastOf<Row>({column, width}: Sized<Row>): number {
	return column.flexible === undefined ? width : Math.min(width, column.flexible);
}

/** Which columns are shown, and how wide: kept room is given up first, then names are cut, then the dispensable leave one by one. */
function sizeColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): Sized<Row>[] {
	const roomy = columns.map(column => ({column, width: natural(column, rows, column.min ?? 0)}));
	if (total(roomy, one => one.width) <= width) return roomy;
	let sized = columns.map(column => ({column, width: natural(column, rows, 0)}));
	while (total(sized, leastOf) > width) {
		const leaving = sized.reduce((worst, one) => Math.max(worst, one.column.leaves ?? 0), 0);
		if (leaving === 0) break;
		sized = sized.filter(one => one.column.leaves !== leaving);
	}
	return cutFlexible(sized, total(sized, one => one.width) - width);
}

/** Takes what is too much from the flexible columns, the last one first. */
function cutFlexible<Row>(sized: readonly Sized<Row>[], over: number): Sized<Row>[] {
	let left = over;
	return sized
		.toReversed()
		.map(one => {
			const cut = one.column.flexible === undefined ? 0 : Math.max(0, Math.min(left, one.width - Math.min(one.width, one.column.flexible)));
			left -= cut;
			return {...one, width: one.width - cut};
		})
		.toReversed();
}

/** A table's heading and rows with columns under each other, never wider than `width`. `measured`: rows that tell how wide columns are, where not all of them are in sight. */
export function tableLines<Row>(
	columns: readonly Column<Row>[],
	rows: readonly Row[],
	width: number,
	measured: readonly Row[] = rows,
): {readonly heading: Line; readonly rows: readonly Line[]} {
	const sized = sizeColumns(columns, measured, width);
	const spaced = (cells: Span[]) =>
		cutLine(
			cells.flatMap((one, index) => (index === 0 ? [one] : [{text: ' '.repeat(gap), style: 'plain' as const}, one])),
			width,
		);
	return {
		heading: spaced(sized.map(one => cell(one.column.title, one.width, 'quiet', one.column.align))),
		rows: rows.map(row =>
			spaced(
				sized.map(({column, width: columnWidth}) => {
					const value = column.value(row);
					const text = column.flexible !== undefined && !column.prose ? truncateName(value, columnWidth) : value;
					return cell(text, columnWidth, column.style?.(row) ?? 'plain', column.align);
				}),
			),
		),
	};
}
