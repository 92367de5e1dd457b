import {fenceposts} from '../../../domain/rollout-arithmetic.ts';
import type {Deployment, ReplicaSet} from '../kinds.ts';

const unlimited = 2_147_483_647;

/** How many pods a Deployment may have above and miss below its desired count. */
export function limitsOf({spec: {strategy, replicas}}: Deployment): {readonly surge: number; readonly unavailable: number} {
	if (strategy.type !== 'RollingUpdate') return {surge: 0, unavailable: 0};
	const {maxSurge = 0, maxUnavailable = 0} = strategy.rollingUpdate ?? {};
	return fenceposts({type: 'RollingUpdate', maxSurge, maxUnavailable}, replicas);
}

/** The seconds after which a rollout without progress is told; undefined when nobody wants to know. */
export function progressDeadline({spec: {progressDeadlineSeconds}}: Deployment): number | undefined {
	return progressDeadlineSeconds === unlimited ? undefined : progressDeadlineSeconds;
}

/** How many old ReplicaSets are kept; undefined for all. */
export function historyLimit({spec: {revisionHistoryLimit}}: Deployment): number | undefined {
	return revisionHistoryLimit === unlimited ? undefined : revisionHistoryLimit;
}

/** `spec.replicas` of all together. */
export function desiredPods(replicaSets: readonly ReplicaSet[]): number {
	return replicaSets.reduce((sum, {spec}) => sum + spec.replicas, 0);
}

/** `status.availableReplicas` of all together. */
export function availablePods(replicaSets: readonly ReplicaSet[]): number {
	return replicaSets.reduce((sum, {status}) => sum + (status?.availableReplicas ?? 0), 0);
}

/** Those that want pods. */
export function activeOf(replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
	return replicaSets.filter(({spec}) => spec.replicas > 0);
}
