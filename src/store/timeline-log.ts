import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {State} from './state.ts';

/** Enough for an incident of an hour; older lines are let go. */
const longest = 500;

/** The state with lines added in the order of their times; a repetition is counted, not told again. */
export function addEntries(state: State, entries: readonly TimelineEntry[]): State {
	if (entries.length === 0) return state;
	const timeline = [...state.timeline];
	for (const entry of entries) {
		insert(timeline, entry);
		// A namespace may have a hundred thousand K8sEvents: those that will be let go need not be moved by each that comes.
		if (timeline.length > 2 * longest) timeline.splice(0, timeline.length - longest);
	}
	return withTimeline(state, timeline);
}

/** The state with another timeline, oldest first; what is older than anybody reads is let go. */
export function withTimeline(state: State, timeline: State['timeline']): State {
	return timeline === state.timeline ? state : {...state, timeline: timeline.slice(-longest)};
}

/** How far back a repetition is looked for: what is repeated among other lines would drown them. */
const horizon = 40;

function insert(timeline: TimelineEntry[], entry: TimelineEntry): void {
	const start = Math.max(0, timeline.length - horizon);
	const inHorizon = timeline.slice(start).findLastIndex((line, index) => isRepetition(line, entry, start + index === timeline.length - 1));
	const repeated = inHorizon === -1 ? -1 : start + inHorizon;
	const known = repeated === -1 ? undefined : timeline.splice(repeated, 1)[0];
	const line = known === undefined ? entry : {...entry, at: Math.max(known.at, entry.at), count: Math.max(known.count + 1, entry.count)};
	const before = timeline.findLastIndex(({at}) => at <= line.at);
	timeline.splice(before + 1, 0, line);
}

/** Warnings and pulls come again and again with a count of their own; of other lines only the very last one is worth counting. */
function isRepetition(line: TimelineEntry, entry: TimelineEntry, isLast: boolean): boolean {
	if (line.subject !== entry.subject || line.text !== entry.text || line.kind !== entry.kind || line.workload !== entry.workload) return false;
	return isLast || entry.kind === 'warning' || entry.kind === 'pulling';
}
