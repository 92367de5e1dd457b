import {clean, fitted, textWidth, truncate} from './text.ts';

/** What a span means; the theme decides how that looks. `slot-N` are the versions. */
export type SpanStyle = 'plain' | 'good' | 'bad' | 'change' | 'quiet' | 'strong' | 'border' | 'title' | 'selected' | 'key' | 'danger' | `slot-${number}`;

/** A piece of a line in one style. `spinner` asks the line to draw a turning mark instead of the text. */
export type Span = {readonly text: string; readonly style: SpanStyle; readonly spinner?: true};

/** One row of the screen. Panels are functions from views to lines: cheap to compare, so that nothing is drawn when nothing visible changed. */
export type Line = readonly Span[];

export const emptyLine: Line = [];

/** A span whose text can do nothing to the terminal. */
export function span(text: string, style: SpanStyle = 'plain'): Span {
	return {text: clean(text), style};
}

/** A line of one span. */
export function line(text: string, style: SpanStyle = 'plain'): Line {
	return [span(text, style)];
}

/** Columns that a line takes. */
export function lineWidth(spans: Line): number {
	let width = 0;
	for (const {text} of spans) width += textWidth(text);
	return width;
}

/** The line cut to at most `width` columns. */
export function cutLine(spans: Line, width: number): Line {
	if (lineWidth(spans) <= width) return spans;
	const kept: Span[] = [];
	let free = width;
	for (const [index, part] of spans.entries()) {
		const partWidth = textWidth(part.text);
		const restFollows = spans.slice(index + 1).some(next => next.text.trim() !== '');
		if (partWidth < free || (partWidth === free && !restFollows)) {
			kept.push(part);
			free -= partWidth;
			continue;
		}
		kept.push({...part, text: truncate(partWidth === free ? `${part.text} ` : part.text, free)});
		break;
	}
	return kept;
}

/** The line as exactly `width` columns. */
export function fitLine(spans: Line, width: number): Line {
	const cut = cutLine(spans, width);
	const missing = width - lineWidth(cut);
	return missing > 0 ? [...cut, {text: ' '.repeat(missing), style: 'plain'}] : cut;
}

/** `left` and, as long as there is room, `right` at the end of `width` columns. */
export function spread(left: Line, right: Line, width: number): Line {
	const rightWidth = lineWidth(right);
	const room = width - rightWidth;
	if (rightWidth === 0 || room < Math.min(lineWidth(left), 10) + 1) return cutLine(left, width);
	return [...fitLine(cutLine(left, room - 1), room), ...right];
}

/** A column of exactly `width`, padded in the given direction. */
export function cell(text: string, width: number, style: SpanStyle = 'plain', align: 'left' | 'right' = 'left'): Span {
	return {text: fitted(clean(text), width, align), style};
}

/** Neighbours of one style become one span: fewer escape codes on the wire. */
export function mergeSpans(spans: Line): Line {
	const merged: Span[] = [];
	for (const part of spans) {
		if (part.text === '' && part.spinner === undefined) continue;
		const last = merged.at(-1);
		if (last !== undefined && last.style === part.style && last.spinner === undefined && part.spinner === undefined) {
			merged[merged.length - 1] = {text: last.text + part.text, style: part.style};
		} else {
			merged.push(part);
		}
	}
	return merged;
}

function sameLine(a: Line, b: Line): boolean {
	return (
		a.length === b.length && a.every((part, index) => part.text === b[index]?.text && part.style === b[index]?.style && part.spinner === b[index]?.spinner)
	);
}

/** `next`, with every line that is equal to the one in its place before being that same object; `previous` itself when all are. */
export function shareLines(previous: readonly Line[], next: readonly Line[]): readonly Line[] {
	let changed = previous.length !== next.length;
	const shared = next.map((line, index) => {
		const before = previous[index];
		if (before !== undefined && sameLine(before, line)) return before;
		changed = true;
		return line;
	});
	return changed ? shared : previous;
}

/** The line's text, without styles. */
export function lineText(spans: Line): string {
	return spans.map(part => part.text).join('');
}
