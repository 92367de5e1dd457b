import {withoutNames} from './event-digest.ts';
import type {TimelineEntry, TimelineKind} from './timeline-entry.ts';

/** Lines that come from K8sEvents: of fifty new pods each brings its own. */
const fromEvents: ReadonlySet<TimelineKind> = new Set(['warning', 'pulling']);

/** What lines that stand for one have in common; undefined of a line that stands for itself. With a new line all are asked, so most are done by their kind. */
function keyOf(entry: TimelineEntry): string | undefined {
	if (!fromEvents.has(entry.kind)) return undefined;
	const {kind, subject, workload = '', text} = entry;
	return subject === undefined ? undefined : `${kind} ${workload} ${withoutNames(text, [subject])}`;
}

/** Lines that say the same, the newest one first. */
type Group = {readonly newest: TimelineEntry; readonly older: TimelineEntry[]};

/** The newest line of all that say the same. */
function together({newest, older}: Group): TimelineEntry {
	if (older.length === 0) return newest;
	const subjects = new Set([newest, ...older].map(({subject}) => subject));
	const count = older.reduce((sum, entry) => sum + entry.count, newest.count);
	return {...newest, count, subject: subjects.size === 1 ? newest.subject : `${subjects.size} pods`};
}

/** Lines of a timeline, newest first, in which what was said of several pods alike stands once: where the newest was, with how often and of how many. */
export function digestTimeline(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
	const groups: Group[] = [];
	const byKey = new Map<string, Group>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const known = key === undefined ? undefined : byKey.get(key);
		if (known !== undefined) {
			known.older.push(entry);
			continue;
		}
		const group = {newest: entry, older: []};
		groups.push(group);
		if (key !== undefined) byKey.set(key, group);
	}
	return groups.map(together);
}
