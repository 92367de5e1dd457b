import {findCondition} from '../deployment/conditions.ts';
import {replicasOf} from './argo-pass.ts';
import type {ArgoRollout, ArgoStatus} from './kinds.ts';

/** A phase and its words. */
export type ArgoPhase = Pick<ArgoStatus, 'phase' | 'message'>;

/** The phase of a status; the first thing that holds is said (argo-rollouts: utils/rollout/rolloututil.go CalculateRolloutPhase). */
export function phaseOf(rollout: ArgoRollout, status: ArgoStatus): ArgoPhase {
	const progress = findCondition(status.conditions ?? [], 'Progressing');
	const [held] = status.pauseConditions ?? [];
	if (status.abort === true || progress?.reason === 'ProgressDeadlineExceeded')
		return {phase: 'Degraded', message: `${progress?.reason}: ${progress?.message}`};
	if (rollout.spec.paused === true) return {phase: 'Paused', message: 'manually paused'};
	if (held !== undefined) return {phase: 'Paused', message: held.reason};
	const message = waitsFor(rollout, status);
	return message === undefined ? {phase: 'Healthy'} : {phase: 'Progressing', message};
}

function waitsFor(rollout: ArgoRollout, status: ArgoStatus): string | undefined {
	const {replicas = 0, updatedReplicas = 0, availableReplicas = 0, restartedAt, currentPodHash, stableRS} = status;
	const {restartAt} = rollout.spec;
	if (restartAt !== undefined && restartAt !== restartedAt) return 'rollout is restarting';
	if (updatedReplicas < replicasOf(rollout)) return 'more replicas need to be updated';
	if (availableReplicas < updatedReplicas) return 'updated replicas are still becoming available';
	if (replicas > updatedReplicas) return 'old replicas are pending termination';
	return currentPodHash === stableRS ? undefined : 'waiting for all steps to complete';
}
