import type {MixRow, MixView} from '../../store/views.ts';
import {filledCells} from '../elements/bar.ts';
import {stripLine} from '../elements/strip.ts';
import type {Line, Span} from '../line.ts';
import {cell, cutLine, lineWidth, span, spread} from '../line.ts';
import {textWidth, truncateName, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle} from '../theme.ts';

/** Share as a whole percentage that never says 0 for something or 100 for less than all. */
export function percent(share: number): string {
	if (share > 0 && share < 0.01) return '<1%';
	if (share > 0.99 && share < 1) return '>99%';
	return `${Math.round(share * 100)}%`;
}

function rate(intervalMs: number): string {
	if (intervalMs <= 0) return '';
	return intervalMs <= 1000 ? `${Math.round((1000 / intervalMs) * 10) / 10}/s` : `every ${Math.round(intervalMs / 100) / 10}s`;
}

/** What is measured and how, after the panel's name: ` · svc/kubia via API proxy · 1/s`; less of it where there is no room. */
export function mixTitle(view: MixView, width: number): string {
	if (view.mode === 'off') return '';
	const routes: Readonly<Record<string, string>> = {'service-proxy': ' via API proxy', url: ''};
	const route = view.route === undefined ? '' : (routes[view.route] ?? ` via ${view.route}`);
	const target = view.target === undefined ? '' : ` · ${view.target}`;
	const pace = ` · ${view.mode === 'stopped' ? 'stopped' : rate(view.intervalMs)}`;
	const choices = [target + route + pace, target + pace, target];
	return choices.find(choice => textWidth(choice) <= width) ?? target;
}

function rowSlot(row: MixRow): number {
	return {version: row.slot, failure: -1, unrecognised: -2}[row.kind];
}

/** A failure says itself what it is at the end of its line; everything else has a name in front. */
function rowLabel(row: MixRow): string {
	return row.detail === undefined ? row.label : '';
}

function rowLine(row: MixRow, labelWidth: number, width: number, theme: Theme): Line {
	const slot = rowSlot(row);
	const style = slotStyle(slot);
	const isNarrow = width < 40;
	const room = width - 2 - labelWidth - 1 - 11 - (isNarrow ? 9 : 15);
	const filled = row.count > 0 ? filledCells(row.share, Math.max(1, room)) : 0;
	const left: Line = [
		span(`${slotGlyph(theme, slot)} `, style),
		cell(truncateName(rowLabel(row), labelWidth), labelWidth),
		span(' '),
		{text: theme.glyphs.barFull.repeat(filled), style},
		span(` ${percent(row.share)} (${row.count})`),
	];
	if (row.detail !== undefined) return cutLine([...left, span(`  ${row.detail}`, 'bad')], width);
	return spread(left, row.expectedShare === undefined ? [] : [span(`${isNarrow ? 'exp' : 'expected'} ${percent(row.expectedShare)}`, 'quiet')], width);
}

/** Everything measured, in one line, for screens with no room for bars. */
export function mixSummary(view: MixView, width: number, theme: Theme): Line {
	const isNarrow = width < 30;
	const lead = isNarrow ? [] : [span('mix ', 'quiet')];
	if (view.mode === 'off' || view.rows.length === 0) return cutLine([span('mix ', 'quiet'), ...offText(view)], width);
	const parts = view.rows.flatMap((row): Span[] => {
		const slot = rowSlot(row);
		const name = row.kind === 'failure' ? '' : `${truncateName(row.label, 12)} `;
		return [
			span(isNarrow ? slotGlyph(theme, slot) : `${slotGlyph(theme, slot)} `, slotStyle(slot)),
			span(`${name}${percent(row.share)}${isNarrow ? ' ' : '  '}`, row.kind === 'failure' ? 'bad' : 'plain'),
		];
	});
	return cutLine([...lead, ...parts, ...(isNarrow ? [] : [span(`n ${view.samples}`, 'quiet')])], width);
}

function offText(view: MixView): Line {
	if (view.mode === 'running') return [span('waiting for the first answer…', 'quiet')];
	if (view.mode === 'stopped') return [span('stopped. '), span('c', 'key'), span(' starts again')];
	if (view.offReason !== undefined) return [span(`not measured: ${view.offReason}`)];
	return [span('not measured. '), span('c', 'key'), span(` starts requests to ${view.target ?? 'the Service'}`)];
}

function offLines(view: MixView, width: number): Line[] {
	const text = offText(view);
	const words = text.map(part => part.text).join('');
	return textWidth(words) <= width ? [text] : wrapAtMost(words, width, 3).map(row => [span(row)]);
}

function statistics(view: MixView, width: number): Line {
	const n = [span(`n ${view.samples} in ${view.windowSeconds} s`, 'quiet')];
	if (view.latencyMs === undefined) return cutLine(n, width);
	const {p50, p95, p99} = view.latencyMs;
	const ms = (value: number) => (value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value)));
	const choices = [
		`p50 ${ms(p50)} ms   p95 ${ms(p95)} ms   p99 ${ms(p99)} ms`,
		`p50 ${ms(p50)} p95 ${ms(p95)} p99 ${ms(p99)} ms`,
		`p50 ${ms(p50)} p99 ${ms(p99)}`,
	];
	const room = width - lineWidth(n) - 2;
	return spread([span(choices.find(text => text.length <= room) ?? choices[2] ?? '')], n, width);
}

/** Which rule read the version; a rule that never matched is shouted, above all that it could explain. */
function ruleLine({rule}: MixView, width: number, theme: Theme): Line {
	const isBad = rule.tone === 'bad';
	return cutLine([span(isBad ? `${theme.glyphs.failure} ${rule.text}` : rule.text, isBad ? 'bad' : 'quiet')], width);
}

/** The measured mix: a row per version next to what the ready endpoints let expect, the last answers, latencies, and which rule read the version. */
export function mixLines(view: MixView, width: number, limit: number, theme: Theme): Line[] {
	const rule = view.rule.text === '' ? [] : [ruleLine(view, width, theme)];
	const [loud, quiet] = view.rule.tone === 'bad' ? [rule, []] : [[], rule];
	if (view.mode === 'off' || view.rows.length === 0) return [...offLines(view, width), ...loud].slice(0, limit);
	const strip = stripLine(view.strip, width, theme);
	if (limit < view.rows.length) return [mixSummary(view, width, theme), strip, statistics(view, width)].slice(0, limit);
	const longest = Math.max(...view.rows.map(row => textWidth(rowLabel(row))));
	// Names before bars: two versions that look alike tell nothing, however long their bars are.
	const labelWidth = Math.min(longest, Math.max(4, width < 40 ? width - 22 : Math.floor(width / 3)));
	const rows = view.rows.map(row => rowLine(row, labelWidth, width, theme));
	return [...rows, ...loud, strip, statistics(view, width), ...quiet].slice(0, limit);
}
