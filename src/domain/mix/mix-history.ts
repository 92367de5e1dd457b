import {countsByMark} from '../sample-bucket.ts';
import {countedSeconds, longestWindowSeconds, type SampleWindow} from '../sample-window.ts';
import {cellSeconds, type HistoryCell} from './history-cells.ts';
import {countIn, failureMark, unrecognisedMark} from './tallies.ts';

/** The samples of a span of time. */
export type MixColumn = {
	/** Epoch ms at which it begins: a whole multiple of its width, so that it stays what it is while time goes on. */
	readonly startAt: number;
	/** Answers by slot of their version. */
	readonly versions: ReadonlyMap<number, number>;
	readonly failures: number;
	readonly unrecognised: number;
	readonly samples: number;
	/** Nothing was sampled for so long that a request is missing: the sampler stood still. */
	readonly isGap: boolean;
};

export type MixHistory = {
	/** Oldest first, all equally wide; the last one still grows. */
	readonly columns: readonly MixColumn[];
	/** Width of a column, in seconds. */
	readonly columnSeconds: number;
};

export type MixHistoryOptions = {
	/** How far back: up to half an hour. It is the width of all columns, of which the last one is not over yet. */
	readonly seconds: number;
	/** Room for so many columns, at least one; what comes back may be fewer, so that all are equally wide. */
	readonly columns: number;
	/** Between two samples, as asked for. */
	readonly intervalMs: number;
};

// A sample may be a little late: one that is missing leaves a hole of two intervals.
const intervalsOfGap = 2;

type Grid = {readonly columnSeconds: number; readonly count: number; readonly isFine: boolean};

/** The narrowest equal columns that fit, made of whole seconds where these are still known, else of whole cells. */
function gridOf({seconds, columns}: MixHistoryOptions): Grid {
	for (const step of [1, cellSeconds]) {
		const columnSeconds = Math.ceil(seconds / Math.max(1, columns) / step) * step;
		const count = Math.ceil(seconds / columnSeconds);
		const isFine = step === 1;
		if (!isFine || count * columnSeconds <= longestWindowSeconds) return {columnSeconds, count, isFine};
	}
	return {columnSeconds: seconds, count: 1, isFine: false};
}

function partsOf(window: SampleWindow, isFine: boolean): readonly HistoryCell[] {
	const seconds = isFine ? countedSeconds(window) : countedSeconds({...window, buckets: []});
	const parts = seconds.map(bucket => ({second: bucket.second, counts: countsByMark(bucket)}));
	return isFine ? parts : [...window.cells, ...parts];
}

function columnOf(startAt: number, counts: ReadonlyMap<number, number>): MixColumn {
	const versions = new Map([...counts].filter(([mark]) => mark >= 0).sort(([left], [right]) => left - right));
	const samples = [...counts.values()].reduce((sum, count) => sum + count, 0);
	return {startAt, versions, failures: counts.get(failureMark) ?? 0, unrecognised: counts.get(unrecognisedMark) ?? 0, samples, isGap: false};
}

/** The columns with their gaps: stretches without a sample, longer than the interval explains, after the first sample. */
function withGaps(columns: readonly MixColumn[], {firstAt = Number.POSITIVE_INFINITY}: SampleWindow, now: number, gapMs: number): readonly MixColumn[] {
	const marked = [...columns];
	let from = 0;
	for (let index = 0; index <= columns.length; index += 1) {
		const column = columns[index];
		if (column !== undefined && column.samples === 0 && column.startAt > firstAt) continue;
		const begin = columns[from]?.startAt ?? now;
		if (Math.min(now, column?.startAt ?? now) - begin >= gapMs) {
			for (let empty = from; empty < index; empty += 1) marked[empty] = {...columnOf(columns[empty]?.startAt ?? 0, new Map()), isGap: true};
		}
		from = index + 1;
	}
	return marked;
}

/** How the mix went in the last minutes before `now` (epoch ms), in columns of equal width that stay where they are while time goes on. */
export function mixHistory(window: SampleWindow, now: number, options: MixHistoryOptions): MixHistory {
	const {columnSeconds, count, isFine} = gridOf(options);
	const first = Math.floor(now / 1000 / columnSeconds) - count + 1;
	const counts = Array.from({length: count}, () => new Map<number, number>());
	for (const part of partsOf(window, isFine)) {
		const column = counts[Math.floor(part.second / columnSeconds) - first];
		if (column !== undefined) for (const [mark, more] of part.counts) countIn(column, mark, more);
	}
	const columns = counts.map((column, index) => columnOf((first + index) * columnSeconds * 1000, column));
	return {columns: withGaps(columns, window, now, intervalsOfGap * options.intervalMs), columnSeconds};
}
