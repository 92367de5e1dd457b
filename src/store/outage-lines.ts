import {causeOf, podHappenings} from '../domain/mix/outage-cause.ts';
import {outageText} from '../domain/mix/outage-text.ts';
import type {Outage} from '../domain/mix/outages.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {TargetState} from './sampler-state.ts';
import type {State} from './state.ts';
import {addEntries} from './timeline-log.ts';

/** What happened to a pod may be heard of so long after the request that failed for it. */
const hearsayMs = 3000;

function lineId({id}: TargetState, outage: Outage): string {
	return `${id}/${outage.id}`;
}

/** What the outage was, and next to what it happened. */
export function outageWords(outage: Outage, {timeline}: State): string {
	return outageText(outage, causeOf(outage.first, podHappenings(timeline)));
}

function outageLine(outage: Outage, target: TargetState, state: State): TimelineEntry {
	return {
		at: outage.startAt,
		kind: 'outage',
		tone: 'bad',
		// With several targets an outage is one target's.
		subject: state.sampler.targets.length > 1 ? target.target : undefined,
		text: outageWords(outage, state),
		count: 1,
		outage: {id: lineId(target, outage), isOver: outage.endAt !== undefined},
	};
}

/** Without the lines of outages that turned out to be one with another: late answers may come between failures, or failures between answers. */
function withoutMerged(state: State, target: TargetState): State {
	const {list} = target.outages.now;
	const known = new Set(list.map(outage => lineId(target, outage)));
	const oldest = list[0]?.id ?? Number.POSITIVE_INFINITY;
	const isMerged = ({outage}: TimelineEntry) => {
		const [targetId, id] = outage?.id.split('/') ?? [];
		return targetId === String(target.id) && Number(id) >= oldest && !known.has(outage?.id ?? '');
	};
	const timeline = state.timeline.filter(entry => !isMerged(entry));
	return timeline.length === state.timeline.length ? state : {...state, timeline};
}

/** The state with the lines of those outages that the newest sample began, changed or ended. */
export function withOutageLines(state: State, before: TargetState, target: TargetState): State {
	const known = new Set(before.outages.now.list);
	const changed = target.outages.now.list.filter(outage => !known.has(outage));
	if (changed.length === 0) return state;
	return addEntries(
		withoutMerged(state, target),
		changed.map(outage => outageLine(outage, target, state)),
	);
}

/** The state with what has been heard meanwhile of the pods next to the newest outages. */
export function withOutageCauses(state: State): State {
	const lines = state.sampler.targets.flatMap(target => {
		const outage = target.outages.now.list.at(-1);
		if (outage === undefined || state.now - outage.failedUntil > hearsayMs) return [];
		const line = outageLine(outage, target, state);
		return state.timeline.some(entry => entry.outage?.id === line.outage?.id && entry.text === line.text) ? [] : [line];
	});
	return addEntries(state, lines);
}
