import type {LogEntry} from '../../domain/log/log-buffer.ts';
import {occurrences} from '../../domain/log/log-search.ts';
import {podSuffix} from '../../domain/pod-suffix.ts';
import type {LogFeed} from '../../store/log-feed.ts';
import {timeOfDay} from '../../store/selectors/time-of-day.ts';
import type {Line, Span} from '../line.ts';
import {cell, span} from '../line.ts';
import type {LogScreen} from '../log-screen.ts';
import {pieces, textWidth, truncate} from '../text.ts';
import type {Theme} from '../theme.ts';
import {slotGlyph, slotStyle} from '../theme.ts';

/** How entries become rows: the same for drawing and for moving. */
export type LogRows = {
	readonly rowsOf: (entry: LogEntry) => number;
	readonly linesOf: (entry: LogEntry, from: number, to: number) => Line[];
};

const timeWidth = 'hh:mm:ss.mmm '.length;

function timeText(at: number | undefined): string {
	return at === undefined ? '' : `${timeOfDay(at)}.${String(at % 1000).padStart(3, '0')}`;
}

/** A row with what is looked for marked in it. `start`: where the row begins in its line's text. */
function markedSpans(text: string, start: number, found: readonly number[], length: number, style: 'selected' | 'danger'): Span[] {
	const spans: Span[] = [];
	let at = 0;
	for (const begin of found) {
		const from = Math.max(at, begin - start);
		const to = Math.min(text.length, begin + length - start);
		if (to <= from) continue;
		spans.push(span(text.slice(at, from)), span(text.slice(from, to), style));
		at = to;
	}
	return [...spans, span(text.slice(at))];
}

/** Rows of `width` columns. Of several pods each line says whose it is, by shape, colour and name. */
export function logRows({pods}: LogFeed, {query, match, timestamps, wrap}: LogScreen, width: number, theme: Theme): LogRows {
	const nameWidth = pods.length > 1 ? Math.min(10, Math.max(...pods.map(({name}) => textWidth(podSuffix(name))))) : 0;
	const lead = (nameWidth === 0 ? 0 : nameWidth + 3) + (timestamps ? timeWidth : 0);
	const room = Math.max(8, width - lead);
	const textOf = ({kind, text}: LogEntry) => (kind === 'note' ? `— ${text}` : text);
	const partsOf = (entry: LogEntry) => (wrap || entry.kind === 'note' ? pieces(textOf(entry), room) : [truncate(textOf(entry), room)]);
	const leadOf = (entry: LogEntry): Span[] => {
		const name = podSuffix(pods[entry.stream]?.name ?? '');
		const whose =
			nameWidth === 0
				? []
				: [span(`${slotGlyph(theme, entry.stream)} `, slotStyle(entry.stream % 8)), cell(name, nameWidth, slotStyle(entry.stream % 8)), span(' ')];
		return [...whose, ...(timestamps ? [cell(timeText(entry.at), timeWidth, 'quiet')] : [])];
	};
	return {
		rowsOf: entry => (textWidth(textOf(entry)) <= room ? 1 : partsOf(entry).length),
		linesOf(entry, from, to) {
			const parts = partsOf(entry);
			const found = occurrences(entry.text, query).map(at => at + (entry.kind === 'note' ? 2 : 0));
			let start = 0;
			return parts
				.map((part, index): Line => {
					const spans =
						entry.kind === 'note' ? [span(part, 'change')] : markedSpans(part, start, found, query.length, entry.id === match ? 'danger' : 'selected');
					start += part.length;
					return [...(index === 0 ? leadOf(entry) : [span(' '.repeat(lead))]), ...spans];
				})
				.slice(from, to);
		},
	};
}
