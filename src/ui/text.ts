import stringWidth from 'string-width';
import {isUnprintable, plainText} from '../domain/sanitise.ts';

// Characters of one column each, one UTF-16 unit each: ASCII, Latin, dashes and quotes, arrows, boxes, bars, shapes. Nearly
// everything on the screen is made of them, and for them a width costs a fraction of what finding graphemes does.
const simple = /^[\x20-\x7E\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u2190-\u21FF\u23CE\u2500-\u25FC\u2713-\u2718]*$/;
let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: it costs some of the first frame's time, and most screens never need it. */
function graphemes(): Intl.Segmenter {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter;
}

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
	return simple.test(text) ? text.length : stringWidth(text);
}

/** A text that can't do anything to a terminal: the last gate before drawing, whatever the views let through. */
export function clean(text: string): string {
	if (simple.test(text)) return text;
	// plainText trims; padding inside our own texts must stay.
	return isUnprintable(text) ? plainText(text) : text;
}

/** The longest start of a text that fits in `width` columns. */
function head(text: string, width: number): string {
	if (simple.test(text)) return text.slice(0, Math.max(0, width));
	let result = '';
	let used = 0;
	for (const {segment} of graphemes().segment(text)) {
		used += textWidth(segment);
		if (used > width) break;
		result += segment;
	}
	return result;
}

/** The longest end of a text that fits in `width` columns. */
function tail(text: string, width: number): string {
	if (simple.test(text)) return width <= 0 ? '' : text.slice(-width);
	let result = '';
	let used = 0;
	for (const {segment} of [...graphemes().segment(text)].reverse()) {
		used += textWidth(segment);
		if (used > width) break;
		result = segment + result;
	}
	return result;
}

/** A text cut at its end so that it is never wider than `width`. */
export function truncate(text: string, width: number): string {
	if (textWidth(text) <= width) return text;
	if (width <= 0) return '';
	return `${head(text, width - 1).trimEnd()}…`;
}

/** A name cut in its middle: pods of one ReplicaSet differ only in their last letters. */
export function truncateName(name: string, width: number): string {
	if (textWidth(name) <= width) return name;
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
	while (textWidth(rest.trimEnd()) > width) {
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
	for (const piece of clean(text)
		.split(/(?<= )/)
		.flatMap(word => pieces(word, width))) {
		if (textWidth(line) + textWidth(piece.trimEnd()) > width) {
			lines.push(line.trimEnd());
			line = '';
		}
		line += piece;
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
