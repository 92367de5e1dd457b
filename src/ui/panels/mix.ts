import type {MixView, Remark, TargetRow} from '../../store/views.ts';
import {stripLine} from '../elements/strip.ts';
import type {Line} from '../line.ts';
import {cell, cutLine, lineWidth, span, spread} from '../line.ts';
import {textWidth, truncateName, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import {mixRowLines, rowParts} from './mix-rows.ts';

function rate(intervalMs: number): string {
	if (intervalMs <= 0) return '';
	return intervalMs <= 1000 ? `${Math.round((1000 / intervalMs) * 10) / 10}/s` : `every ${Math.round(intervalMs / 100) / 10}s`;
}

const routeWords: Readonly<Record<string, string>> = {
	'service-proxy': ' via API proxy',
	'pod-proxy': ' via API proxy',
	'pod-address': ' at their addresses',
	'in-cluster': ' from inside the cluster',
	url: '',
};

/** What is measured and how, after the panel's name: ` · svc/kubia via API proxy · 1/s`; less of it where there is no room. */
export function mixTitle(view: MixView, width: number): string {
	if (view.mode === 'off') return '';
	const route = view.route === undefined ? '' : (routeWords[view.route] ?? ` via ${view.route}`);
	const target = view.target === undefined ? '' : ` · ${view.target}`;
	const pace = ` · ${view.mode === 'stopped' ? 'stopped' : rate(view.intervalMs)}`;
	const choices = [target + route + pace, target + pace, target];
	return choices.find(choice => textWidth(choice) <= width) ?? target;
}

/** Everything measured, in one line, for screens with no room for bars. */
export function mixSummary(view: MixView, width: number, theme: Theme): Line {
	const isNarrow = width < 30;
	if (view.mode === 'off' || view.rows.length === 0) return cutLine([span('mix ', 'quiet'), ...offText(view)], width);
	const lead = isNarrow ? [] : [span('mix ', 'quiet')];
	return cutLine([...lead, ...rowParts(view.rows, isNarrow, theme), ...(isNarrow ? [] : [span(`n ${view.samples}`, 'quiet')])], width);
}

function offText(view: MixView): Line {
	if (view.mode === 'running' && view.route?.startsWith('pod-') === true) return [span('each pod is asked itself: see ANSWERS', 'quiet')];
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
	const choices = [`p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms`, `p50 ${p50} p95 ${p95} p99 ${p99} ms`, `p50 ${p50} p99 ${p99}`];
	const room = width - lineWidth(n) - 2;
	return spread([span(choices.find(text => text.length <= room) ?? choices[2] ?? '')], n, width);
}

/** A sentence behind the shape of its tone. */
export function remarkLine({tone, text}: Remark, width: number, theme: Theme): Line {
	const isQuiet = tone === 'quiet';
	return cutLine([span(isQuiet ? text : `${theme.glyphs.tone[tone]} ${text}`, isQuiet ? 'quiet' : toneStyle(tone))], width);
}

/** One line for each of several targets; the one that is shown in full below is marked. */
function targetLine({target, chosen, rows, samples, verdict}: TargetRow, labelWidth: number, width: number, theme: Theme): Line {
	const mark = chosen ? `${theme.glyphs.current} ` : '  ';
	const shares = samples === 0 ? [span('no answer yet', 'quiet')] : rowParts(rows, width < 40, theme);
	const judged = verdict === undefined || verdict.tone === 'quiet' ? [] : [span(theme.glyphs.tone[verdict.tone], toneStyle(verdict.tone)), span(' ')];
	return spread(
		[span(mark), cell(truncateName(target, labelWidth), labelWidth, chosen ? 'strong' : 'plain'), span('  '), ...shares],
		[...judged, span(`n ${samples}`, 'quiet')],
		width,
	);
}

/** A line per target, where there are several. */
export function targetLines({targets}: MixView, width: number, theme: Theme): Line[] {
	const labelWidth = Math.min(Math.max(0, ...targets.map(({target}) => textWidth(target))), Math.floor(width / 3));
	return targets.map(target => targetLine(target, labelWidth, width, theme));
}

/** Lines of one kind; `rank`: the higher, the sooner they give way. */
type Part = {readonly rank: number; readonly lines: readonly Line[]};

function partsOf(view: MixView, width: number, theme: Theme): readonly Part[] {
	const remark = (rank: number, said: Remark | undefined): Part => ({
		rank,
		lines: said === undefined || said.text === '' ? [] : [remarkLine(said, width, theme)],
	});
	const loud = (said: Remark | undefined) => (said?.tone === 'bad' ? said : undefined);
	const quiet = (said: Remark | undefined) => (said?.tone === 'bad' ? undefined : said);
	const head: readonly Part[] = [
		{rank: 1, lines: targetLines(view, width, theme)},
		{rank: 0, lines: view.rows.length > 0 ? mixRowLines(view.rows, width, theme) : offLines(view, width)},
		remark(2, view.offReason === undefined ? undefined : {tone: 'bad', text: view.offReason}),
		remark(2, loud(view.rule)),
		remark(3, view.pace === undefined ? undefined : {tone: 'change', text: view.pace}),
	];
	if (view.rows.length === 0) return head;
	return [
		...head,
		remark(4, view.verdict),
		...view.remarks.filter(({tone}) => tone === 'bad').map(said => remark(5, said)),
		{rank: 6, lines: [stripLine(view.strip, width, theme)]},
		{rank: 7, lines: [statistics(view, width)]},
		// What failed has a row of its own above.
		remark(8, loud(view.downtime)),
		...view.remarks.filter(({tone}) => tone !== 'bad').map(said => remark(9, said)),
		remark(10, quiet(view.downtime)),
		remark(11, quiet(view.rule)),
	];
}

/** The measured mix: a row per version next to what the ready endpoints let expect, what that means, the last answers, latencies, and which rule read the version. */
export function mixLines(view: MixView, width: number, limit: number, theme: Theme): Line[] {
	if (view.mode === 'off') return [...offLines(view, width), ...(view.rule.tone === 'bad' ? [remarkLine(view.rule, width, theme)] : [])].slice(0, limit);
	if (limit < view.rows.length) return [mixSummary(view, width, theme), stripLine(view.strip, width, theme), statistics(view, width)].slice(0, limit);
	let parts = partsOf(view, width, theme).filter(({lines}) => lines.length > 0);
	while (parts.length > 1 && parts.reduce((sum, {lines}) => sum + lines.length, 0) > limit) {
		const leaving = Math.max(...parts.map(({rank}) => rank));
		parts = parts.filter(({rank}) => rank !== leaving);
	}
	return parts.flatMap(({lines}) => lines).slice(0, limit);
}
