import type {RouteRow} from '../../store/views.ts';
import type {Line} from '../line.ts';
import {cutLine, emptyLine, line, span, spread} from '../line.ts';
import {wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import type {DialogContent} from './dialog-lines.ts';

/** The ways that were found, or that they are still looked for, or why there are none. */
export type Routes =
	| {readonly state: 'loading'}
	| {readonly state: 'shown'; readonly rows: readonly RouteRow[]; readonly index: number}
	| {readonly state: 'failed'; readonly problem: string};

function facts(label: string, text: string, width: number): Line[] {
	const indent = 2 + label.length + 1;
	return wrap(text, Math.max(1, width - indent)).map((part, index) => [span(index === 0 ? `  ${label} ` : ' '.repeat(indent), 'quiet'), span(part)]);
}

function routeLines(row: RouteRow, isMarked: boolean, width: number, theme: Theme): Line[] {
	const right = row.current ? [span('now', 'change')] : row.asks ? [span('asks first', 'quiet')] : [];
	const style = isMarked ? 'selected' : row.unavailable === undefined ? 'strong' : 'quiet';
	const title = spread([span(isMarked ? `${theme.glyphs.current} ` : '  '), span(row.title, style), span(`  ${row.target}`, 'quiet')], right, width);
	if (row.unavailable !== undefined) return [cutLine(title, width), ...facts('not now:', row.unavailable, width)];
	return [cutLine(title, width), ...facts('measures', row.measures, width), ...facts('not', row.not, width)];
}

/** The ways by which requests can go, each with what it measures and what it does not. */
export function routesContent(routes: Routes, width: number, theme: Theme): DialogContent {
	const title = 'By which way shall the requests go?';
	if (routes.state === 'loading') return {title, lines: [line('looking for addresses of the Service…', 'change')], fixed: []};
	if (routes.state === 'failed') return {title, lines: wrap(routes.problem, width).map(text => line(text, 'bad')), fixed: []};
	if (routes.rows.length === 0) return {title, lines: [line('No Service selects these pods: start with --curl TARGET.', 'plain')], fixed: []};
	const blocks = routes.rows.map((row, index) => routeLines(row, index === routes.index, width, theme));
	const before = blocks.slice(0, routes.index).reduce((sum, block) => sum + block.length + 1, 0);
	const after = wrap('kubectl port-forward is not offered: it stays with one pod and ends with it.', width).map(text => line(text, 'quiet'));
	return {
		title,
		lines: [...blocks.flatMap(block => [...block, emptyLine]), ...after],
		fixed: [],
		marked: {from: before, to: before + (blocks[routes.index]?.length ?? 1)},
	};
}
