import {percent} from '../../domain/percent.ts';
import type {MixRow} from '../../store/views.ts';
import {filledCells} from '../elements/bar.ts';
import type {Line, Span} from '../line.ts';
import {cell, cutLine, lineWidth, span, spread} from '../line.ts';
import {textWidth, truncateName} from '../text.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle} from '../theme.ts';

/** `54–78%`: where the share lies with 95 % certainty. */
export function intervalText({interval}: MixRow): string {
	if (interval === undefined) return '';
	return `${Math.floor(interval.low * 100)}–${Math.ceil(interval.high * 100)}%`;
}

/** Slot that chooses a row's glyph and colour. */
export function rowSlot(row: MixRow): number {
	return {version: row.slot, failure: -1, unrecognised: -2}[row.kind];
}

/** A failure says itself what it is at the end of its line; everything else has a name in front. */
function rowLabel(row: MixRow): string {
	return row.detail === undefined ? row.label : '';
}

/** What stands at the right end: what is expected, and how sure the measured share is where there is room for that. */
function rightText(row: MixRow, width: number): string {
	if (row.declaredShare !== undefined) return declaredText(row, row.declaredShare, width);
	const isShort = width < 40 || (width >= wide && width < 80);
	const expected = row.expectedShare === undefined ? '' : `${isShort ? 'exp' : 'expected'} ${percent(row.expectedShare)}`;
	return width < wide ? expected : [intervalText(row).padStart(7), expected.padStart(isShort ? 8 : 13)].join('  ').trimEnd();
}

/** What a step asks for comes before what the endpoints let expect: `11–30%  set 20%  exp 17%`. */
function declaredText(row: MixRow, declared: number, width: number): string {
	const expected = row.expectedShare === undefined || width < 40 ? [] : [`exp ${percent(row.expectedShare)}`.padStart(8)];
	const sure = width < wide ? [] : [intervalText(row).padStart(7)];
	return [...sure, `set ${percent(declared)}`.padStart(8), ...expected].join('  ');
}

// From here on there is room for the interval.
const wide = 54;
const countWidth = 11;

function rightWidth(width: number): number {
	if (width >= wide) return width < 80 ? 19 : 24;
	return width < 40 ? 9 : 15;
}

function rowLine(row: MixRow, labelWidth: number, right: number, width: number, theme: Theme): Line {
	const slot = rowSlot(row);
	const style = slotStyle(slot);
	const failed: Span[] = row.kind === 'version' && row.failures > 0 ? [span(` ${theme.glyphs.failure}${row.failures}`, 'bad')] : [];
	const room = width - 2 - labelWidth - 1 - countWidth - lineWidth(failed) - right;
	const filled = row.count > 0 ? filledCells(row.share, Math.max(1, room)) : 0;
	const left: Line = [
		span(`${slotGlyph(theme, slot)} `, style),
		cell(truncateName(rowLabel(row), labelWidth), labelWidth),
		span(' '),
		{text: theme.glyphs.barFull.repeat(filled), style},
		span(` ${percent(row.share)} (${row.count})`),
		...failed,
	];
	if (row.detail !== undefined) return cutLine([...left, span(`  ${row.detail}`, 'bad')], width);
	return spread(left, row.kind === 'version' ? [span(rightText(row, width), 'quiet')] : [], width);
}

/** A line per version and kind of failure: share, count, how sure that is, and what was to be expected. */
export function mixRowLines(rows: readonly MixRow[], width: number, theme: Theme): Line[] {
	const longest = Math.max(0, ...rows.map(row => textWidth(rowLabel(row))));
	// Names before bars: two versions that look alike tell nothing, however long their bars are.
	const labelWidth = Math.min(longest, Math.max(4, width < 40 ? width - 22 : Math.floor(width / 3)));
	const right = Math.max(rightWidth(width), ...rows.map(row => (row.declaredShare === undefined ? 0 : textWidth(rightText(row, width)) + 1)));
	return rows.map(row => rowLine(row, labelWidth, right, width, theme));
}

/** Versions and their shares next to each other: `● v2 67%  ○ v3 33%`. */
export function rowParts(rows: readonly MixRow[], isNarrow: boolean, theme: Theme): Line {
	return rows.flatMap((row): Span[] => {
		const slot = rowSlot(row);
		const name = row.kind === 'failure' ? '' : `${truncateName(row.label, 12)} `;
		return [
			span(isNarrow ? slotGlyph(theme, slot) : `${slotGlyph(theme, slot)} `, slotStyle(slot)),
			span(`${name}${percent(row.share)}${isNarrow ? ' ' : '  '}`, row.kind === 'failure' ? 'bad' : 'plain'),
		];
	});
}
