import {frameLines, innerWidth} from '../elements/box.ts';
import type {Rect} from '../layout.ts';
import type {Line} from '../line.ts';
import {emptyLine, line} from '../line.ts';
import type {Theme} from '../theme.ts';

/** What a dialog shows: `fixed` stays in sight at the bottom (a question), the rest scrolls. */
export type DialogContent = {
	readonly title: string;
	readonly lines: readonly Line[];
	readonly fixed: readonly Line[];
	/** Lines that must be in sight, the last one not included. */
	readonly marked?: {readonly from: number; readonly to: number};
};

/** A dialog has a frame only where it doesn't cost the words it frames. */
export function dialogChrome(width: number, height: number): 'box' | 'rule' {
	return width >= 60 && height >= 10 ? 'box' : 'rule';
}

/** Columns for a dialog's text. */
export function dialogWidth({width, height}: Rect): number {
	return innerWidth(dialogChrome(width, height), width);
}

/** Rows for a dialog's text. */
export function dialogRows({width, height}: Rect): number {
	return Math.max(0, height - (dialogChrome(width, height) === 'box' ? 2 : 1));
}

/** Rows that a dialog takes to show all it has. */
export function dialogNeed(content: DialogContent, rect: Rect): number {
	return content.lines.length + content.fixed.length + rect.height - dialogRows(rect);
}

/** The marked lines in the middle, so that what stands next to them is seen, too. */
function topFor({from, to}: {readonly from: number; readonly to: number}, room: number): number {
	return Math.max(0, Math.min(from, from - Math.floor((room - (to - from)) / 2)));
}

/** The dialog in its place, and the highest line that may be the first in sight. */
export function dialogLines(
	content: DialogContent,
	rect: Rect,
	top: number,
	theme: Theme,
	chrome = dialogChrome(rect.width, rect.height),
): {readonly lines: readonly Line[]; readonly last: number} {
	const inside = Math.max(0, rect.height - (chrome === 'box' ? 2 : 1));
	// A line at least of what is asked about: what never comes into sight can't be read to its end.
	const most = Math.max(1, inside - (content.lines.length > 0 ? 1 : 0));
	const fixed = content.fixed.slice(-most);
	const room = Math.max(0, inside - fixed.length);
	const last = Math.max(0, content.lines.length - room);
	const from = Math.min(content.marked === undefined ? top : topFor(content.marked, room), last);
	const below = content.lines.length - from - room;
	const shown = Array.from({length: room}, (_, index) => content.lines[from + index] ?? emptyLine);
	const more = below > 0 ? `${below} more below (↓)` : from > 0 ? `${from} above (↑)` : undefined;
	const lines = frameLines(
		{
			title: line(content.title, 'title'),
			right: more === undefined ? emptyLine : line(more, 'change'),
			lines: [...shown, ...fixed],
			width: rect.width,
			height: rect.height,
			chrome,
		},
		theme,
	);
	return {lines, last};
}
