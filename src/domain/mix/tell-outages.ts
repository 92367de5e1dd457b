import type {TimelineEntry} from '../timeline-entry.ts';
import {causeOf, type PodHappening, podHappenings} from './outage-cause.ts';
import type {OutageLog} from './outage-log.ts';
import {outageText} from './outage-text.ts';
import type {Outage} from './outages.ts';

/** So long after the last failure another one that belongs to it can still come (sent 5 s later, in its time-out for as long), or a late watch. */
const settlesMs = 11_000;

/** Whose outages: `key` tells the targets apart, `subject` is what the line is about where there are several. */
export type OutageTeller = {readonly key: string; readonly subject: string | undefined};

function isOver({endAt, failedUntil}: Outage, answeredAt: number): boolean {
	return endAt !== undefined && answeredAt - failedUntil >= settlesMs;
}

/** The outages that were not over before, the newest ones: only they can have changed. */
function changing({answeredAt}: OutageLog, {now: {list}}: OutageLog): readonly Outage[] {
	return list.slice(list.findLastIndex(outage => isOver(outage, answeredAt)) + 1);
}

function lineOf(outage: Outage, answeredAt: number, happenings: readonly PodHappening[], {key, subject}: OutageTeller): TimelineEntry {
	const text = outageText(outage, causeOf(outage.first, happenings));
	const told = {id: `${key}/${outage.id}`, isOver: isOver(outage, answeredAt)};
	return {at: outage.startAt, kind: 'outage', tone: 'bad', subject, text, count: 1, outage: told};
}

function isSameLine(left: TimelineEntry | undefined, right: TimelineEntry): boolean {
	return left?.text === right.text && left.at === right.at && left.subject === right.subject && left.outage?.isOver === right.outage?.isOver;
}

/**
 * The timeline (oldest first) with a line for each outage, changed in its place while it grows, and joined with what happened to pods by the timeline's
 * other lines. Between `before` and `after` is one sample or more. The same object where there is nothing new.
 */
export function tellOutages(timeline: readonly TimelineEntry[], before: OutageLog, after: OutageLog, teller: OutageTeller): readonly TimelineEntry[] {
	const fresh = changing(before, after);
	const most = after.now.list.at(-1)?.id ?? 0;
	// A late answer can show that two outages were one.
	const gone = before.now.list.filter(({id}) => id > most).map(({id}) => `${teller.key}/${id}`);
	if (fresh.length === 0 && gone.length === 0) return timeline;
	const happenings = podHappenings(timeline);
	const lines = fresh
		.map(outage => lineOf(outage, after.answeredAt, happenings, teller))
		.filter(
			line =>
				!isSameLine(
					timeline.find(({outage}) => outage?.id === line.outage?.id),
					line,
				),
		);
	if (lines.length === 0 && gone.length === 0) return timeline;
	const replaced = new Set([...gone, ...lines.map(({outage}) => outage?.id)]);
	return lines.reduce<readonly TimelineEntry[]>(
		(told, line) => told.toSpliced(told.findLastIndex(({at}) => at <= line.at) + 1, 0, line),
		timeline.filter(({outage}) => outage === undefined || !replaced.has(outage.id)),
	);
}
