import {apiTime} from '../../clock.ts';
import type {Condition, Pod, ReplicaSet, ReplicaSetStatus} from '../kinds.ts';
import {isAvailable, isReady} from '../pods.ts';
import {hasLabels} from '../selectors.ts';

/** What the next status is made from. */
export interface Observed {
	readonly replicaSet: ReplicaSet;
	readonly active: readonly Pod[];
	readonly terminating: readonly Pod[];
	/** Why pods could not be made or removed. */
	readonly failure: Error | undefined;
	readonly nowMs: number;
}

/** The status for what was seen (kubernetes: replica_set_utils.go calculateStatus). */
export function replicaSetStatus({replicaSet, active, terminating, failure, nowMs}: Observed): ReplicaSetStatus {
	const {spec, status, metadata} = replicaSet;
	const labels = spec.template.metadata?.labels ?? {};
	const ready = active.filter(isReady);
	const counts = {
		fullyLabeledReplicas: active.filter(pod => hasLabels(pod.metadata.labels, labels)).length,
		readyReplicas: ready.length,
		availableReplicas: ready.filter(pod => isAvailable(pod, spec.minReadySeconds ?? 0, nowMs)).length,
	};
	const conditions = withFailure(status?.conditions ?? [], failure, active.length - spec.replicas, nowMs);
	return {
		replicas: active.length,
		...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
		terminatingReplicas: terminating.length,
		...(metadata.generation !== undefined && {observedGeneration: metadata.generation}),
		...(conditions.length > 0 && {conditions}),
	};
}

/** A failure that is known stays as it was first told. */
function withFailure(conditions: readonly Condition[], failure: Error | undefined, surplus: number, nowMs: number): readonly Condition[] {
	const isKnown = conditions.some(({type}) => type === 'ReplicaFailure');
	if (failure === undefined) return isKnown ? conditions.filter(({type}) => type !== 'ReplicaFailure') : conditions;
	if (isKnown) return conditions;
	const reason = surplus < 0 ? 'FailedCreate' : 'FailedDelete';
	const condition = {type: 'ReplicaFailure', status: 'True', lastTransitionTime: apiTime(nowMs), reason, message: failure.message};
	return [...conditions, condition];
}

/** Whether writing the status would change nothing. */
export function sameReplicaSetStatus(left: ReplicaSetStatus | undefined, right: ReplicaSetStatus): boolean {
	const counts = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'] as const;
	return (
		left !== undefined &&
		counts.every(count => (left[count] ?? 0) === (right[count] ?? 0)) &&
		left.terminatingReplicas === right.terminatingReplicas &&
		sameConditions(left.conditions, right.conditions)
	);
}

function sameConditions(left: readonly Condition[] = [], right: readonly Condition[] = []): boolean {
	// Those that did not change are the same objects.
	return left.length === right.length && left.every((condition, index) => condition === right[index]);
}
