import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {State} from './state.ts';

/** Enough for an incident of an hour; older lines are let go. */
const longest = 500;

/** The state with lines added in the order of their times; a line equal to the one before it is counted, not repeated. */
export function addEntries(state: State, entries: readonly TimelineEntry[]): State {
	if (entries.length === 0) return state;
	const timeline = [...state.timeline];
	for (const entry of entries) insert(timeline, entry);
	return {...state, timeline: timeline.slice(-longest)};
}

function insert(timeline: TimelineEntry[], entry: TimelineEntry): void {
	let index = timeline.length;
	while (index > 0 && (timeline[index - 1]?.at ?? 0) > entry.at) index--;
	const before = timeline[index - 1];
	if (before !== undefined && before.text === entry.text && before.subject === entry.subject) {
		timeline[index - 1] = {...before, at: entry.at, count: Math.max(before.count + 1, entry.count)};
	} else timeline.splice(index, 0, entry);
}
