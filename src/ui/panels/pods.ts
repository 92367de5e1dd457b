import {age} from '../../domain/human-duration.ts';
import type {PodRow} from '../../store/views.ts';
import type {Column} from '../elements/table.ts';
import {tableLines} from '../elements/table.ts';
import type {Line, Span} from '../line.ts';
import {mergeSpans} from '../line.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

function mixCell(row: PodRow, theme: Theme): string {
	const parts = [row.answers > 0 || row.failures > 0 ? String(row.answers) : '', row.failures > 0 ? `${theme.glyphs.failure}${row.failures}` : ''];
	return parts.filter(part => part !== '').join(' ');
}

/** Which columns tell what pods answered: how many of the measured requests, and what each says when it is asked itself. */
export type AnswerColumns = {readonly mix: boolean; readonly own: boolean};

function answerColumns({mix, own}: AnswerColumns, theme: Theme): readonly Column<PodRow>[] {
	const asked: Column<PodRow> = {
		title: 'ANSWERS',
		value: row => (row.own === undefined ? '' : `${row.own.tone === 'bad' ? `${theme.glyphs.failure} ` : ''}${row.own.text}`),
		min: 12,
		style: row => (row.own?.tone === 'bad' ? 'bad' : 'plain'),
		leaves: 4,
	};
	const measured: Column<PodRow> = {title: 'MIX', value: row => mixCell(row, theme), min: 6, style: row => (row.failures > 0 ? 'bad' : 'plain'), leaves: 4};
	return [...(own ? [asked] : []), ...(mix ? [measured] : [])];
}

function columns(theme: Theme, answers: AnswerColumns, at: number): readonly Column<PodRow>[] {
	const state = (row: PodRow) => (row.tone === 'good' || row.tone === 'quiet' ? 'plain' : toneStyle(row.tone));
	const shape = (row: PodRow) => (row.tone === 'bad' || row.tone === 'change' ? `${theme.glyphs.tone[row.tone]} ` : '  ');
	const all: Column<PodRow>[] = [
		{
			title: 'REV',
			value: row => `${row.isNew ? theme.glyphs.current : ' '} ${row.revision ?? '?'}`,
			align: 'right',
			style: row => (row.isNew ? 'strong' : 'plain'),
			leaves: 1,
		},
		{title: 'NAME', value: row => row.name, flexible: 18},
		{title: 'READY', value: row => row.ready, style: state},
		{title: '  STATUS', value: row => shape(row) + row.status, min: 19, style: state},
		{title: 'RESTARTS', value: row => row.restarts, leaves: 3},
		{title: 'AGE', value: row => age(row.createdAt, at), min: 4, leaves: 2},
		{title: 'IP', value: row => row.ip, min: 11, leaves: 5},
		{title: 'NODE', value: row => row.node, leaves: 6},
	];
	return [...all, ...answerColumns(answers, theme)];
}

/** Pods in kubectl's columns as they are `at` a time (epoch ms), with what each of them answered. */
export function podLines(
	rows: readonly PodRow[],
	at: number,
	width: number,
	answers: AnswerColumns,
	theme: Theme,
): {readonly heading: Line; readonly rows: readonly Line[]} {
	return tableLines(columns(theme, answers, at), rows, width);
}

/** Pods whose name, status, address or node contains the text. */
export function filterPods(pods: readonly PodRow[], filter: string): readonly PodRow[] {
	if (filter === '') return pods;
	const wanted = filter.toLowerCase();
	return pods.filter(pod => [pod.name, pod.status, pod.ip, pod.node].some(value => value.toLowerCase().includes(wanted)));
}

const worse = {bad: 3, change: 2, quiet: 1, good: 0} as const;

/**
 * Every pod as one glyph, in the order of the list: the whole picture where rows show only the first few. When even that
 * does not fit, one glyph stands for several pods and shows the worst of them.
 */
export function podGrid(pods: readonly PodRow[], width: number, rows: number, theme: Theme): {readonly lines: readonly Line[]; readonly podsPerGlyph: number} {
	const cells = Math.max(1, width * rows);
	const podsPerGlyph = Math.max(1, Math.ceil(pods.length / cells));
	const glyphs: Span[] = [];
	for (let start = 0; start < pods.length; start += podsPerGlyph) {
		const worst = worstOf(pods, start, Math.min(start + podsPerGlyph, pods.length));
		if (worst === undefined) break;
		glyphs.push({text: gridGlyph(worst, theme), style: worst.tone === 'good' && !worst.isNew ? 'plain' : toneStyle(worst.tone)});
	}
	const lines = Array.from({length: Math.min(rows, Math.ceil(glyphs.length / width))}, (_, row) => mergeSpans(glyphs.slice(row * width, (row + 1) * width)));
	return {lines, podsPerGlyph};
}

/** The first of the worst, of those from `start` to before `end`. Thousands are asked for each frame. */
function worstOf(pods: readonly PodRow[], start: number, end: number): PodRow | undefined {
	let worst = pods[start];
	for (let index = start + 1; index < end && worst?.tone !== 'bad'; index++) {
		const pod = pods[index];
		if (worst === undefined || (pod !== undefined && pod.tone !== worst.tone && worse[pod.tone] > worse[worst.tone])) worst = pod;
	}
	return worst;
}

function gridGlyph(pod: PodRow, theme: Theme): string {
	if (pod.tone === 'bad' || pod.tone === 'change') return theme.glyphs.tone[pod.tone];
	return theme.glyphs.slots[pod.isNew ? 4 : 5] ?? '?';
}
