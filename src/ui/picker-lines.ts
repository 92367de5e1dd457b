import {chromeRows, frameLines, innerWidth} from './elements/box.ts';
import {sightHint, sightOf} from './elements/scroll.ts';
import type {Column} from './elements/table.ts';
import {tableLines} from './elements/table.ts';
import type {Size} from './layout.ts';
import type {Line} from './line.ts';
import {cutLine, line, span} from './line.ts';
import {filterLine, keysLine} from './panels/footer.ts';
import type {PickerRow, PickerView} from './picker-view.ts';
import type {Theme} from './theme.ts';
import {toneStyle} from './theme.ts';

export type PickerState = {readonly chosen: string | undefined; readonly filter: string; readonly filtering: boolean; readonly help: boolean};

/** Rows whose name or image contains the filter's text. */
export function matchingRows({rows}: PickerView, filter: string): readonly PickerRow[] {
	const wanted = filter.toLowerCase();
	return wanted === '' ? rows : rows.filter(row => `${row.name} ${row.images}`.toLowerCase().includes(wanted));
}

function columns(theme: Theme): readonly Column<PickerRow>[] {
	return [
		{title: 'NAME', value: row => row.name, flexible: 16},
		{
			title: '  ROLLOUT',
			value: row => `${theme.glyphs.tone[row.tone]} ${row.word}`,
			min: 13,
			style: row => (row.tone === 'quiet' ? 'plain' : toneStyle(row.tone)),
		},
		{title: 'READY', value: row => row.ready},
		{title: 'AGE', value: row => row.age, leaves: 1},
		{title: 'IMAGES', value: row => row.images, flexible: 10, prose: true, leaves: 2},
	];
}

function listLines(
	rows: readonly PickerRow[],
	state: PickerState,
	room: number,
	width: number,
	theme: Theme,
): {readonly lines: Line[]; readonly hint: string | undefined} {
	const chosen = Math.max(
		0,
		rows.findIndex(row => row.name === state.chosen),
	);
	const sight = sightOf({count: rows.length, rows: room - 1, top: 0, selected: chosen});
	const table = tableLines(columns(theme), rows.slice(sight.top, sight.top + sight.shown), width - 2);
	const marked = table.rows.map(
		(row, index): Line =>
			index + sight.top === chosen ? [span(`${theme.glyphs.current} `), ...row.map(part => ({...part, style: 'selected' as const}))] : [span('  '), ...row],
	);
	return {lines: [[span('  '), ...table.heading], ...marked], hint: sightHint(sight)};
}

function titleLine({context, namespace, condition}: PickerView, count: number): Line {
	const said = condition === undefined ? [] : [span(` · ${condition.text}`, toneStyle(condition.tone))];
	return [span('Deployments', 'title'), span(` · ${context} / ${namespace} · ${count}`, 'quiet'), ...said];
}

function emptyLines(view: PickerView): Line[] {
	if (view.condition !== undefined) return [];
	return [line(view.rows.length === 0 ? `There is no Deployment in namespace ${view.namespace}.` : 'none matches', 'quiet')];
}

/** The picker as lines: never more than rows − 1, never wider than the columns. */
export function pickerLines(view: PickerView, state: PickerState, size: Size, theme: Theme): readonly Line[] {
	const height = Math.max(1, size.rows - 1);
	const rows = matchingRows(view, state.filter);
	const title = titleLine(view, rows.length);
	if (height < 4) return [cutLine(line(rows[0]?.name ?? 'no Deployment', 'selected'), size.columns)];
	const chrome = size.columns >= 50 && height >= 8 ? 'box' : 'none';
	const head = chrome === 'none' ? [cutLine(title, size.columns)] : [];
	const body = height - 1 - head.length;
	const list = listLines(rows, state, body - chromeRows(chrome), innerWidth(chrome, size.columns), theme);
	const hint = list.hint === undefined ? {} : {hint: list.hint};
	const framed = frameLines({title, lines: rows.length === 0 ? emptyLines(view) : list.lines, ...hint, width: size.columns, height: body, chrome}, theme);
	const matches = `${rows.length} of ${view.rows.length}`;
	return [...head, ...framed, state.filtering ? filterLine(state.filter, matches, size.columns, theme) : keysLine('picker', undefined, size.columns, theme)];
}
