import type {PodDetailsView} from '../../store/views.ts';
import type {Line} from '../line.ts';
import {cell, emptyLine, line, span} from '../line.ts';
import {textWidth, wrap, wrapAtMost} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import type {Logs} from '../ui-state.ts';
import type {DialogContent} from './dialog-lines.ts';

type Container = PodDetailsView['containers'][number];

function fieldLines(details: PodDetailsView, width: number): Line[] {
	const labelWidth = Math.min(16, Math.max(0, ...details.lines.map(row => textWidth(row.label))));
	return details.lines.flatMap(row =>
		wrapAtMost(row.value, width - labelWidth - 2, 4).map(
			(text, index): Line => [
				cell(index === 0 ? row.label : '', labelWidth, 'quiet'),
				span('  '),
				span(text, row.tone === 'quiet' ? 'plain' : toneStyle(row.tone)),
			],
		),
	);
}

function containerLines(container: Container, width: number, theme: Theme): Line[] {
	const style = container.tone === 'quiet' ? 'plain' : toneStyle(container.tone);
	const facts = `${container.state}, ${container.ready ? 'ready' : 'not ready'}, ${container.restarts} restart${container.restarts === 1 ? '' : 's'}`;
	const rest = [container.image, container.probe].filter(text => text !== undefined);
	return [
		...wrap(`${theme.glyphs.tone[container.tone]} ${container.name}  ${facts}`, width).map(text => line(text, style)),
		...rest.flatMap(text => wrap(text, width - 4).map(part => line(`    ${part}`, 'quiet'))),
	];
}

function conditionLines(details: PodDetailsView, width: number): Line[] {
	const typeWidth = Math.min(26, Math.max(0, ...details.conditions.map(one => textWidth(one.type))));
	return details.conditions.flatMap(one => {
		const words = [one.reason, one.message].filter(text => text !== '').join(': ');
		const style = one.status === 'False' ? 'change' : 'plain';
		return wrapAtMost(words, width - typeWidth - 10, 3).map(
			(text, index): Line => [cell(index === 0 ? one.type : '', typeWidth), span('  '), cell(index === 0 ? one.status : '', 6, style), span(`  ${text}`)],
		);
	});
}

function eventLines(details: PodDetailsView, width: number): Line[] {
	return details.events.flatMap(one => {
		const times = one.count > 1 ? ` ×${one.count}` : '';
		const style = one.type === 'Warning' ? 'bad' : 'plain';
		return wrapAtMost(`${one.reason}${times}: ${one.message}`, width - 8, 4).map(
			(text, index): Line => [cell(index === 0 ? one.age : '', 6, 'quiet', 'right'), span('  '), span(text, style)],
		);
	});
}

function logLines(details: PodDetailsView, logs: Logs, width: number): Line[] {
	const name = details.containers[logs.container]?.name ?? '';
	const heading = line(`Last log lines${logs.previous ? ' before the restart' : ''} · ${name}`, 'strong');
	if (logs.state === 'loading') return [heading, line('reading…', 'change')];
	if (logs.state === 'failed') return [heading, ...logs.lines.flatMap(text => wrap(text, width).map(part => line(part, 'bad')))];
	if (logs.lines.length === 0) return [heading, line('none', 'quiet')];
	return [heading, ...logs.lines.flatMap(text => wrapAtMost(span(text).text, width, 4).map(part => line(part)))];
}

function section(title: string, lines: readonly Line[]): Line[] {
	return lines.length === 0 ? [] : [emptyLine, line(title, 'strong'), ...lines];
}

/** A pod: containers, conditions, events, and the end of its log. */
export function detailsContent(details: PodDetailsView | undefined, logs: Logs, width: number, theme: Theme): DialogContent {
	if (details === undefined) return {title: 'Pod', lines: [line('This pod is gone.', 'change')], fixed: []};
	return {
		title: details.name,
		lines: [
			...fieldLines(details, width),
			...section(
				'Containers',
				details.containers.flatMap(container => containerLines(container, width, theme)),
			),
			...section('Conditions', conditionLines(details, width)),
			...section('Events', eventLines(details, width)),
			emptyLine,
			...logLines(details, logs, width),
		],
		fixed: [],
	};
}
