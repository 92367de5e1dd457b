import {keypadKey, sequenceKey} from './sequence-key.ts';

/** A piece of what a terminal sends, a byte a character. */
export type Token =
	/** Characters in a row. */
	| {readonly kind: 'characters'; readonly bytes: string}
	/** A key that is no character; without a name one that is not understood, or no key at all. */
	| {readonly kind: 'key'; readonly name: string | undefined}
	/** The mark before a pasted text. */
	| {readonly kind: 'paste'}
	/** The begin of a text for programs: an answer about colours, the clipboard. */
	| {readonly kind: 'string'};

export type Lexed = {readonly token: Token; readonly next: number};

type Rule = readonly [RegExp, (match: RegExpExecArray) => Token];

const ignored: Token = {kind: 'key', name: undefined};
const key = (name: string | undefined): Token => (name === undefined ? ignored : {kind: 'key', name});

/** What may still become something else, by what comes next. ECMA-48 5.4. */
const unfinished = /\x1B(?!\[\d+\$)(?:\[(?:\[|M[\x20-\xFF]{0,2}|[0-?]*[ -/]*)?|O[\d;]*|N)?$/y;

/** The first that fits is meant. */
const rules: readonly Rule[] = [
	[/[\x20-\x7E\x80-\xFF]+/y, ([bytes]) => ({kind: 'characters', bytes})],
	// Some terminals send both for Enter; the second alone is no Enter.
	[/\r\n?/y, () => key('enter')],
	[/\t/y, () => key('tab')],
	[/[\x08\x7F]/y, () => key('backspace')],
	[/[\x01-\x1A]/y, ([control]) => key(control === '\n' ? undefined : `ctrl+${String.fromCharCode(control.charCodeAt(0) + 96)}`)],
	[/[\x00\x1C-\x1F]/y, () => ignored],
	[/\x1B\[200~/y, () => ({kind: 'paste'})],
	// The mouse as X10 reports it: three bytes of any value follow.
	[/\x1B\[M[\x20-\xFF]{3}/y, () => ignored],
	// Function keys of Linux' own console.
	[/\x1B\[\[[ -~]/y, () => ignored],
	// rxvt's keys with Shift; in the answers about modes that look like it a `;` stands before.
	[/\x1B\[(\d+)\$/y, match => key(sequenceKey(match[1] ?? '', '$'))],
	[/\x1B\[([0-?]*)([ -/]*)([@-~])/y, match => key(match[2] === '' ? sequenceKey(match[1] ?? '', match[3] ?? '') : undefined)],
	[/\x1BO[\d;]*([@-~])/y, match => key(keypadKey(match[1] ?? ''))],
	[/\x1BN[ -~]/y, () => ignored],
	[/\x1B[\]P_^X]/y, () => ({kind: 'string'})],
	// A sequence that something else broke into.
	[/\x1B[[O][0-?]*[ -/]*/y, () => ignored],
	// With Alt; before another escape it is Alt, too, and the rest speaks for itself.
	[/\x1B(?:[\x20-\x7F\x80-\xFF]|\r\n?|[\t\x08]|(?=\x1B))/y, () => ignored],
	[/\x1B/y, () => key('escape')],
];

/** The piece that begins there; undefined where more must come before it can be told what it is. */
export function lex(bytes: string, at: number): Lexed | undefined {
	unfinished.lastIndex = at;
	if (unfinished.test(bytes)) return undefined;
	for (const [shape, tokenOf] of rules) {
		shape.lastIndex = at;
		const match = shape.exec(bytes);
		if (match !== null) return {token: tokenOf(match), next: shape.lastIndex};
	}
	return {token: ignored, next: at + 1};
}
