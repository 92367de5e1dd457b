import type {ConfirmView} from '../../store/confirm-views.ts';
import type {Remark} from '../../store/views.ts';
import type {Line} from '../line.ts';
import {cell, cutLine, emptyLine, lineWidth, span} from '../line.ts';
import {type LineEditor, shownLine} from '../line-editor.ts';
import {textWidth, wrap} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';
import type {Dialog, DryRun} from '../ui-state.ts';
import {contextLine} from './context-line.ts';
import type {DialogContent} from './dialog-lines.ts';

/** `label   value`, the value wrapped in its own column. */
function field(label: string, value: string, labelWidth: number, width: number, style: 'plain' | 'strong' | 'danger' = 'plain'): Line[] {
	return wrap(value, Math.max(1, width - labelWidth - 2)).map((text, index) => [
		cell(index === 0 ? label : '', labelWidth, 'quiet'),
		span('  '),
		span(text, style),
	]);
}

function changeLines(view: ConfirmView, labelWidth: number, width: number): Line[] {
	const room = width - labelWidth - 2;
	return view.changes.flatMap(({label, from, to}): Line[] => {
		const together = `${from} → ${to}`;
		if (textWidth(together) <= room) return [[cell(label, labelWidth, 'quiet'), span('  '), span(`${from} → `), span(to, 'strong')]];
		return [...field(label, from, labelWidth, width), ...field('', `→ ${to}`, labelWidth, width, 'strong')];
	});
}

function marked(texts: readonly string[], mark: string, style: 'change' | 'quiet', width: number): Line[] {
	return texts.flatMap(text => wrap(text, width - 2).map((part, index): Line => [span(index === 0 ? `${mark} ` : '  ', style), span(part)]));
}

/** Where it goes. `tight`: in as few lines as that can be said in. */
function placeLines(view: ConfirmView, labelWidth: number, width: number, tight: boolean): Line[] {
	if (tight) {
		const context = contextLine(view.context, view.typeName !== undefined, labelWidth);
		const both = [...context, span(`  ${view.server}`, 'quiet')];
		const cluster = lineWidth(both) <= width ? [both] : [context, ...field('server', view.server, labelWidth, width)];
		return [...cluster, ...field('object', `${view.namespace} / ${view.object}`, labelWidth, width, 'strong')];
	}
	return [
		contextLine(view.context, view.typeName !== undefined, labelWidth),
		...field('server', view.server, labelWidth, width),
		...field('namespace', view.namespace, labelWidth, width, 'strong'),
		...field('object', view.object, labelWidth, width, 'strong'),
	];
}

function listLines({list}: ConfirmView, width: number, theme: Theme): Line[] {
	if (list === undefined) return [];
	const rows = list.lines.map(({tone, text}): Line => cutLine([span(`  ${theme.glyphs.tone[tone]} `, toneStyle(tone)), span(text)], width));
	return [...wrap(list.title, width).map(text => [span(text, 'strong')]), ...rows];
}

/** How it stands, and what stays. */
function besideLines({facts, keeps}: ConfirmView, labelWidth: number, width: number): Line[] {
	return [...facts.flatMap((fact, index) => field(index === 0 ? 'now' : '', fact, labelWidth, width)), ...keepLines(keeps, labelWidth, width)];
}

function keepLines(keeps: readonly string[], labelWidth: number, width: number): Line[] {
	return keeps.length === 0 ? [] : field('stays', keeps.join(', '), labelWidth, width);
}

/**
 * All that a confirmation shows, in parts: that the API server refuses it, where, what, from what to what, how it stands, the pods that it is about, what to
 * know, the command that does the same, and what the API server says to it.
 */
