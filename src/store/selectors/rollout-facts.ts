import {deadlineAt} from '../../domain/deadline.ts';
import type {K8sEvent} from '../../domain/k8s-event.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import {maskText} from '../../domain/mask-text.ts';
import type {Pod} from '../../domain/pod.ts';
import type {RolloutObjects} from '../../domain/pod-side.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import {newReplicaSet, ownReplicaSets, type Revision, revisionOf, revisions} from '../../domain/revisions.ts';
import {type Fenceposts, fencepostsOf} from '../../domain/rollout-arithmetic.ts';
import type {RolloutPhase} from '../../domain/rollout-phase.ts';
import {rolloutStart} from '../../domain/rollout-start.ts';
import type {KubectlStatus} from '../../domain/rollout-status.ts';
import {type TerminatingCounts, terminating} from '../../domain/terminating.ts';
import type {Workload} from '../../domain/workload.ts';
import {keepLast} from '../keep-last.ts';
import {memoised} from '../share.ts';
import type {SeenRollout, State} from '../state.ts';
import type {WorkloadState} from '../workload-state.ts';
import {ownPods, type PodSides, podSides} from './own-pods.ts';
import {type RolloutOutlook, rolloutOutlook} from './rollout-outlook.ts';

/** Where the rollout comes from: the revision before, by its number and images. */
export type RolloutOrigin = {readonly revision: number | undefined; readonly images: readonly string[]};

/** What the objects say about the rollout: every face of the program tells it from here. Times are epoch ms. */
export type RolloutFacts = RolloutOutlook & {
	readonly workload: Workload;
	readonly newReplicaSet: ReplicaSet | undefined;
	/** They have been listed; without the right to, they never are. */
	readonly replicaSetsKnown: boolean;
	readonly revisions: readonly Revision[];
	readonly revisionByUid: ReadonlyMap<string, number>;
	readonly status: KubectlStatus;
	readonly phase: RolloutPhase;
	readonly from: RolloutOrigin | undefined;
	/** Where `undo` would go. */
	readonly undoRevision: number | undefined;
	readonly changeCause: string | undefined;
	readonly startedAt: number | undefined;
	readonly deadlineAt: number | undefined;
	readonly allowed: Fenceposts;
	readonly terminating: TerminatingCounts;
	/** The workload's own pods; its selector may match others'. */
	readonly pods: readonly Pod[];
	readonly side: PodSides;
};

/** What depends on the workload and its ReplicaSets alone: comparing templates is the dear part. Behind a Service several are asked for in turn. */
function objectsOf(workload: Workload, byUid: State['replicaSets'], showValues: boolean): ReturnType<typeof findObjects> {
	return finderOf(workload.name)(workload, byUid, showValues);
}

const finderOf = keepLast<string, typeof findObjects>(() => memoised(findObjects));

function findObjects(workload: Workload, byUid: State['replicaSets'], showValues: boolean) {
	const own = ownReplicaSets(workload, [...byUid.values()]);
	const current = newReplicaSet(workload, own);
	const objects: RolloutObjects = {workload, newReplicaSet: current, replicaSets: [...byUid.values()]};
	const revisionByUid = new Map(own.flatMap(replicaSet => withRevision(replicaSet)));
	const undo = rulesOf(workload).undoTarget(own, undefined);
	const history = revisions(workload, own).map(one => ({...one, changeCause: showValues ? one.changeCause : withoutSecrets(one.changeCause)}));
	return {own, objects, revisions: history, revisionByUid, undoRevision: undo.kind === 'target' ? undo.revision : undefined, side: podSides(objects)};
}

/** `kubectl set env … --record` wrote down the whole command. */
function withoutSecrets(changeCause: string | undefined): string | undefined {
	return changeCause === undefined ? undefined : maskText(changeCause);
}

function withRevision(replicaSet: ReplicaSet): readonly (readonly [string, number])[] {
	const revision = revisionOf(replicaSet);
	return revision === undefined ? [] : [[replicaSet.uid, revision]];
}

/** The facts of a state; `undefined` before the workload was seen. `now` is when pods are judged. */
export function rolloutFacts(state: WorkloadState, now: number): RolloutFacts | undefined {
	return state.workload === undefined ? undefined : factsOf(state, state.workload, now);
}

function factsOf(state: WorkloadState, workload: Workload, now: number): RolloutFacts {
	const {streams, rollout: seen} = state;
	const {own: replicaSets, objects, revisions, revisionByUid, undoRevision, side} = objectsOf(workload, state.replicaSets, state.guard.showValues);
	const own = ownPods(workload.uid, side, state.pods);
	const {all: pods, sides} = own;
	const events = eventsOf(state.k8sEvents);
	// Without their ReplicaSets pods can't be told old from new: then the counts in the status must do.
	const sided = streams.pods.synced && streams.revisions.synced ? sides : undefined;
	const phase = rulesOf(workload).phase(objects, sided, seen?.deadlineBefore);
	const startedAt = seen?.startedAt ?? rolloutStart({...objects, pods, events});
	return {
		workload,
		newReplicaSet: objects.newReplicaSet,
		replicaSetsKnown: streams.revisions.synced,
		revisions,
		revisionByUid,
		status: rulesOf(workload).status(),
		phase,
		from: originOf(phase, replicaSets, objects.newReplicaSet, seen, revisionByUid),
		undoRevision,
		changeCause: revisions.find(({current}) => current)?.changeCause,
		startedAt,
		deadlineAt: deadlineAt(workload),
		allowed: fencepostsOf(workload),
		terminating: terminating(objects, sided),
		...rolloutOutlook({state, objects, phase, startedAt, own, side, events, now}),
		pods,
		side,
	};
}

/**
 * The same list for the same events: what is made of it is remembered by it. Of the newest alone: all workloads of a frame have the same, and whoever keeps a former
 * version must not keep a list of it, too.
 */
const eventsOf = memoised((k8sEvents: State['k8sEvents']): readonly K8sEvent[] => [...k8sEvents.values()]);

/** What we saw being replaced; else the old ReplicaSet that still has pods, the newest of them. Nothing once the rollout is over and was not seen. */
function originOf(
	phase: RolloutPhase,
	own: readonly ReplicaSet[],
	current: ReplicaSet | undefined,
	seen: SeenRollout | undefined,
	revisionByUid: ReadonlyMap<string, number>,
): RolloutOrigin | undefined {
	if (seen !== undefined) return {revision: seen.fromRevision, images: seen.fromImages};
	// What is complete with a word of its own is a canary that stands: old pods are meant to be there.
	if (phase.phase === 'complete' && phase.note === undefined) return undefined;
	const old = own.filter(replicaSet => replicaSet.uid !== current?.uid && (replicaSet.desired > 0 || replicaSet.current > 0));
	const latest = old.toSorted((left, right) => (revisionByUid.get(right.uid) ?? 0) - (revisionByUid.get(left.uid) ?? 0))[0];
	return latest === undefined ? undefined : {revision: revisionByUid.get(latest.uid), images: latest.template.images};
}
