import {newReplicaSetName} from '../../domain/new-replica-set-name.ts';
import type {Pod} from '../../domain/pod.ts';
import {type PodSide, podSide, type RolloutObjects} from '../../domain/pod-side.ts';
import {createReadiness, type Readiness, type ReadinessIndex} from '../../domain/readiness.ts';
import {noPods, type PodPlace, placeOf, type SidedPods} from '../../domain/sided-pods.ts';
import {following} from '../followed.ts';
import type {State} from '../state.ts';

/** A workload's pods: all of them, and by where they stand in its rollout. */
export type OwnPods = {
	readonly all: readonly Pod[];
	readonly sides: SidedPods;
	/** Of the new pods, now: it goes on with the next call. */
	readonly readiness: Readiness;
};

/** Tells of a pod whether it is the workload's, and on which side it stands; of equal rules the same. */
export type PodSides = {readonly rule: string; readonly of: (pod: Pod) => PodSide | undefined};

/** Of one workload. */
type Index = {
	readonly placeByUid: Map<string, PodPlace>;
	readonly byPlace: Readonly<Record<PodPlace, Map<string, Pod>>>;
	readonly readiness: ReadinessIndex;
	result: OwnPods;
};

const indexed = following<Pick<State, 'pods'>, Index>(() => {
	const byPlace = {new: new Map(), old: new Map(), endingNew: new Map(), endingOld: new Map(), endedNew: new Map(), endedOld: new Map()};
	const readiness = createReadiness();
	return {placeByUid: new Map(), byPlace, readiness, result: {all: [], sides: noPods, readiness}};
});

/**
 * The workload's pods, parted by where they stand in its rollout; the same object as long as none of them changed. Only those that changed since the last call
 * are looked at.
 */
export function ownPods(workloadUid: string, side: PodSides, pods: State['pods']): OwnPods {
	const index = indexed(workloadUid, side.rule, {pods}, (known, changed) => {
		const touched = new Set<PodPlace>();
		for (const uid of changed.pods) place(known, uid, pods.get(uid), side, touched);
		if (touched.size > 0) known.result = listed(known, touched);
	});
	return index.result;
}

/** Sides by these objects. The counts of ReplicaSets change with every pod; by which of them a pod is told does not. */
export function podSides(objects: RolloutObjects): PodSides {
	return {rule: ruleOf(objects), of: podSide(objects)};
}

/** All that `podSide` goes by. */
function ruleOf({workload, newReplicaSet, replicaSets}: RolloutObjects): string {
	const {name, generation, observedGeneration} = workload;
	const revision = workload.kind === 'StatefulSet' ? workload.updateRevision : '';
	const guessed = () => [generation <= observedGeneration, revision, newReplicaSetName(workload, undefined) ?? null];
	return JSON.stringify([name, newReplicaSet?.uid ?? guessed(), replicaSets.map(one => [one.uid, one.ownerUid ?? null, one.name])]);
}

/** Puts a pod where it stands now; undefined: it is gone. */
function place(index: Index, uid: string, pod: Pod | undefined, {of: sideOf}: PodSides, touched: Set<PodPlace>): void {
	const {placeByUid, byPlace} = index;
	const side = pod === undefined ? undefined : sideOf(pod);
	const [from, to] = [placeByUid.get(uid), pod === undefined || side === undefined ? undefined : placeOf(pod, side)];
	index.readiness.put(byPlace.new.get(uid), to === 'new' ? pod : undefined);
	if (from !== undefined) {
		touched.add(from);
		if (from !== to) byPlace[from].delete(uid);
	}
	if (to === undefined || pod === undefined) {
		placeByUid.delete(uid);
		return;
	}
	touched.add(to);
	byPlace[to].set(uid, pod);
	placeByUid.set(uid, to);
}

function listed({byPlace, readiness, result}: Index, touched: ReadonlySet<PodPlace>): OwnPods {
	const sides = {...result.sides};
	for (const name of touched) sides[name] = [...byPlace[name].values()];
	const all = sides.new.concat(sides.old, sides.endingNew, sides.endingOld, sides.endedNew, sides.endedOld);
	return {all, sides, readiness};
}
