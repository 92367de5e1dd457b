import type {Line, Span} from '../line.ts';
import {mergeSpans} from '../line.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle} from '../theme.ts';

/** The last answers, newest right, one glyph each; as many as fit. */
export function stripLine(slots: readonly number[], width: number, theme: Theme): Line {
	const spans: Span[] = slots.slice(-Math.max(0, width)).map(slot => ({text: slotGlyph(theme, slot), style: slotStyle(slot)}));
	return width <= 0 ? [] : mergeSpans(spans);
}
