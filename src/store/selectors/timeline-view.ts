import type {TimelineEntry} from '../../domain/timeline-entry.ts';

/** Newest first. */
export function timelineView(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
	return timeline.toReversed();
}