export function confirmParts(view: ConfirmView, dryRun: DryRun, width: number, theme: Theme, tight = false): readonly (readonly Line[])[] {
	const labels = ['namespace', ...view.changes.map(change => change.label)];
	const labelWidth = Math.min(Math.max(...labels.map(textWidth)), Math.max(9, Math.floor(width / 3)));
	const isRefused = typeof dryRun === 'object' && dryRun.some(({tone}) => tone === 'bad');
	const answer = dryRunLines(dryRun, width, theme);
	const parts = [
		isRefused ? answer : [],
		placeLines(view, labelWidth, width, tight),
		[...changeLines(view, labelWidth, width), ...besideLines(view, labelWidth, width)],
		listLines(view, width, theme),
		marked(view.notes, '!', 'change', width),
		marked([view.kubectl], '$', 'quiet', width),
		isRefused ? [] : answer,
	];
	return parts.filter(part => part.length > 0);
}

function dryRunLines(dryRun: DryRun, width: number, theme: Theme): Line[] {
	if (typeof dryRun === 'object') return dryRun.flatMap(remark => remarkLines(remark, width, theme));
	return remarkLines({tone: 'change', text: 'dry run: asking the API server…'}, width, theme);
}

/** A sentence with its mark, in as many lines as it takes. */
export function remarkLines(remark: Remark | undefined, width: number, theme: Theme): Line[] {
	if (remark === undefined) return [];
	return wrap(remark.text, width - 2).map(
		(text, index): Line => [span(`${index === 0 ? theme.glyphs.tone[remark.tone] : ' '} ${text}`, toneStyle(remark.tone))],
	);
}

/** The question itself. `no`: the key that sends nothing. */
export function questionLine(no: 'Enter' | 'Esc'): Line {
	return [span('Send it? ', 'strong'), span('y', 'key'), span(' yes   '), span(no, 'key'), span(' no')];
}

/** What is typed in place of a `y`: the name must have been read for that. */
function typeLines(name: string, typed: LineEditor, width: number, rows: number): Line[] {
	const whole = wrap(`Type ${name} and Enter to send it; Esc sends nothing.`, width);
	// A long name is read above, where the object stands.
	const asked = (whole.length < rows / 2 ? whole : ['Type its name, then Enter']).map((text): Line => [span(text, 'strong')]);
	const shown = shownLine(typed, Math.max(1, width - 2));
	return [...asked, [span('> ', 'key'), span(shown.before), span(shown.at, 'selected'), span(shown.after)]];
}

/** Blank lines are for the eye; where they, or lines of their own for the place, would push something out of sight they go. */
export function fitted(partsOf: (tight: boolean) => readonly (readonly Line[])[], rows: number): readonly Line[] {
	const parts = partsOf(false);
	const spaced = parts.flatMap(part => [...part, emptyLine]);
	if (spaced.length <= rows) return spaced;
	return parts.flat().length <= rows ? parts.flat() : partsOf(true).flat();
}

/** Everything that a person must see before something is sent. */
export function confirmContent({view, dryRun, remark, typed}: Extract<Dialog, {kind: 'confirm'}>, width: number, rows: number, theme: Theme): DialogContent {
	const asked = view.typeName === undefined ? [questionLine('Enter')] : typeLines(view.typeName, typed, width, rows);
	return {title: view.title, ...withRemark(remark, asked, tight => confirmParts(view, dryRun, width, theme, tight), {width, rows, theme})};
}

/**
 * The parts, and below them what stays in sight: the question, and above it why it is asked once more. Where that would leave less than half of the room for
 * what is asked about, the remark is the first that is read instead.
 */
export function withRemark(
	remark: Remark | undefined,
	asked: readonly Line[],
	partsOf: (tight: boolean) => readonly (readonly Line[])[],
	{width, rows, theme}: {readonly width: number; readonly rows: number; readonly theme: Theme},
): Pick<DialogContent, 'lines' | 'fixed'> {
	const said = remarkLines(remark, width, theme);
	const isShort = said.length + asked.length <= rows / 2;
	const fixed = isShort ? [...said, ...asked] : asked;
	const first = isShort || said.length === 0 ? [] : [said];
	return {lines: fitted(tight => [...first, ...partsOf(tight)], rows - fixed.length), fixed};
}
