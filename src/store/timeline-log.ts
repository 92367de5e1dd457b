import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {State} from './state.ts';

/** Enough for an incident of an hour; older lines are let go. */
const longest = 500;

/** The state with lines added in the order of their times; a repetition is counted, not told again. */
export function addEntries(state: State, entries: readonly TimelineEntry[]): State {
	if (entries.length === 0) return state;
	const timeline = [...state.timeline];
	for (const entry of entries) insert(timeline, entry);
	return {...state, timeline: timeline.slice(-longest)};
}

/** How far back a repetition is looked for: what is repeated among other lines would drown them. */
const horizon = 40;

function insert(timeline: TimelineEntry[], entry: TimelineEntry): void {
	const index = entry.outage === undefined ? repeatedBy(timeline, entry) : timeline.findLastIndex(({outage}) => outage?.id === entry.outage?.id);
	const known = index === -1 ? undefined : timeline.splice(index, 1)[0];
	const line = known === undefined || entry.outage !== undefined ? entry : repetition(known, entry);
	const before = timeline.findLastIndex(({at}) => at <= line.at);
	timeline.splice(before + 1, 0, line);
}

function repeatedBy(timeline: readonly TimelineEntry[], entry: TimelineEntry): number {
	return timeline.findLastIndex((line, index) => index >= timeline.length - horizon && isRepetition(line, entry, index === timeline.length - 1));
}

function repetition(known: TimelineEntry, entry: TimelineEntry): TimelineEntry {
	return {...entry, at: Math.max(known.at, entry.at), count: Math.max(known.count + 1, entry.count)};
}

/** Warnings and pulls come again and again with a count of their own; of other lines only the very last one is worth counting. */
function isRepetition(line: TimelineEntry, entry: TimelineEntry, isLast: boolean): boolean {
	if (line.subject !== entry.subject || line.text !== entry.text || line.kind !== entry.kind || line.workload !== entry.workload) return false;
	return isLast || entry.kind === 'warning' || entry.kind === 'pulling';
}
