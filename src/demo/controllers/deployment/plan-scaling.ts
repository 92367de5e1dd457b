import {scaleProportion} from '../../../domain/rollout-arithmetic.ts';
import type {Deployment, ReplicaSet} from '../kinds.ts';
import {byAge} from '../owners.ts';
import {activeOf, desiredPods, limitsOf} from './limits.ts';
import type {ScaleStep} from './plan-rolling-update.ts';
import {countAnnotation, desiredReplicasAnnotation, maxReplicasAnnotation} from './revision-annotations.ts';

/** Which ReplicaSets get which size when a Deployment is scaled, and whether also those are written whose size stays. */
export interface ScalingPlan {
	readonly steps: readonly ScaleStep[];
	/** The annotations that tell the sizes wanted are renewed on all. */
	readonly isForced: boolean;
}

/** Whether somebody has changed the desired count since the ReplicaSets were last sized (kubernetes: sync.go isScalingEvent). */
export function isScalingEvent({spec}: Deployment, replicaSets: readonly ReplicaSet[]): boolean {
	return activeOf(replicaSets).some(replicaSet => {
		const desired = countAnnotation(replicaSet, desiredReplicasAnnotation);
		return desired !== undefined && desired !== spec.replicas;
	});
}

/**
 * The sizes after the desired count has changed, or while the Deployment is paused: a single ReplicaSet takes all, several share in proportion, so that
 * scaling does not drive a rollout on (kubernetes: sync.go scale).
 */
export function planScaling(deployment: Deployment, newest: ReplicaSet | undefined, old: readonly ReplicaSet[]): ScalingPlan {
	const {replicas} = deployment.spec;
	const all = newest === undefined ? old : [...old, newest];
	const active = activeOf(all);
	if (active.length <= 1) {
		const only = active[0] ?? newest ?? old.toSorted(byAge).at(-1);
		return {steps: only === undefined || only.spec.replicas === replicas ? [] : [{replicaSet: only, to: replicas}], isForced: false};
	}
	if (newest !== undefined && isSaturated(deployment, newest)) {
		return {steps: activeOf(old).map(replicaSet => ({replicaSet, to: 0})), isForced: false};
	}
	if (deployment.spec.strategy.type !== 'RollingUpdate') return {steps: [], isForced: false};
	return {steps: shareOut(deployment, active), isForced: true};
}

function isSaturated({spec}: Deployment, replicaSet: ReplicaSet): boolean {
	return (
		replicaSet.spec.replicas === spec.replicas &&
		countAnnotation(replicaSet, desiredReplicasAnnotation) === spec.replicas &&
		(replicaSet.status?.availableReplicas ?? 0) === spec.replicas
	);
}

function shareOut(deployment: Deployment, active: readonly ReplicaSet[]): readonly ScaleStep[] {
	const {replicas: desired} = deployment.spec;
	const {surge} = limitsOf(deployment);
	const toAdd = (desired > 0 ? desired + surge : 0) - desiredPods(active);
	const currentReplicas = deployment.status?.replicas ?? 0;
	// Of equally large ones the newest grows and the oldest shrinks first.
	const sorted = toAdd === 0 ? active : active.toSorted((left, right) => right.spec.replicas - left.spec.replicas || Math.sign(toAdd) * -byAge(left, right));
	let added = 0;
	const sizes = sorted.map(replicaSet => {
		const size = replicaSet.spec.replicas;
		const maxReplicas = countAnnotation(replicaSet, maxReplicasAnnotation) ?? 0;
		const share = scaleProportion({size, maxReplicas, currentReplicas, desired, surge, toAdd, added});
		added += share;
		return size + share;
	});
	const leftover = toAdd - added;
	return sorted.map((replicaSet, index) => ({replicaSet, to: index === 0 ? Math.max(0, (sizes[0] ?? 0) + leftover) : (sizes[index] ?? 0)}));
}
