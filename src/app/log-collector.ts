import type {LogLine} from '../cluster/log-stream.ts';
import type {LogEntry} from '../domain/log/log-buffer.ts';
import {logText} from '../domain/log/log-text.ts';

type Pending = {readonly stream: number; readonly line: LogLine | undefined; readonly note: string};

/** Gathers what streams bring, for as few changes of what is shown as the eye can follow. */
export type LogCollector = {
	readonly add: (stream: number, lines: readonly LogLine[]) => void;
	readonly note: (stream: number, text: string) => void;
};

/** Twenty times a second: half of it is gone before the screen is drawn. */
const gatherMs = 50;

/** More lines at once nobody reads: of a flood the newest count. */
const mostAtOnce = 1_000;

function entryOf({stream, line, note}: Pending): Omit<LogEntry, 'id'> {
	if (line === undefined) return {stream, at: undefined, kind: 'note', text: logText(note)};
	return {stream, at: line.stamp === '' ? undefined : Date.parse(line.stamp), kind: 'line', text: logText(line.text)};
}

/** `after`: a timer. What is gathered last before the signal aborts is let go. */
export function createLogCollector(
	onEntries: (entries: readonly Omit<LogEntry, 'id'>[]) => void,
	after: (ms: number, run: () => void) => void,
	signal: AbortSignal,
): LogCollector {
	let pending: Pending[] = [];
	let skipped = 0;
	const flush = () => {
		const gathered = pending;
		pending = [];
		if (signal.aborted) return;
		const notes =
			skipped === 0 ? [] : [{stream: gathered[0]?.stream ?? 0, line: undefined, note: `${skipped} lines skipped: they come faster than they can be read`}];
		skipped = 0;
		onEntries([...notes, ...gathered].map(entryOf));
	};
	const put = (more: readonly Pending[]) => {
		if (signal.aborted || more.length === 0) return;
		if (pending.length === 0) after(gatherMs, flush);
		pending.push(...more);
		if (pending.length <= 2 * mostAtOnce) return;
		const cut = pending.length - mostAtOnce;
		const old = pending.slice(0, cut);
		skipped += old.filter(({line}) => line !== undefined).length;
		pending = [...old.filter(({line}) => line === undefined), ...pending.slice(cut)];
	};
	return {
		add: (stream, lines) => put(lines.map(line => ({stream, line, note: ''}))),
		note: (stream, note) => put([{stream, line: undefined, note}]),
	};
}
