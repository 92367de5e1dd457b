import type {TimelineEntry} from '../../domain/timeline-entry.ts';

/**
 * Newest first. Behind a watched Service each line says whose it is; on the own screen of a workload (`of`) there are only its lines, and those of
 * nobody.
 */
export function timelineView(timeline: readonly TimelineEntry[], service: string | undefined, of: string | undefined): readonly TimelineEntry[] {
	const newestFirst = timeline.toReversed();
	if (service === undefined) return newestFirst;
	if (of !== undefined) return newestFirst.filter(({workload}) => workload === undefined || workload === of);
	return newestFirst.map(named);
}

const names = new WeakMap<TimelineEntry, TimelineEntry>();

/** The line with whose it is; the same for the same, since the list is made anew with each new line. */
function named(entry: TimelineEntry): TimelineEntry {
	if (entry.subject !== undefined || entry.workload === undefined) return entry;
	const known = names.get(entry) ?? {...entry, subject: entry.workload};
	names.set(entry, known);
	return known;
}
