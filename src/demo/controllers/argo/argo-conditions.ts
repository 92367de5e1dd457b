import {apiTime} from '../../clock.ts';
import {findCondition, newCondition, withCondition, withoutCondition} from '../deployment/conditions.ts';
import type {Condition} from '../kinds.ts';
import {replicasOf} from './argo-pass.ts';
import type {ArgoRollout, ArgoStatus} from './kinds.ts';

type Conditions = readonly Condition[];

/** Somebody, or a step, holds it. */
export function isHeld({spec}: ArgoRollout, {pauseConditions}: ArgoStatus): boolean {
	return spec.paused === true || (pauseConditions ?? []).length > 0;
}

/** The conditions that say whether it is held, or nothing where they say so already (argo-rollouts: sync.go checkPausedConditions). */
export function pauseNews(rollout: ArgoRollout, status: ArgoStatus, nowMs: number): Conditions | undefined {
	const {conditions = []} = status;
	const held = isHeld(rollout, status);
	const isTold = findCondition(conditions, 'Paused')?.status === 'True';
	if (held === isTold || status.abort === true) return undefined;
	const paused = newCondition('Paused', held ? 'True' : 'False', 'RolloutPaused', 'Rollout is paused', nowMs);
	const progress = held
		? newCondition('Progressing', 'Unknown', 'RolloutPaused', 'Rollout is paused', nowMs)
		: newCondition('Progressing', 'Unknown', 'RolloutResumed', 'Rollout is resumed', nowMs);
	const isOver = findCondition(conditions, 'Progressing')?.reason === 'NewReplicaSetAvailable';
	return withCondition(isOver ? conditions : withCondition(conditions, progress), paused);
}

/** A Rollout's conditions for a status, Progressing and Paused left out (argo-rollouts: sync.go calculateRolloutConditions). */
export function plainConditions(rollout: ArgoRollout, status: ArgoStatus, nowMs: number): Conditions {
	const isComplete = status.stableRS !== undefined && status.stableRS === status.currentPodHash;
	const isEnough = (status.availableReplicas ?? 0) >= replicasOf(rollout);
	const availability = isEnough ? 'Rollout has minimum availability' : 'Rollout does not have minimum availability';
	const available = newCondition('Available', isEnough ? 'True' : 'False', 'AvailableReason', availability, nowMs);
	const completed = newCondition('Completed', isComplete ? 'True' : 'False', 'RolloutCompleted', 'RolloutCompleted', nowMs);
	return withCondition(withCondition(status.conditions ?? [], available), completed);
}

/** Whether it is healthy; first said when it was so once. */
export function withHealth(conditions: Conditions, isHealthy: boolean, nowMs: number): Conditions {
	if (!isHealthy && findCondition(conditions, 'Healthy') === undefined) return conditions;
	const message = isHealthy ? 'Rollout is healthy' : 'Rollout is not healthy';
	return withCondition(conditions, newCondition('Healthy', isHealthy ? 'True' : 'False', 'RolloutHealthy', message, nowMs));
}

const deadlineSeconds = 600;

/** What is known of the progress of the update. */
export interface Progress {
	readonly name: string;
	readonly revision: number;
	/** Something has moved since the last look. */
	readonly isMoving: boolean;
	readonly isDone: boolean;
}

/** The conditions with Progressing: aborted, done, going on, or out of time. */
export function withProgress(rollout: ArgoRollout, status: ArgoStatus, {name, revision, isMoving, isDone}: Progress, nowMs: number): Conditions {
	const {conditions = []} = status;
	const replicaSet = `ReplicaSet "${name}"`;
	const say = (is: string, reason: string, message: string) => withCondition(conditions, newCondition('Progressing', is, reason, message, nowMs));
	if (status.abort === true) return say('False', 'RolloutAborted', `Rollout aborted update to revision ${revision}`);
	if (isHeld(rollout, status)) return conditions;
	if (isDone) return say('True', 'NewReplicaSetAvailable', `${replicaSet} has successfully progressed.`);
	const known = findCondition(conditions, 'Progressing');
	if (isMoving || known?.reason !== 'ProgressDeadlineExceeded') {
		const since = isMoving ? undefined : known?.lastUpdateTime;
		if (since !== undefined && known?.reason === 'ReplicaSetUpdated' && Date.parse(since) + deadlineMs(rollout) < nowMs)
			return say('False', 'ProgressDeadlineExceeded', `${replicaSet} has timed out progressing.`);
		const told = say('True', 'ReplicaSetUpdated', `${replicaSet} is progressing.`);
		return isMoving ? renewed(told, nowMs) : told;
	}
	return conditions;
}

/** A moment without progress is counted from the last one with it. */
function renewed(conditions: Conditions, nowMs: number): Conditions {
	const known = findCondition(conditions, 'Progressing');
	return known === undefined ? conditions : [...withoutCondition(conditions, 'Progressing'), {...known, lastUpdateTime: apiTime(nowMs)}];
}

/** How long nothing may move, ms. */
export function deadlineMs({spec}: ArgoRollout): number {
	return (spec.progressDeadlineSeconds ?? deadlineSeconds) * 1_000;
}
