import type {LogEntry} from './log-buffer.ts';

/** The first row in sight: an entry, not a number, since older ones go and others come between; and the row of it. */
export type LogPlace = {readonly id: number; readonly row: number};

type Spot = {readonly index: number; readonly row: number};

/** How many rows an entry takes; at least one. */
export type RowsOf = (entry: LogEntry) => number;

function spotOf(entries: readonly LogEntry[], place: LogPlace): Spot {
	const index = entries.findIndex(({id}) => id === place.id);
	// What was in sight has been let go: then the oldest that there is.
	return index === -1 ? {index: 0, row: 0} : {index, row: place.row};
}

function placeAt(entries: readonly LogEntry[], {index, row}: Spot): LogPlace | undefined {
	const entry = entries[index];
	return entry === undefined ? undefined : {id: entry.id, row};
}

function backFrom(entries: readonly LogEntry[], from: Spot, rows: number, rowsOf: RowsOf): Spot {
	let {index, row} = from;
	let left = rows;
	while (left > row && index > 0) {
		left -= row;
		index--;
		row = rowsOf(entries[index] as LogEntry);
	}
	return {index, row: Math.max(0, row - left)};
}

function forwardFrom(entries: readonly LogEntry[], from: Spot, rows: number, rowsOf: RowsOf): Spot {
	let {index, row} = from;
	let left = rows;
	for (let entry = entries[index]; entry !== undefined; entry = entries[index]) {
		const here = rowsOf(entry) - row;
		if (left < here) break;
		left -= here;
		index++;
		row = 0;
	}
	return {index, row: index < entries.length ? row + left : 0};
}

/** The first row in sight when the newest line is the last one; undefined of an empty log. */
export function endPlace(entries: readonly LogEntry[], room: number, rowsOf: RowsOf): LogPlace | undefined {
	return placeAt(entries, backFrom(entries, {index: entries.length, row: 0}, room, rowsOf));
}

/** The place so many rows further on (or back); undefined where that is the end, so that new lines are followed. */
export function movedPlace(entries: readonly LogEntry[], from: LogPlace, by: number, room: number, rowsOf: RowsOf): LogPlace | undefined {
	const spot = spotOf(entries, from);
	if (by < 0) return placeAt(entries, backFrom(entries, spot, -by, rowsOf));
	const moved = forwardFrom(entries, spot, by, rowsOf);
	const end = backFrom(entries, {index: entries.length, row: 0}, room, rowsOf);
	const isEnd = moved.index > end.index || (moved.index === end.index && moved.row >= end.row);
	return isEnd ? undefined : placeAt(entries, moved);
}

/** What stands in `room` rows from a place on: entries with the rows of each that are in sight, and how many entries follow. */
export function inSight(
	entries: readonly LogEntry[],
	from: LogPlace,
	room: number,
	rowsOf: RowsOf,
): {readonly shown: readonly {readonly entry: LogEntry; readonly from: number; readonly to: number}[]; readonly below: number} {
	const spot = spotOf(entries, from);
	const shown: {entry: LogEntry; from: number; to: number}[] = [];
	let {index, row} = spot;
	let left = room;
	for (let entry = entries[index]; entry !== undefined && left > 0; entry = entries[index]) {
		const to = Math.min(rowsOf(entry), row + left);
		shown.push({entry, from: row, to});
		left -= to - row;
		row = 0;
		index++;
	}
	return {shown, below: entries.length - index};
}
