import type {Line, Span, SpanStyle} from '../line.ts';
import {cutLine, emptyLine, fitLine, lineWidth, span} from '../line.ts';
import type {Theme} from '../theme.ts';

/** How panels are set apart: a box, a rule above, or nothing, by how much room there is. */
export type Chrome = 'box' | 'rule' | 'none';

export type Frame = {
	readonly title: Line;
	/** Right end of the title line: the elapsed time, or how many rows are out of sight. */
	readonly right?: Line;
	/** Bottom line's right end: what is below. */
	readonly hint?: string;
	readonly lines: readonly Line[];
	readonly width: number;
	/** Rows with the frame; the content is cut or filled up to it. */
	readonly height: number;
	readonly focused?: boolean;
	readonly chrome: Chrome;
};

/** Rows that a frame itself takes. */
export function chromeRows(chrome: Chrome): number {
	return {box: 2, rule: 1, none: 0}[chrome];
}

/** Columns left for the content. */
export function innerWidth(chrome: Chrome, width: number): number {
	return Math.max(0, chrome === 'box' ? width - 4 : width - 2);
}

/** A panel's lines: content with its title left, a remark right, in a box or under a rule. */
export function frameLines(frame: Frame, theme: Theme): Line[] {
	const {chrome, width, height} = frame;
	if (width <= 0 || height <= 0) return [];
	const room = Math.max(0, height - chromeRows(chrome));
	const content = Array.from({length: room}, (_, index) => frame.lines[index] ?? emptyLine);
	if (chrome === 'none') return content.map(row => fitLine([span(' '), ...cutLine(row, width - 1)], width));
	if (chrome === 'rule') return [titleLine(frame, theme, '', ''), ...content.map(row => fitLine([span(' '), ...cutLine(row, width - 1)], width))];
	const {corner, vertical} = theme.glyphs;
	const inner = innerWidth(chrome, width);
	const left = span(`${vertical} `, 'border');
	const right = span(` ${vertical}`, 'border');
	return [
		titleLine(frame, theme, corner.topLeft, corner.topRight),
		...content.map(row => [left, ...fitLine(row, inner), right]),
		bottomLine(frame, theme, corner.bottomLeft, corner.bottomRight),
	].slice(0, height);
}

function titleLine({title, right, width, focused}: Frame, theme: Theme, start: string, end: string): Line {
	const {horizontal, focus} = theme.glyphs;
	const lead: Span[] = [span(`${start}${focused ? focus : start === '' ? horizontal : ' '}${start === '' ? ' ' : ''}`, focused ? 'title' : 'border')];
	const rightEnd = right === undefined || lineWidth(right) === 0 ? [] : [span(' '), ...right, span(' ')];
	const edges = lineWidth(lead) + end.length;
	// The remark goes first when both do not fit: a panel without its name says less than one without its clock.
	const shownRight = lineWidth(rightEnd) + Math.min(lineWidth(title), 12) + 4 > width - edges ? [] : rightEnd;
	const shownTitle = cutLine(title, width - edges - lineWidth(shownRight) - 2);
	const fill = Math.max(0, width - edges - lineWidth(shownTitle) - 1 - lineWidth(shownRight));
	return cutLine([...lead, ...shownTitle, span(' '), span(horizontal.repeat(fill), 'border'), ...shownRight, span(end, 'border')], width);
}

function bottomLine({hint, width}: Frame, theme: Theme, start: string, end: string): Line {
	const {horizontal} = theme.glyphs;
	const text = hint === undefined || hint.length + 6 > width ? '' : ` ${hint} `;
	const fill = Math.max(0, width - start.length - end.length - text.length);
	const style: SpanStyle = 'border';
	return [span(start + horizontal.repeat(fill), style), span(text, 'quiet'), span(end, style)];
}
