import {percent} from '../domain/percent.ts';
import {plainText} from '../domain/sanitise.ts';
import {shortText} from '../domain/short-text.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import {timeOfDay} from '../store/selectors/time-of-day.ts';
import type {MixView, ScreenView} from '../store/views.ts';
import {sideText} from './service-text.ts';

const entryText = ({subject, text, count}: TimelineEntry) => `${subject === undefined ? '' : `${subject} `}${text}${count > 1 ? ` (×${count})` : ''}`;

/** One line that sums the measured mix up: `mix svc/kubia: v2 94% (56), v3 3% (2), http-500 3% (2)  n 60 in 60s  as expected`. */
function mixLine({target, rows, samples, verdict}: Pick<MixView, 'target' | 'rows' | 'samples' | 'verdict'>, windowSeconds: number): string {
	const parts = rows.map(({label, share, count}) => `${label} ${percent(share)} (${count})`);
	return `mix ${target ?? ''}: ${parts.join(', ')}  n ${samples} in ${windowSeconds}s${verdict === undefined ? '' : `  ${verdict.text}`}`;
}

/** A line for each target. */
export function mixLines(mix: MixView): readonly string[] {
	return (mix.targets.length === 0 ? [mix] : mix.targets).map(target => mixLine(target, mix.windowSeconds));
}

const longestLine = 200;

/** More lines than any timeline has; of those that have left it nobody can tell a second time. */
const mostTold = 2_000;

/** How often the mix is said when it stays the same or moves a little. */
const mixEveryMs = 10_000;

export type PlainReporter = {readonly report: (view: ScreenView, now: number) => readonly string[]};

/** Makes lines of what changed from one view to the next: kubectl's status line, each timeline entry, losses of the connection, the mix. */
export function createPlainReporter(): PlainReporter {
	const told = new Set<string>();
	const sides = new Map<string, string>();
	let status = '';
	let connection = '';
	let problem = '';
	let reason = '';
	let lastLine = '';
	let mixAt = Number.NEGATIVE_INFINITY;
	const lines = (view: ScreenView, now: number): readonly string[] => [
		...timelineLines(view.timeline, told),
		...sideChanges(view, sides).map(text => at(now, text)),
		...changed(view.rollout === undefined ? '' : `${view.rollout.word.padEnd(11)} ${view.rollout.message}`, status, next => (status = next)).map(text =>
			at(now, text),
		),
		...changed(worstOf(view), reason, next => (reason = next)).map(text => at(now, `why: ${text}`)),
		...changed(lastLineOf(view), lastLine, next => (lastLine = next)).map(text => at(now, text)),
		...changed(view.header.connection.kind, connection, next => (connection = next))
			.filter(kind => kind === 'lost' || (kind === 'live' && told.size > 0))
			.map(() => at(now, view.header.connection.text)),
		...changed(view.mix.mode === 'off' ? '' : (view.mix.offReason ?? ''), problem, next => (problem = next)).map(text => at(now, `curl loop: ${text}`)),
		...mixNews(view, now),
	];
	const mixNews = ({mix}: ScreenView, now: number): readonly string[] => {
		if (mix.mode !== 'running' || mix.samples === 0 || now - mixAt < mixEveryMs) return [];
		mixAt = now;
		return mixLines(mix).map(line => at(now, line));
	};
	return {report: (view, now) => lines(view, now).map(plainText)};
}

const at = (when: number, text: string) => `${timeOfDay(when)}  ${text}`;

/** Each workload behind a Service whose standing is another than when it was told last. What was measured is the mix's line. */
function sideChanges({service}: ScreenView, told: Map<string, string>): readonly string[] {
	const sides = service?.sides ?? [];
	const names = new Set(sides.map(({name}) => name));
	if (sides.length > 0) for (const name of told.keys()) if (!names.has(name)) told.delete(name);
	return sides.flatMap(side => {
		const text = sideText({...side, measured: undefined});
		if (told.get(side.name) === text) return [];
		told.set(side.name, text);
		return [text];
	});
}

/** What is worst, without how often and for how long: that changes each second. Empty while nothing is wrong. */
function worstOf({rollout}: ScreenView): string {
	const worst = rollout?.notes.find(({tone, brief}) => tone === 'bad' && brief !== undefined);
	return (worst?.brief ?? '').replace(/ \([^()]*(?:times|restarts?)[^()]*\)/g, '');
}

/** What the worst container said at the end of a run that is over: one that runs says something else each time. */
function lastLineOf({failing}: ScreenView): string {
	const last = failing?.linesAreFinal === true ? failing.lines?.findLast(line => line.trim() !== '') : undefined;
	return failing === undefined || last === undefined ? '' : `last log line of ${failing.container}: ${shortText(last, longestLine)}`;
}

function changed(text: string, before: string, keep: (next: string) => void): readonly string[] {
	if (text === before || text === '') return [];
	keep(text);
	return [text];
}

function timelineLines(timeline: readonly TimelineEntry[], told: Set<string>): readonly string[] {
	const lines: string[] = [];
	for (const entry of timeline.toReversed()) {
		const {key, growing} = keysOf(entry);
		if (told.has(key) || (growing !== undefined && told.has(growing))) continue;
		told.add(key);
		if (growing !== undefined) told.add(growing);
		lines.push(at(entry.at, entryText(entry)));
	}
	if (told.size > mostTold) forget(told, timeline);
	return lines;
}

function keysOf(entry: TimelineEntry): {readonly key: string; readonly growing: string | undefined} {
	return {
		// A counted line is told when it first comes; its repetitions would drown the rest.
		key: `${entry.kind}\0${entry.subject}\0${entry.text}\0${entry.count > 1 ? '' : entry.at}`,
		// An outage is told when it begins and when it is over, not each time that it grew.
		growing: entry.outage?.isOver === false ? entry.outage.id : undefined,
	};
}

/** A pipe may be fed for weeks: only what could be told again is remembered. */
function forget(told: Set<string>, timeline: readonly TimelineEntry[]): void {
	const kept = new Set(timeline.flatMap(entry => Object.values(keysOf(entry))));
	for (const key of told) if (!kept.has(key)) told.delete(key);
}
