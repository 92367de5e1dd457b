import stringWidth from 'string-width';
import {isUnprintable, printable} from '../domain/sanitise.ts';

// Characters of one column each, one UTF-16 unit each: ASCII, Latin, dashes and quotes, arrows, boxes, bars, shapes. Nearly
// everything on the screen is made of them, and for them a width costs a fraction of what finding graphemes does.
const simple = /^[\x20-\x7E\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u2190-\u21FF\u23CE\u2500-\u25FC\u2713-\u2718]*$/;
let segmenter: Intl.Segmenter | undefined;

/** Whether each character of the text is one column wide, whatever the terminal. */
export function isSimple(text: string): boolean {
	return simple.test(text);
}

/** Made when first needed: it costs some of the first frame's time, and most screens never need it. */
export function graphemes(): Intl.Segmenter {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter;
}

/** Each grapheme that is found costs a copy of the whole text, so that long texts are read in parts. */
const partLength = 512;

/** Where a part that begins at `start` ends: before a letter of ASCII, which nothing joins, if there is one soon, or else where a grapheme does. */
function partEnd(text: string, start: number): number {
	for (let length = partLength; text.length - start > 2 * length; length *= 2) {
		// Half of a character is a character of its own to the segmenter.
		const from = start + length + (/[\uDC00-\uDFFF]/.test(text[start + length] ?? '') ? 1 : 0);
		const letter = text.slice(from, from + partLength).search(/[\x21-\x7E]/);
		if (letter !== -1) return from + letter;
		// The last one may go on behind the part; what begins the part, too.
		const last = [...graphemes().segment(text.slice(start, from))].at(-1)?.index ?? 0;
		if (last > 0) return start + last;
	}
	return text.length;
}

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
	if (simple.test(text)) return text.length;
	let width = 0;
	for (let start = 0; start < text.length; ) {
		const end = partEnd(text, start);
		width += stringWidth(text.slice(start, end));
		start = end;
	}
	return width;
}

/** So many units at the most are looked at for so many columns: marks upon marks upon a letter are no text. */
function mostUnits(width: number): number {
	return 64 + 16 * Math.max(0, width);
}

function isWider(text: string, width: number): boolean {
	return text.length > mostUnits(width) || textWidth(text) > width;
}

/** A text that can't do anything to a terminal: the last gate before drawing, whatever the views let through. */
export function clean(text: string): string {
	// Padding around what comes from outside is ours, and stays.
	return simple.test(text) || !isUnprintable(text) ? text : printable(text);
}

/** The longest start of a text that fits in `width` columns. */
function head(text: string, width: number): string {
	const start = text.slice(0, mostUnits(width)).replace(/[\uD800-\uDBFF]$/, '');
	if (simple.test(start)) return start.slice(0, Math.max(0, width));
	let result = '';
	let used = 0;
	for (const {segment} of graphemes().segment(start)) {
		used += textWidth(segment);
		if (used > width) break;
		result += segment;
	}
	return result;
}

/** The longest end of a text that fits in `width` columns. */
function tail(text: string, width: number): string {
	const end = text.slice(-mostUnits(width)).replace(/^[\uDC00-\uDFFF]/, '');
	if (simple.test(end)) return width <= 0 ? '' : end.slice(-width);
	let result = '';
	let used = 0;
	for (const {segment} of [...graphemes().segment(end)].reverse()) {
		used += textWidth(segment);
		if (used > width) break;
		result = segment + result;
	}
	return result;
}

/** A text cut at its end so that it is never wider than `width`. */
export function truncate(text: string, width: number): string {
	if (!isWider(text, width)) return text;
	if (width <= 0) return '';
	return `${head(text, width - 1).trimEnd()}…`;
}

/** A name cut in its middle: pods of one ReplicaSet differ only in their last letters. */
export function truncateName(text: string, width: number): string {
	// An escape sequence that is cut in two is no longer seen to be one.
	const name = clean(text);
	if (!isWider(name, width)) return name;
	if (width < 4) return truncate(name, width);
	const end = Math.min(6, Math.floor((width - 1) / 2));
	return `${head(name, width - 1 - end)}…${tail(name, end)}`;
}

/** A text of exactly `width` columns: cut or filled with spaces. */
export function fitted(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	const cut = truncate(text, width);
	const fill = ' '.repeat(Math.max(0, width - textWidth(cut)));
	return align === 'left' ? cut + fill : fill + cut;
}

/** A text in pieces of at most `width` columns, space at its end not counted. What could never fit (a wide character in one column) is left out. */
export function pieces(word: string, width: number): string[] {
	const parts: string[] = [];
	let rest = word;
	while (isWider(rest.trimEnd(), width)) {
		const part = head(rest, width);
		if (part === '') return parts;
		parts.push(part);
		rest = rest.slice(part.length);
	}
	return [...parts, rest];
}

/** A text in lines of at most `width` columns, broken at spaces; a word that is too long is broken anywhere. */
export function wrap(text: string, width: number): string[] {
	if (width <= 0) return [];
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const piece of clean(text)
		.split(/(?<= )/)
		.flatMap(word => pieces(word, width))) {
		if (used + textWidth(piece.trimEnd()) > width) {
			lines.push(line.trimEnd());
			line = '';
			used = 0;
		}
		line += piece;
		used += textWidth(piece);
	}
	return [...lines, line.trimEnd()];
}

/** At most `limit` wrapped lines; the last one ends with `…` where something was left out. */
export function wrapAtMost(text: string, width: number, limit: number): string[] {
	const lines = wrap(text, width);
	if (lines.length <= limit) return lines;
	const kept = lines.slice(0, Math.max(0, limit));
	const last = kept.pop();
	return last === undefined ? [] : [...kept, fitEllipsis(last, width)];
}

function fitEllipsis(text: string, width: number): string {
	return textWidth(text) < width ? `${text}…` : truncate(`${text}…`, width);
}
