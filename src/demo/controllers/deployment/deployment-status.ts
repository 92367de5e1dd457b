import type {Condition, Deployment, DeploymentStatus, ReplicaSet} from '../kinds.ts';
import {newCondition, withCondition} from './conditions.ts';
import {availablePods, desiredPods, limitsOf} from './limits.ts';

/** The status that the ReplicaSets add up to, Progressing left as it is (kubernetes: sync.go calculateStatus). */
export function deploymentStatus(deployment: Deployment, newest: ReplicaSet | undefined, all: readonly ReplicaSet[], nowMs: number): DeploymentStatus {
	const {metadata, spec, status} = deployment;
	const available = availablePods(all);
	const terminating = terminatingPods(all);
	const counts = {
		observedGeneration: metadata.generation ?? 0,
		replicas: sum(all, 'replicas'),
		updatedReplicas: newest?.status?.replicas ?? 0,
		readyReplicas: sum(all, 'readyReplicas'),
		availableReplicas: available,
		unavailableReplicas: Math.max(0, desiredPods(all) - available),
	};
	const isEnough = available >= spec.replicas - limitsOf(deployment).unavailable;
	const availability = isEnough
		? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', nowMs)
		: newCondition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', nowMs);
	return {
		...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
		...(terminating !== undefined && {terminatingReplicas: terminating}),
		...(status?.collisionCount !== undefined && {collisionCount: status.collisionCount}),
		conditions: withCondition(status?.conditions ?? [], availability),
	};
}

/** Unknown while a ReplicaSet that was counted does not say. */
function terminatingPods(all: readonly ReplicaSet[]): number | undefined {
	let count = 0;
	for (const {status} of all) {
		if (status?.terminatingReplicas === undefined && (status?.observedGeneration ?? 0) !== 0) return undefined;
		count += status?.terminatingReplicas ?? 0;
	}
	return count;
}

function sum(all: readonly ReplicaSet[], count: 'replicas' | 'readyReplicas'): number {
	return all.reduce((total, {status}) => total + (status?.[count] ?? 0), 0);
}

/** Whether all that is desired is new, available and alone (kubernetes: deployment_util.go DeploymentComplete). */
export function isComplete({metadata, spec}: Deployment, status: DeploymentStatus = {}): boolean {
	return (
		(status.updatedReplicas ?? 0) === spec.replicas &&
		(status.replicas ?? 0) === spec.replicas &&
		(status.availableReplicas ?? 0) === spec.replicas &&
		(status.observedGeneration ?? 0) >= (metadata.generation ?? 0)
	);
}

/** Whether writing the status would change nothing. */
export function sameDeploymentStatus(left: DeploymentStatus = {}, right: DeploymentStatus = {}): boolean {
	const counts = ['observedGeneration', 'replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas'] as const;
	return (
		counts.every(count => (left[count] ?? 0) === (right[count] ?? 0)) &&
		left.terminatingReplicas === right.terminatingReplicas &&
		left.collisionCount === right.collisionCount &&
		sameConditions(left.conditions ?? [], right.conditions ?? [])
	);
}

function sameConditions(left: readonly Condition[], right: readonly Condition[]): boolean {
	return left.length === right.length && left.every((condition, index) => sameCondition(condition, right[index]));
}

function sameCondition(left: Condition, right: Condition | undefined): boolean {
	const fields = ['type', 'status', 'reason', 'message', 'lastUpdateTime', 'lastTransitionTime'] as const;
	return left === right || fields.every(field => left[field] === right?.[field]);
}
