import type {KeyPress} from './keys.ts';
import {graphemes, isSimple} from './text.ts';

/** A line of text that is edited. `cursor`: how many characters stand before it. */
export type LineEditor = {readonly text: string; readonly cursor: number};

/** A line to be edited from its end. */
export function lineEditorOf(text: string): LineEditor {
	return {text, cursor: [...text].length};
}

// A pasted line end is no key.
const unprintable = /[\u0000-\u001F\u007F-\u009F]/g;

/** A line in which nothing is typed. */
export const nothingTyped: LineEditor = {text: '', cursor: 0};

/** What a key makes of the line, as in a shell; undefined where it is none of the line's keys. What would make it longer than `longest` changes nothing. */
export function editLine(line: LineEditor, {name, text}: Pick<KeyPress, 'name' | 'text'>, longest: number): LineEditor | undefined {
	const act = name === undefined ? undefined : lineKeys[name];
	if (act !== undefined) return act(line);
	const typed = [...text.replace(unprintable, '')];
	if (typed.length === 0) return undefined;
	const [before, after] = halves(line);
	if (before.length + typed.length + after.length > longest) return line;
	return joined([...before, ...typed], after);
}

const lineKeys: Readonly<Record<string, (line: LineEditor) => LineEditor>> = {
	left: line => movedTo(line, line.cursor - 1),
	right: line => movedTo(line, line.cursor + 1),
	home: line => movedTo(line, 0),
	'ctrl+a': line => movedTo(line, 0),
	end: line => movedTo(line, Number.MAX_SAFE_INTEGER),
	'ctrl+e': line => movedTo(line, Number.MAX_SAFE_INTEGER),
	backspace: line => withBefore(line, before => before.slice(0, -1)),
	'ctrl+u': line => withBefore(line, () => []),
	// As far as the word goes, with the blanks after it.
	'ctrl+w': line => withBefore(line, before => [...before.join('').replace(/\S*\s*$/, '')]),
	'ctrl+k': line => joined(halves(line)[0], []),
};

function halves({text, cursor}: LineEditor): readonly [readonly string[], readonly string[]] {
	const characters = [...text];
	return [characters.slice(0, cursor), characters.slice(cursor)];
}

function joined(before: readonly string[], after: readonly string[]): LineEditor {
	return {text: [...before, ...after].join(''), cursor: before.length};
}

function movedTo({text}: LineEditor, cursor: number): LineEditor {
	return {text, cursor: Math.max(0, Math.min([...text].length, cursor))};
}

function withBefore(line: LineEditor, change: (before: readonly string[]) => readonly string[]): LineEditor {
	const [before, after] = halves(line);
	return joined(change(before), after);
}

/** What a key makes of a text that is typed at its end alone; undefined where the key is no text. */
export function typedOnto(before: string, {name, text}: Pick<KeyPress, 'name' | 'text'>): string | undefined {
	if (name === 'backspace') return [...before].slice(0, -1).join('');
	const typed = text.replace(unprintable, '');
	return typed === '' ? undefined : before + typed;
}

/** What a person sees as one character each, and the place of the one that the cursor is in: it may be of several code points. */
function clusters({text, cursor}: LineEditor): {readonly characters: readonly string[]; readonly place: number} {
	if (isSimple(text)) return {characters: [...text], place: cursor};
	const characters = [...graphemes().segment(text)].map(({segment}) => segment);
	let before = 0;
	const place = characters.findIndex(character => {
		before += [...character].length;
		return before > cursor;
	});
	return {characters, place: place < 0 ? characters.length : place};
}

/** The part of the line that fits in so many columns, the cursor in sight: what stands before it, what it is on, what follows. */
export function shownLine(line: LineEditor, width: number): {readonly before: string; readonly at: string; readonly after: string} {
	const {characters: all, place} = clusters(line);
	const characters = [...all, ' '];
	const from = Math.max(0, Math.min(place - Math.floor(width / 2), characters.length - width));
	const part = characters.slice(from, from + Math.max(1, width));
	const at = place - from;
	return {
		before: part.slice(0, at).join(''),
		at: part[at] ?? ' ',
		after: part
			.slice(at + 1)
			.join('')
			.trimEnd(),
	};
}
