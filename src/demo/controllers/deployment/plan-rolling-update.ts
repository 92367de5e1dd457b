import type {Deployment, ReplicaSet} from '../kinds.ts';
import {byAge} from '../owners.ts';
import {activeOf, availablePods, desiredPods, limitsOf} from './limits.ts';

/** One ReplicaSet gets another size. */
export interface ScaleStep {
	readonly replicaSet: ReplicaSet;
	readonly to: number;
}

/** What one pass of a rolling update does: grow or shrink the new ReplicaSet, else shrink old ones, else nothing. */
export interface RollingPlan {
	readonly direction: 'new' | 'old' | 'none';
	/** In this order; a later step for the same ReplicaSet goes on from the earlier one's size. */
	readonly steps: readonly ScaleStep[];
}

const nothing: RollingPlan = {direction: 'none', steps: []};

/** The size that the new ReplicaSet may have now; `others` are all the others (kubernetes: deployment_util.go NewRSNewReplicas). */
export function newSize(deployment: Deployment, others: readonly ReplicaSet[], size: number): number {
	const {replicas, strategy} = deployment.spec;
	if (strategy.type !== 'RollingUpdate') return replicas;
	const room = replicas + limitsOf(deployment).surge - desiredPods(others) - size;
	return room <= 0 ? size : size + Math.min(room, replicas - size);
}

/** The next pass of a rolling update (kubernetes: rolling.go). */
export function planRollingUpdate(deployment: Deployment, newest: ReplicaSet, old: readonly ReplicaSet[]): RollingPlan {
	const {replicas} = deployment.spec;
	const size = newest.spec.replicas;
	const to = size > replicas ? replicas : size < replicas ? newSize(deployment, old, size) : size;
	if (to !== size) return {direction: 'new', steps: [{replicaSet: newest, to}]};
	const steps = scaleDownOld(deployment, newest, old);
	return steps.length === 0 ? nothing : {direction: 'old', steps};
}

function scaleDownOld(deployment: Deployment, newest: ReplicaSet, old: readonly ReplicaSet[]): readonly ScaleStep[] {
	const active = activeOf(old).toSorted(byAge);
	const leastAvailable = deployment.spec.replicas - limitsOf(deployment).unavailable;
	// Pods of the new ReplicaSet that are not available yet are no reason to take away old ones.
	const newUnavailable = newest.spec.replicas - (newest.status?.availableReplicas ?? 0);
	const most = desiredPods([newest, ...old]) - leastAvailable - newUnavailable;
	if (active.length === 0 || most <= 0) return [];
	const {steps: unhealthy, isBroken} = removeUnhealthy(active, most);
	if (isBroken) return unhealthy;
	const left = active.map(replicaSet => ({replicaSet, size: unhealthy.find(step => step.replicaSet === replicaSet)?.to ?? replicaSet.spec.replicas}));
	// Available pods of old ReplicaSets without any desired ones are on their way out and count no more.
	const spare = availablePods([newest, ...active]) - leastAvailable;
	return [...unhealthy, ...removeHealthy(left, spare)];
}

/**
 * Pods that are not available go first: without them nothing is lost. Upstream gives up the pass, the healthy ones too, at a ReplicaSet that still
 * reports more available pods than it wants: what was taken from it has not happened yet.
 */
function removeUnhealthy(active: readonly ReplicaSet[], most: number): {readonly steps: readonly ScaleStep[]; readonly isBroken: boolean} {
	const steps: ScaleStep[] = [];
	let left = most;
	for (const replicaSet of active) {
		const size = replicaSet.spec.replicas;
		const unavailable = size - (replicaSet.status?.availableReplicas ?? 0);
		if (left <= 0) break;
		if (unavailable < 0) return {steps, isBroken: true};
		if (unavailable === 0) continue;
		const count = Math.min(left, unavailable);
		steps.push({replicaSet, to: size - count});
		left -= count;
	}
	return {steps, isBroken: false};
}

function removeHealthy(left: readonly {readonly replicaSet: ReplicaSet; readonly size: number}[], spare: number): readonly ScaleStep[] {
	const steps: ScaleStep[] = [];
	let rest = spare;
	for (const {replicaSet, size} of left) {
		if (rest <= 0) break;
		if (size === 0) continue;
		const count = Math.min(size, rest);
		steps.push({replicaSet, to: size - count});
		rest -= count;
	}
	return steps;
}
