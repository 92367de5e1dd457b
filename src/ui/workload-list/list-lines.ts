import {emptyText} from '../../store/workload-list/empty-text.ts';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import {chromeRows, frameLines, innerWidth} from '../elements/box.ts';
import {sightHint, sightOf} from '../elements/scroll.ts';
import {tableLines} from '../elements/table.ts';
import type {Size} from '../layout.ts';
import type {Line} from '../line.ts';
import {cutLine, line, span, spread} from '../line.ts';
import {filterLine, keysLine, noticeLine} from '../panels/footer.ts';
import {connectionSpan} from '../panels/header.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import {listColumns, longestRows} from './columns.ts';
import {chosenIndex, type ListUiState, matchingRows} from './list-state.ts';
import type {ListRemark} from './stage.ts';

/** Rows of a table with the chosen one marked, as many as there is room for: hundreds are never drawn. */
function tableOf(
	view: WorkloadListView,
	rows: readonly WorkloadRow[],
	state: ListUiState,
	{room, width}: {readonly room: number; readonly width: number},
	theme: Theme,
): {readonly lines: readonly Line[]; readonly hint: string | undefined} {
	const uids = rows.map(({uid}) => uid);
	const chosen = chosenIndex(state, uids);
	const sight = sightOf({count: rows.length, rows: Math.max(0, room - 1), top: 0, selected: chosen});
	const columns = listColumns(view, theme);
	const table = tableLines(columns, rows.slice(sight.top, sight.top + sight.shown), width - 2, longestRows(columns, rows));
	const marked = table.rows.map(
		(row, index): Line =>
			index + sight.top === chosen ? [span(`${theme.glyphs.current} `), ...row.map(part => ({...part, style: 'selected' as const}))] : [span('  '), ...row],
	);
	return {lines: [[span('  '), ...table.heading], ...marked], hint: sightHint(sight)};
}

function placeLine(view: WorkloadListView, width: number, theme: Theme): Line {
	const place = [span(` ${view.context} / ${view.namespace ?? 'all namespaces'}`, 'strong'), span(view.asked === '' ? '' : `  ${view.asked}`)];
	return cutLine(spread(place, [connectionSpan(view, theme), span(' ')], width), width);
}

/** `1 stalled · 3 progressing · 496 complete`. */
function countsLine({counts, connection}: WorkloadListView, width: number, theme: Theme, isAlone: boolean): Line {
	const lost = isAlone && connection.kind === 'lost' ? [connectionSpan({connection}, theme), span(' ')] : [];
	const parts = counts.flatMap(({count, word, tone}, index) => [
		...(index === 0 ? [] : [span(' · ', 'quiet')]),
		span(`${count} ${word}`, tone === 'good' || tone === 'quiet' ? 'plain' : toneStyle(tone)),
	]);
	return cutLine([span(' '), ...lost, ...(parts.length === 0 ? [span(connection.kind === 'syncing' ? 'reading…' : 'no workload', 'quiet')] : parts)], width);
}

/** Lines above the table: where, how live, how many in which state, and what is not known. */
function headLines(view: WorkloadListView, {columns, rows}: Size, theme: Theme): readonly Line[] {
	const height = rows - 1;
	if (height < 8) return [countsLine(view, columns, theme, true)];
	const remarks = view.remarks.filter(({tone}) => tone === 'bad' || height >= 20).slice(0, height < 20 ? 1 : 3);
	return [
		placeLine(view, columns, theme),
		countsLine(view, columns, theme, false),
		...remarks.map(({tone, text}) => cutLine([span(' '), span(text, toneStyle(tone))], columns)),
	];
}

function emptyLines(view: WorkloadListView): Line[] {
	if (view.rows.length > 0) return [line('none matches', 'quiet')];
	return view.connection.kind === 'live' ? [line(emptyText(view), 'quiet')] : [];
}

function footer(view: WorkloadListView, matching: number, state: ListUiState, remark: ListRemark | undefined, width: number, theme: Theme): Line {
	if (state.filtering) return filterLine(state.filter, `${matching} of ${view.rows.length}`, width, theme);
	return remark === undefined ? keysLine('workloads', undefined, width, theme) : noticeLine(remark, width, theme);
}

/** The list as lines: never more than rows − 1, never wider than the columns. */
export function listLines(view: WorkloadListView, state: ListUiState, remark: ListRemark | undefined, size: Size, theme: Theme): readonly Line[] {
	const {columns} = size;
	const height = Math.max(1, size.rows - 1);
	if (height < 4) return [countsLine(view, columns, theme, true)];
	const rows = matchingRows(view.rows, state.filter);
	const head = headLines(view, size, theme);
	const chrome = columns >= 50 && height >= 12 ? 'box' : 'none';
	const body = height - 1 - head.length;
	const table = tableOf(view, rows, state, {room: body - chromeRows(chrome), width: innerWidth(chrome, columns)}, theme);
	const found = state.filter === '' ? `${view.rows.length}` : `${rows.length} of ${view.rows.length} match “${state.filter}”`;
	const title = [span('Workloads', 'title'), span(` · ${found}`, 'quiet')];
	const hint = table.hint === undefined ? {} : {hint: table.hint};
	const framed = frameLines({title, lines: rows.length === 0 ? emptyLines(view) : table.lines, ...hint, width: columns, height: body, chrome}, theme);
	return [...head, ...framed, footer(view, rows.length, state, remark, columns, theme)];
}
