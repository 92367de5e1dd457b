import type {Command, WorkloadCommand} from '../domain/command.ts';
import {parseLabel} from '../domain/label-syntax.ts';
import {type ImageEditor, imageCommand} from './image-editor.ts';
import type {Step} from './ui-state.ts';
import {stepped} from './ui-state.ts';

/** A number of replicas, or a partition, as it is typed. */
export type NumberEditor = {
	readonly kind: 'scale' | 'partition';
	readonly workload: string | undefined;
	readonly name: string;
	readonly from: number;
	readonly text: string;
};

/** A Service's selector, label by label. `typing`: the text of the label that is changed (`index`) or added (absent). */
export type SelectorEditor = {
	readonly kind: 'selector';
	readonly labels: readonly {readonly name: string; readonly value: string}[];
	readonly index: number;
	readonly typing: {readonly index: number | undefined; readonly text: string; readonly problem: string | undefined} | undefined;
};

export type Editor = NumberEditor | SelectorEditor | ImageEditor;

// More would only be a slip of the finger: no cluster has so many pods.
const mostDigits = 5;
const longestLabel = 253 + 1 + 63 + 1 + 63;

/** What the editor asks for; undefined as long as no number is typed, or no image is edited. */
export function commandOf(editor: Editor): Command | undefined {
	if (editor.kind === 'image') return imageCommand(editor);
	if (editor.kind === 'selector') return {kind: 'select', selector: Object.fromEntries(editor.labels.map(({name, value}) => [name, value]))};
	return editor.text === '' ? undefined : numberCommand(editor, Number(editor.text));
}

/** What is asked for by this number. */
export function numberCommand({kind, workload}: NumberEditor, number: number): WorkloadCommand {
	const whose = workload === undefined ? {} : {workload};
	return kind === 'scale' ? {kind: 'scale', replicas: number, ...whose} : {kind: 'set-partition', partition: number, ...whose};
}

/** The number with a digit more; anything else that was typed is no part of it. */
export function withDigits(editor: NumberEditor, typed: string): NumberEditor {
	if (!/^\d+$/.test(typed)) return editor;
	const text = (editor.text + typed).replace(/^0+(?=\d)/, '');
	return text.length > mostDigits ? editor : {...editor, text};
}

/** The number without its last digit. */
export function withoutDigit(editor: NumberEditor): NumberEditor {
	return {...editor, text: editor.text.slice(0, -1)};
}

/** One more or less than what is typed, or than it is. */
export function oneMore(editor: NumberEditor, by: 1 | -1): NumberEditor {
	const now = editor.text === '' ? editor.from : Number(editor.text);
	return withDigits({...editor, text: ''}, String(Math.max(0, now + by)));
}

/** Another label is the one that keys act on. */
export function moveLabel(editor: SelectorEditor, step: Step): SelectorEditor {
	return {...editor, index: stepped(editor.index, step, Math.max(0, editor.labels.length - 1))};
}

/** Begins to change the marked label, or to add one. */
export function typeLabel(editor: SelectorEditor, what: 'change' | 'add'): SelectorEditor {
	const label = what === 'change' ? editor.labels[editor.index] : undefined;
	if (label === undefined) return {...editor, typing: {index: undefined, text: '', problem: undefined}};
	return {...editor, typing: {index: editor.index, text: `${label.name}=${label.value}`, problem: undefined}};
}

/** The text of the label that is typed. */
export function withLabelText(editor: SelectorEditor, text: string): SelectorEditor {
	if (editor.typing === undefined || text.length > longestLabel) return editor;
	return {...editor, typing: {...editor.typing, text, problem: undefined}};
}

/** Takes the typed label in, or says why it is none. A name occurs only once. */
export function keepLabel(editor: SelectorEditor): SelectorEditor {
	const {typing} = editor;
	if (typing === undefined) return editor;
	const label = parseLabel(typing.text.trim());
	if ('error' in label) return {...editor, typing: {...typing, problem: label.error}};
	const before = editor.labels.filter(({name}, index) => index === typing.index || name !== label.name);
	const place = typing.index === undefined ? -1 : before.findIndex(one => one === editor.labels[typing.index ?? -1]);
	const labels = place === -1 ? [...before, label] : before.with(place, label);
	return {...editor, labels, index: labels.indexOf(label), typing: undefined};
}

/** The selector without the marked label. */
export function removeLabel(editor: SelectorEditor): SelectorEditor {
	const labels = editor.labels.filter((_, index) => index !== editor.index);
	return {...editor, labels, index: Math.max(0, Math.min(editor.index, labels.length - 1))};
}
