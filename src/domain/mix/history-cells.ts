import {type Bucket, countsByMark} from '../sample-bucket.ts';
import {countIn} from './tallies.ts';

/** Width of a cell, in seconds, and the longest history that can be asked for. */
export const cellSeconds = 5;
export const longestHistorySeconds = 1800;

// The columns of a history begin at whole multiples of their width, so that the oldest one reaches back further than was asked for.
const keptSeconds = longestHistorySeconds + 120;

/** Samples of five seconds by mark: all that the history needs of them. */
export type HistoryCell = {
	/** Epoch seconds, a multiple of `cellSeconds`. */
	readonly second: number;
	readonly counts: ReadonlyMap<number, number>;
};

/** The cells with one more second counted in, which may be an earlier one than the last. */
export function addToCells(cells: readonly HistoryCell[], bucket: Bucket): readonly HistoryCell[] {
	const second = bucket.second - (bucket.second % cellSeconds);
	const after = cells.findLastIndex(cell => cell.second <= second);
	const known = cells[after];
	const counts = new Map(known?.second === second ? known.counts : []);
	for (const [mark, count] of countsByMark(bucket)) countIn(counts, mark, count);
	const cell = {second, counts};
	const added = known?.second === second ? cells.with(after, cell) : cells.toSpliced(after + 1, 0, cell);
	const oldest = (added.at(-1)?.second ?? 0) - keptSeconds;
	return added[0] !== undefined && added[0].second <= oldest ? added.filter(kept => kept.second > oldest) : added;
}

/** The cells with what was counted under other marks now under `into`. */
export function remarked(cells: readonly HistoryCell[], marks: ReadonlySet<number>, into: number): readonly HistoryCell[] {
	return cells.map(cell => {
		if (![...cell.counts.keys()].some(mark => marks.has(mark))) return cell;
		const counts = new Map<number, number>();
		for (const [mark, count] of cell.counts) countIn(counts, marks.has(mark) ? into : mark, count);
		return {second: cell.second, counts};
	});
}
