import type {K8sEvent} from './k8s-event.ts';
import type {Pod} from './pod.ts';
import type {RolloutObjects} from './pod-side.ts';
import {isUsedOnce, ownReplicaSets} from './revisions.ts';
import {type ScalingStep, scalingSteps} from './scaling-event.ts';

/** A step that belongs to a rollout towards the ReplicaSet: it grows, or another shrinks. */
function isTowards(step: ScalingStep, name: string): boolean {
	return (step.direction === 'up') === (step.replicaSet === name);
}

/** The first step after the last one that led elsewhere; growing from nothing is the beginning whatever a scaling in between did. */
function startByEvents(steps: readonly ScalingStep[], name: string): number | undefined {
	const birth = steps.findLastIndex(step => step.replicaSet === name && step.direction === 'up' && step.from === 0);
	const emptied = steps.findLastIndex(step => step.replicaSet === name && step.to === 0);
	if (birth > emptied) return steps[birth]?.at;
	const away = steps.findLastIndex(step => !isTowards(step, name));
	return steps[away + 1]?.at;
}

/** The earliest of its pods that is younger than every old ReplicaSet: older pods are left from the time when it was the new one before. */
function startByPods({workload, newReplicaSet, replicaSets}: RolloutObjects, pods: readonly Pod[]): number | undefined {
	const others = ownReplicaSets(workload, replicaSets).filter(({uid}) => uid !== newReplicaSet?.uid);
	const floor = Math.max(0, ...others.map(({createdAt}) => createdAt ?? 0));
	const created = pods.flatMap(({ownerUid, createdAt}) =>
		ownerUid === newReplicaSet?.uid && createdAt !== undefined && createdAt >= floor ? [createdAt] : [],
	);
	return created.length === 0 ? undefined : created.reduce((earliest, at) => Math.min(earliest, at));
}

/**
 * When this rollout began (epoch ms), for a program that comes in the middle. A ReplicaSet that was made for it began with it. One that is used again (it has a
 * revision history) is older than the rollout: then the controller's events tell, which live for an hour, else the first pod that it made since. Undefined when
 * nothing tells: an undo that finds all its pods still running, an hour ago.
 */
export function rolloutStart(objects: RolloutObjects & {readonly pods: readonly Pod[]; readonly events: readonly K8sEvent[]}): number | undefined {
	const {workload, newReplicaSet, replicaSets, pods, events} = objects;
	if (newReplicaSet === undefined) return undefined;
	if (isUsedOnce(newReplicaSet, ownReplicaSets(workload, replicaSets))) return newReplicaSet.createdAt;
	return startByEvents(scalingSteps(workload, events), newReplicaSet.name) ?? startByPods(objects, pods);
}
