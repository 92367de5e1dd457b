import type {Span, SpanStyle} from '../line.ts';
import type {Theme} from '../theme.ts';

/** Cells of a bar that are full: anything above nothing shows, anything below all leaves a gap. */
export function filledCells(share: number, width: number): number {
	if (width <= 0 || !(share > 0)) return 0;
	if (share >= 1) return width;
	return Math.min(Math.max(1, width - 1), Math.max(1, Math.round(share * width)));
}

/** A bar of exactly `width` columns. */
export function bar(share: number, width: number, style: SpanStyle, theme: Theme): Span[] {
	const full = filledCells(share, width);
	return [
		{text: theme.glyphs.barFull.repeat(full), style},
		{text: theme.glyphs.barEmpty.repeat(Math.max(0, width - full)), style: 'quiet'},
	];
}
