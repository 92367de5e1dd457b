import {humanDuration} from './human-duration.ts';
import type {K8sEvent} from './k8s-event.ts';
import type {ReplicaSet} from './replica-set.ts';
import type {ReplicaSetTrace} from './replica-set-trace.ts';
import {isUsedOnce, ownReplicaSets, previousRevisionsOf, revisionHistoryAnnotation, revisionOf} from './revisions.ts';
import {type ScalingStep, scalingSteps} from './scaling-event.ts';
import type {Workload} from './workload.ts';

/** Epoch ms; inexact where it is concluded from something else that happened about then. */
type Moment = {readonly at: number; readonly isExact: boolean};

/** When a revision had pods last. A part of it is undefined where nothing tells. */
export type Activity = {readonly from: Moment | undefined; readonly until: Moment | 'now' | undefined};

export type ActivityInput = {
	readonly workload: Workload;
	readonly replicaSets: readonly ReplicaSet[];
	readonly events: readonly K8sEvent[];
	readonly traces: ReadonlyMap<string, ReplicaSetTrace>;
};

/** The controller drops the oldest numbers beyond 2000 characters: then the first one that is left is not the first one. kubernetes: deployment_util.go maxRevHistoryLengthInChars. */
const fullHistory = 1990;

/** The number for which a ReplicaSet was made. */
function firstNumber(replicaSet: ReplicaSet, own: readonly ReplicaSet[]): number | undefined {
	if ((replicaSet.annotations[revisionHistoryAnnotation] ?? '').length >= fullHistory) return undefined;
	return previousRevisionsOf(replicaSet)[0] ?? (isUsedOnce(replicaSet, own) ? revisionOf(replicaSet) : undefined);
}

/** When each number was given, as far as a ReplicaSet was made for it. */
function beginnings(replicaSets: readonly ReplicaSet[]): ReadonlyMap<number, number> {
	return new Map(
		replicaSets.flatMap(replicaSet => {
			const number = firstNumber(replicaSet, replicaSets);
			return number === undefined || replicaSet.createdAt === undefined ? [] : [[number, replicaSet.createdAt] as const];
		}),
	);
}

function latest(...times: readonly (number | undefined)[]): Moment | undefined {
	const known = times.filter(at => at !== undefined);
	return known.length === 0 ? undefined : {at: Math.max(...known), isExact: true};
}

function stepAt(steps: readonly ScalingStep[], name: string, isWanted: (step: ScalingStep) => boolean): number | undefined {
	return steps.findLast(step => step.replicaSet === name && isWanted(step))?.at;
}

function activityOf(
	replicaSet: ReplicaSet,
	own: readonly ReplicaSet[],
	steps: readonly ScalingStep[],
	begun: ReadonlyMap<number, number>,
	trace: ReplicaSetTrace | undefined,
): Activity {
	const {name, createdAt} = replicaSet;
	const grown = latest(
		trace?.grewAt,
		stepAt(steps, name, ({direction, from}) => direction === 'up' && from === 0),
	);
	const from = grown ?? (isUsedOnce(replicaSet, own) ? latest(createdAt) : undefined);
	if (replicaSet.desired > 0) return {from, until: 'now'};
	const emptied = latest(
		trace?.emptiedAt,
		stepAt(steps, name, ({direction, to}) => direction === 'down' && to === 0),
	);
	// Its pods went when the next revision came, or soon after.
	const replaced = begun.get((revisionOf(replicaSet) ?? Number.NaN) + 1);
	const until = emptied ?? (replaced === undefined ? undefined : {at: replaced, isExact: false});
	return {from: from !== undefined && until !== undefined && from.at > until.at ? undefined : from, until};
}

/** When each ReplicaSet had pods last, by uid: from what was watched, the controller's events, and when ReplicaSets were made. */
export function revisionActivity({workload, replicaSets, events, traces}: ActivityInput): ReadonlyMap<string, Activity> {
	const own = ownReplicaSets(workload, replicaSets);
	const begun = beginnings(own);
	const steps = scalingSteps(workload, events);
	return new Map(own.map(replicaSet => [replicaSet.uid, activityOf(replicaSet, own, steps, begun, traces.get(replicaSet.uid))]));
}

/** An activity in words: `now`, `12m ago`, `≈12m ago`; and for how long, `≈2h`, where that is known. */
export type ActivityWords = {readonly when: string; readonly lasted: string | undefined};

/** How an activity is told at `now`; undefined where nothing is known. */
export function activityWords({from, until}: Activity, now: number): ActivityWords | undefined {
	if (until === undefined) return undefined;
	const end = until === 'now' ? {at: now, isExact: true} : until;
	const about = (isExact: boolean) => (isExact ? '' : '≈');
	const when = until === 'now' ? 'now' : `${about(end.isExact)}${humanDuration(now - end.at)} ago`;
	return {when, lasted: from && `${about(from.isExact && end.isExact)}${humanDuration(end.at - from.at)}`};
}

/** `now, for 2h`, `12m ago`. */
export function activityText({when, lasted}: ActivityWords): string {
	return lasted === undefined ? when : `${when}, for ${lasted}`;
}
