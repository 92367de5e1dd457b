import type {MixHistory} from '../../domain/mix/mix-history.ts';
import {percent} from '../../domain/percent.ts';
import {timeOfDay} from '../../store/selectors/time-of-day.ts';
import type {MixRow, MixView} from '../../store/views.ts';
import {stackLines} from '../elements/stack.ts';
import {stripLine} from '../elements/strip.ts';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Line} from '../line.ts';
import {cutLine, emptyLine, line, span, spread} from '../line.ts';
import {mixLines, mixTitle, remarkLine, targetLines} from '../panels/mix.ts';
import {intervalText, rowSlot} from '../panels/mix-rows.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle, toneStyle} from '../theme.ts';
import type {DialogContent} from './dialog-lines.ts';

/** The mix of the last `seconds` seconds before `now`. */
export type ShownHistory = MixHistory & {readonly seconds: number; readonly now: number};

/** Spans that the history may show, in seconds. */
export const historySpans = [60, 300, 600, 1800] as const;

const historyRows = 6;

function failed({kind, count, failures}: MixRow): string {
	if (kind !== 'version') return '';
	return failures === 0 ? '0' : `${failures} (${percent(failures / (count + failures))})`;
}

const declaredColumn: Column<MixRow> = {
	title: 'SET',
	value: row => (row.declaredShare === undefined ? '' : percent(row.declaredShare)),
	align: 'right',
	leaves: 1,
};

function columns(rows: readonly MixRow[], theme: Theme): readonly Column<MixRow>[] {
	return [
		{title: '  VERSION', value: row => `${slotGlyph(theme, rowSlot(row))} ${row.label}`, flexible: 10, style: row => slotStyle(rowSlot(row))},
		{title: 'REV', value: row => (row.revision === undefined ? '' : String(row.revision)), align: 'right', leaves: 5},
		{title: 'COUNT', value: row => String(row.count), align: 'right'},
		{title: 'SHARE', value: row => percent(row.share), align: 'right'},
		{title: '95%', value: row => intervalText(row), align: 'right', leaves: 2},
		...(rows.some(row => row.declaredShare !== undefined) ? [declaredColumn] : []),
		{title: 'EXPECTED', value: row => (row.expectedShare === undefined ? '' : percent(row.expectedShare)), align: 'right', leaves: 1},
		{title: 'FAILED', value: failed, align: 'right', style: row => (row.failures > 0 ? 'bad' : 'plain')},
		{title: 'p50', value: row => String(row.latencyMs?.p50 ?? ''), align: 'right', leaves: 4},
		{title: 'p95', value: row => String(row.latencyMs?.p95 ?? ''), align: 'right', leaves: 3},
		{title: 'p99 ms', value: row => String(row.latencyMs?.p99 ?? ''), align: 'right', leaves: 4},
	];
}

function tableOf({rows}: MixView, width: number, theme: Theme): Line[] {
	const table = tableLines(columns(rows, theme), rows, width);
	return [table.heading, ...table.rows];
}

/** The same since the first request, as long as that says more than the window does. */
function totalLines({total, windowSeconds}: MixView, now: number, width: number, theme: Theme): Line[] {
	if (total === undefined || now - total.since <= windowSeconds * 1000) return [];
	const wanted = columns([], theme).filter(({title}) => title !== 'EXPECTED');
	const table = tableLines(wanted, total.rows, width);
	return [cutLine(line(`Since ${timeOfDay(total.since)}`, 'strong'), width), table.heading, ...table.rows];
}

function spanWords(seconds: number): string {
	return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** Clock times under the columns: where the history begins, its middle, and now. */
function timeAxis({seconds, now}: ShownHistory, width: number): Line {
	const time = (ago: number) => timeOfDay(now - ago * 1000).slice(0, seconds > 120 ? 5 : 8);
	if (width < 30) return cutLine(spread([span(time(seconds), 'quiet')], [span('now', 'quiet')], width), width);
	const half = Math.floor(width / 2);
	const left = spread([span(time(seconds), 'quiet')], [], half);
	return spread([...left, span(' '.repeat(Math.max(0, half - 5)), 'quiet'), span(time(seconds / 2), 'quiet')], [span('now', 'quiet')], width);
}

function historyLines(history: ShownHistory, width: number, theme: Theme): Line[] {
	const title: Line = [
		span(`Last ${spanWords(history.seconds)}`, 'strong'),
		span(` · a column is ${history.columnSeconds} s · `, 'quiet'),
		span('h', 'key'),
		span(' other span', 'quiet'),
	];
	return [cutLine(title, width), ...stackLines(history.columns, historyRows, theme), timeAxis(history, history.columns.length)];
}

function outageLines({outages, downtime}: MixView, width: number, theme: Theme): Line[] {
	const rows = outages.map(
		({at, tone, text}): Line =>
			cutLine([span(`${timeOfDay(at)}  `, 'quiet'), span(`${theme.glyphs.tone[tone]} ${text}`, tone === 'quiet' ? 'plain' : toneStyle(tone))], width),
	);
	const summary = downtime === undefined || downtime.text === '' ? [] : [remarkLine(downtime, width, theme)];
	return [...summary, ...rows];
}

function section(lines: readonly Line[]): readonly Line[] {
	return lines.length === 0 ? [] : [emptyLine, ...lines];
}

/** All that was measured at one target: verdict, numbers per version, how it went over time, what failed next to what. */
export function mixContent(view: MixView, history: ShownHistory, width: number, theme: Theme): DialogContent {
	const title = `Version mix${mixTitle(view, width - 20)}`;
	if (view.rows.length === 0) return {title, lines: mixLines(view, width, 10, theme), fixed: []};
	const problem = view.offReason === undefined ? [] : [remarkLine({tone: 'bad', text: view.offReason}, width, theme)];
	const said = [view.verdict, ...view.remarks, view.rule.text === '' ? undefined : view.rule].filter(remark => remark !== undefined);
	const pace = view.pace === undefined ? [] : [remarkLine({tone: 'change', text: view.pace}, width, theme)];
	return {
		title,
		lines: [
			...targetLines(view, width, theme),
			...(view.targets.length > 0 ? [emptyLine] : []),
			...problem,
			...pace,
			...tableOf(view, width, theme),
			...section(said.map(remark => remarkLine(remark, width, theme))),
			...section(historyLines(history, width, theme)),
			...section(outageLines(view, width, theme)),
			...section(totalLines(view, history.now, width, theme)),
			...section([cutLine(line('Last answers', 'strong'), width), stripLine(view.strip, width, theme)]),
		],
		fixed: [],
	};
}
