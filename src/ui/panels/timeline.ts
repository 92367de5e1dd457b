import type {TimelineEntry, TimelineKind} from '../../domain/timeline-entry.ts';
import {timeOfDay} from '../../store/selectors/time-of-day.ts';
import type {Line} from '../line.ts';
import {cutLine, span} from '../line.ts';
import {truncateName} from '../text.ts';
import type {Theme} from '../theme.ts';
import {toneStyle} from '../theme.ts';

const glyphs: Readonly<Record<TimelineKind, string>> = {
	'revision-began': '▶',
	paused: '‖',
	resumed: '▶',
	'rolled-back': '↶',
	step: '▶',
	aborted: '✖',
	complete: '✔',
	stalled: '✖',
	verdict: '!',
	scaled: '↕',
	selector: '⇄',
	created: '+',
	scheduled: '→',
	pulling: '↓',
	running: '◌',
	ready: '◐',
	available: '●',
	unready: '✖',
	restarted: '↻',
	waiting: '◌',
	terminating: '−',
	gone: '×',
	'first-answer': '○',
	'last-answer': '○',
	outage: '✖',
	warning: '!',
	command: '›',
};

/** One change: when, its shape, what it is about, what happened. */
export function timelineLine(entry: TimelineEntry, width: number, theme: Theme): Line {
	const style = entry.tone === 'quiet' ? 'plain' : toneStyle(entry.tone);
	const times = entry.count > 1 ? ` ×${entry.count}` : '';
	const subject = entry.subject === undefined ? '' : `${truncateName(entry.subject, Math.max(8, Math.min(48, Math.floor(width / 3))))}  `;
	const when = width < 40 ? timeOfDay(entry.at).slice(0, 5) : timeOfDay(entry.at);
	return cutLine(
		[
			span(`${when}  `, 'quiet'),
			span(`${theme.drawn(glyphs[entry.kind])} `, style),
			span(subject),
			span(`${entry.text}${times}`, entry.tone === 'bad' ? 'bad' : 'plain'),
		],
		width,
	);
}
