import type {TimelineEntry} from '../../domain/timeline-entry.ts';

/**
 * Newest first. Behind a watched Service each line says whose it is; on the own screen of a workload (`of`) there are only its lines, and those of
 * nobody.
 */
export function timelineView(timeline: readonly TimelineEntry[], service: string | undefined, of: string | undefined): readonly TimelineEntry[] {
	const newestFirst = timeline.toReversed();
	if (service === undefined) return newestFirst;
	if (of !== undefined) return newestFirst.filter(({workload}) => workload === undefined || workload === of);
	return newestFirst.map(entry => (entry.subject === undefined && entry.workload !== undefined ? {...entry, subject: entry.workload} : entry));
}
