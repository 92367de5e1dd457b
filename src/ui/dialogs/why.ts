import type {WhyView} from '../../store/why-views.ts';
import type {Line} from '../line.ts';
import {cell, emptyLine, line, span} from '../line.ts';
import {pieces, wrap, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import type {DialogContent} from './dialog-lines.ts';

const labelWidth = 10;

function factLines({label, value, tone}: WhyView['facts'][number], width: number): Line[] {
	const style = tone === 'quiet' ? 'plain' : toneStyle(tone);
	return wrap(value, width - labelWidth).map((text, index) => [cell(index === 0 ? label : '', labelWidth, 'quiet'), span(text, style)]);
}

function findingLines({tone, text, advice}: WhyView['findings'][number], width: number, theme: Theme): Line[] {
	const style = tone === 'quiet' ? 'plain' : toneStyle(tone);
	const sentence = wrap(text, width - 2).map((part, index): Line => [span(`${index === 0 ? theme.glyphs.tone[tone] : ' '} ${part}`, style)]);
	return [...sentence, ...(advice === undefined ? [] : wrap(`→ ${advice}`, width - 2).map(part => line(`  ${part}`)))];
}

function eventLines({age, type, reason, message, times}: WhyView['events'][number], width: number): Line[] {
	const style = type === 'Warning' ? 'bad' : 'plain';
	return wrapAtMost(`${reason}${times === '' ? '' : ` (${times})`}: ${message}`, width - 7, 4).map(
		(text, index): Line => [cell(index === 0 ? age : '', 5, 'quiet', 'right'), span('  '), span(text, style)],
	);
}

function logLines(log: NonNullable<WhyView['log']>, width: number): Line[] {
	if (log.lines.length === 0) return [line('nothing has been read', 'quiet')];
	return log.lines.flatMap(text => pieces(text, width).slice(0, 4)).map(text => line(text));
}

function section(title: string, lines: readonly Line[]): Line[] {
	return lines.length === 0 ? [] : [emptyLine, line(title, 'strong'), ...lines];
}

/** Why it stands where it stands: how it stands, what becomes of it, each finding with what to do, what the cluster said, and the end of the worst log. */
export function whyContent(view: WhyView | undefined, width: number, theme: Theme): DialogContent {
	if (view === undefined) return {title: 'Why', lines: [line('the workload has not been read yet', 'change')], fixed: []};
	const {name, standing, facts, findings, events, log} = view;
	const found = findings.flatMap(finding => findingLines(finding, width, theme));
	return {
		title: `Why · ${name}`,
		lines: [
			...wrap(standing.text, width).map(text => line(text, toneStyle(standing.tone))),
			...facts.flatMap(fact => factLines(fact, width)),
			...section('What holds it up', found.length === 0 ? [line('nothing', 'quiet')] : found),
			...section(
				'Events of the new pods',
				events.flatMap(event => eventLines(event, width)),
			),
			...(log === undefined ? [] : [emptyLine, ...wrap(log.title, width).map(text => line(text, 'strong')), ...logLines(log, width)]),
		],
		fixed: [],
	};
}
