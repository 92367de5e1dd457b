import {ordinalNames, ordinalOf, partitionOf} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {isPodAvailable, isPodEnded, isPodReady} from './pod-availability.ts';
import type {RolloutStep, StepInput} from './rollout-step.ts';
import type {StatefulSet} from './workload.ts';

type Input = StepInput & {readonly workload: StatefulSet};

/** What one of the pods that there are to be keeps its controller waiting for; undefined where it does not. */
function awaited(name: string, pod: Pod | undefined, {minReadySeconds}: StatefulSet, now: number): RolloutStep | undefined {
	if (pod === undefined) return {kind: 'make-pod', pod: name};
	if (pod.deletedAt !== undefined || isPodEnded(pod)) return {kind: 'await-pod', pod: name, until: 'gone'};
	if (pod.phase !== 'Running' || !isPodReady(pod)) return {kind: 'await-pod', pod: name, until: 'ready'};
	return isPodAvailable(pod, minReadySeconds, now) ? undefined : {kind: 'await-pod', pod: name, until: 'available'};
}

/** Pods above the last ordinal go before anything is updated, the highest first. */
function scaleDownStep({name, ordinalsStart, replicas: {desired}}: StatefulSet, pods: readonly Pod[]): RolloutStep | undefined {
	const above = pods.filter(pod => pod.name.startsWith(`${name}-`) && (ordinalOf(pod) ?? -1) >= ordinalsStart + desired);
	const highest = above.toSorted((left, right) => (ordinalOf(right) ?? 0) - (ordinalOf(left) ?? 0))[0];
	if (highest === undefined) return undefined;
	return highest.deletedAt === undefined ? {kind: 'take-pod', pod: highest.name} : {kind: 'await-pod', pod: highest.name, until: 'gone'};
}

/** From the highest ordinal down to the partition: the first pod that is not of the new revision is deleted, unless one above it is not available yet. */
function updateStep(input: Input, byName: ReadonlyMap<string, Pod>, names: readonly string[]): RolloutStep {
	const {workload, newReplicaSet, now} = input;
	for (const name of names.slice(partitionOf(workload)).toReversed()) {
		const pod = byName.get(name);
		if (pod !== undefined && pod.deletedAt === undefined && pod.ownerUid !== newReplicaSet?.uid) return {kind: 'replace-pod', pod: name};
		const waits = awaited(name, pod, workload, now);
		if (waits !== undefined) return waits;
	}
	return {kind: 'done'};
}

/**
 * What the StatefulSet controller does next, or which pod it waits for: pods that are missing or not available first, in their order (OrderedReady), then those
 * above the last ordinal, then the update. Without the pods only the counts can tell. kubernetes: stateful_set_control.go updateStatefulSet.
 */
export function statefulSetStep(input: Input): RolloutStep {
	const {workload, newReplicaSet, pods, now} = input;
	if (workload.generation > workload.observedGeneration) return {kind: 'observe'};
	const names = ordinalNames(workload);
	if (pods === undefined || newReplicaSet === undefined) return byCounts(workload);
	const byName = new Map(pods.map(pod => [pod.name, pod]));
	for (const name of names) {
		const waits = awaited(name, byName.get(name), workload, now);
		// In parallel a pod that is missing is made at once, and no other one waits for it.
		if (waits !== undefined && (!workload.isParallel || waits.kind === 'make-pod')) return waits;
	}
	const down = scaleDownStep(workload, pods);
	if (down !== undefined) return down;
	if (workload.updateType === 'RollingUpdate') return updateStep(input, byName, names);
	const old = pods.filter(({ownerUid}) => ownerUid !== newReplicaSet.uid).length;
	return old > 0 ? {kind: 'on-delete', left: old} : {kind: 'done'};
}

function byCounts({replicas: {desired, ready, available}}: StatefulSet): RolloutStep {
	const missing = desired - Math.min(ready, available);
	return missing > 0 ? {kind: 'available', more: missing, last: false} : {kind: 'done'};
}
