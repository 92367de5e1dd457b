import type {MixColumn} from '../../domain/mix/mix-history.ts';
import type {Line, Span} from '../line.ts';
import {mergeSpans} from '../line.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle} from '../theme.ts';

type Part = {readonly slot: number; readonly count: number};

/** From the bottom up: versions in the order of their rows, then what was not recognised, failures on top. */
type Counts = Pick<MixColumn, 'versions' | 'unrecognised' | 'failures'>;

function partsOf({versions, unrecognised, failures}: Counts): readonly Part[] {
	const ordered = Array.from(versions, ([slot, count]) => ({slot, count})).sort((left, right) => left.slot - right.slot);
	return [...ordered, {slot: -2, count: unrecognised}, {slot: -1, count: failures}].filter(({count}) => count > 0);
}

/**
 * The column's cells from the bottom up, by slot: shares to the nearest cell, but whatever there was is seen as long as there are cells enough, and
 * failures always. Empty where nothing was sampled.
 */
export function stackCells(column: Counts, height: number): readonly number[] {
	const parts = partsOf(column);
	const all = parts.reduce((sum, {count}) => sum + count, 0);
	if (all === 0 || height <= 0) return [];
	// The rarest gives way first where there are more kinds than cells; a failure never does.
	const shown = parts.toSorted((left, right) => Number(right.slot === -1) - Number(left.slot === -1) || right.count - left.count).slice(0, height);
	const cells = new Map(shown.map(({slot}) => [slot, 1]));
	for (let left = height - shown.length; left > 0; left -= 1) {
		const missing = ({slot, count}: Part) => (count / all) * height - (cells.get(slot) ?? 0);
		const next = shown.reduce((most, part) => (missing(part) > missing(most) ? part : most));
		cells.set(next.slot, (cells.get(next.slot) ?? 0) + 1);
	}
	return parts.flatMap(({slot}) => Array.from({length: cells.get(slot) ?? 0}, () => slot));
}

/** The mix over time: a column per span, oldest left, each stacked to the whole height; a dot at the bottom where the sampler stood still. */
export function stackLines(columns: readonly MixColumn[], height: number, theme: Theme): Line[] {
	const stacks = columns.map(column => stackCells(column, height));
	return Array.from({length: height}, (_, row) => {
		const level = height - 1 - row;
		const spans: Span[] = stacks.map((cells, index) => {
			const slot = cells[level];
			if (slot !== undefined) return {text: slotGlyph(theme, slot), style: slotStyle(slot)};
			return {text: level === 0 && columns[index]?.isGap === true ? '·' : ' ', style: 'quiet'};
		});
		return mergeSpans(spans);
	});
}
