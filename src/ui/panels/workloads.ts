import {percent} from '../../domain/percent.ts';
import type {ServiceView, SideRow} from '../../store/service-views.ts';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Line, Span} from '../line.ts';
import {cutLine, span} from '../line.ts';
import {truncateName} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

function phaseGlyph({phase, tone}: SideRow, theme: Theme): string {
	return phase === undefined ? (tone === 'bad' ? theme.glyphs.failure : ' ') : theme.glyphs.phase[phase];
}

/** `6`, with what is on its way out: `6 (+1)`. */
function endpointsText({selected, endpoints}: SideRow): string {
	if (!selected && endpoints.ready === 0 && endpoints.terminating === 0) return 'not selected';
	return endpoints.terminating === 0 ? String(endpoints.ready) : `${endpoints.ready} (+${endpoints.terminating})`;
}

/** `28% (36)`; where what was expected meanwhile is not what is expected now, `28% (36) of 30%`: what is to be compared stands together. */
function measuredText({measured, expectedShare: now}: SideRow, isNarrow: boolean): string {
	if (measured === undefined) return '';
	if (isNarrow) return percent(measured.share);
	const meanwhile = measured.expectedShare;
	const isOther = meanwhile !== undefined && now !== undefined && Math.round(meanwhile * 100) !== Math.round(now * 100);
	return `${percent(measured.share)} (${measured.count})${isOther ? ` of ${percent(meanwhile)}` : ''}`;
}

function columns(theme: Theme, chosen: string | undefined, isNarrow: boolean): readonly Column<SideRow>[] {
	const state = (row: SideRow) => (row.tone === 'quiet' ? 'plain' : toneStyle(row.tone));
	return [
		{title: ' ', value: row => (row.name === chosen ? theme.glyphs.current : ' '), style: () => 'strong', leaves: 1},
		{title: 'NAME', value: row => row.name, flexible: 8, style: row => (row.selected ? 'strong' : 'plain')},
		{title: ' ', value: row => phaseGlyph(row, theme), style: state},
		{title: 'PHASE', value: row => row.word, style: state, min: 11, leaves: 5},
		{title: 'READY', value: row => `${row.ready}/${row.desired}`, align: 'right', style: row => (row.ready < row.desired ? 'change' : 'plain')},
		{title: 'UPDATED', value: row => (row.kind === 'other' ? '' : String(row.updated)), align: 'right', leaves: 6},
		{title: 'ENDPOINTS', value: endpointsText, align: 'right', leaves: 4},
		{title: isNarrow ? 'EXP' : 'EXPECTED', value: row => (row.expectedShare === undefined ? '' : percent(row.expectedShare)), align: 'right', leaves: 3},
		{title: isNarrow ? 'GOT' : 'MEASURED', value: row => measuredText(row, isNarrow), align: 'right', min: 4, leaves: 2},
		{title: 'IMAGES', value: row => row.images, flexible: 12, leaves: 7},
	];
}

/** Workloads behind a Service, each with what it ought to get and what it gets. `chosen`: the one that keys act on. */
export function sideLines(
	rows: readonly SideRow[],
	chosen: string | undefined,
	width: number,
	theme: Theme,
): {readonly heading: Line; readonly rows: readonly Line[]} {
	return tableLines(columns(theme, chosen, width < 56), rows, width);
}

/** All workloads in one line: `✔ nginx-dm 6/6  ✔ nginx-v2 1/1`. */
export function sidesSummary({sides}: ServiceView, width: number, theme: Theme): Line {
	const parts = sides.flatMap((row): Span[] => [
		span(`${phaseGlyph(row, theme)} `, toneStyle(row.tone)),
		span(`${truncateName(row.name, 24)} ${row.ready}/${row.desired}${row.selected ? '' : ' not selected'}  `),
	]);
	return cutLine(parts.length === 0 ? [span('no workload stands behind it', 'change')] : parts, width);
}
