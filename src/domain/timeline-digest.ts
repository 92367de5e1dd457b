import {withoutNames} from './event-digest.ts';
import type {TimelineEntry, TimelineKind} from './timeline-entry.ts';

/** Lines that come from K8sEvents: of fifty new pods each brings its own. */
const fromEvents: ReadonlySet<TimelineKind> = new Set(['warning', 'pulling']);

/** What lines that stand for one have in common; undefined of a line that stands for itself. */
function keyOf({kind, subject, workload = '', text}: TimelineEntry): string | undefined {
	return fromEvents.has(kind) && subject !== undefined ? `${kind} ${workload} ${withoutNames(text, [subject])}` : undefined;
}

/** The newest line of all that say the same. */
function together(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
	const [newest] = entries;
	if (newest === undefined || entries.length === 1) return entries;
	const subjects = new Set(entries.map(({subject}) => subject));
	const count = entries.reduce((sum, entry) => sum + entry.count, 0);
	return [{...newest, count, subject: subjects.size === 1 ? newest.subject : `${subjects.size} pods`}];
}

/** Lines of a timeline, newest first, in which what was said of several pods alike stands once: where the newest was, with how often and of how many. */
export function digestTimeline(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
	const groups = new Map<string | TimelineEntry, TimelineEntry[]>();
	for (const entry of entries) {
		const key = keyOf(entry) ?? entry;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [entry]);
		else group.push(entry);
	}
	return [...groups.values()].flatMap(together);
}
