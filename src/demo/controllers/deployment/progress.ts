import type {Condition, Deployment, DeploymentStatus, ReplicaSet} from '../kinds.ts';
import {findCondition, newCondition, replicaFailure, withCondition, withoutCondition} from './conditions.ts';
import {deploymentStatus, isComplete} from './deployment-status.ts';
import {progressDeadline} from './limits.ts';

const type = 'Progressing';

/** The status during a rollout: the counts, and what they say of its progress (kubernetes: progress.go syncRolloutStatus). */
export function rolloutStatus(deployment: Deployment, newest: ReplicaSet | undefined, all: readonly ReplicaSet[], nowMs: number): DeploymentStatus {
	const status = deploymentStatus(deployment, newest, all, nowMs);
	const progressing = withProgress(deployment, newest, status, nowMs);
	const failure = replicaFailure(newest, all);
	return {...status, conditions: failure === undefined ? withoutCondition(progressing, 'ReplicaFailure') : withCondition(progressing, failure)};
}

function withProgress(deployment: Deployment, newest: ReplicaSet | undefined, status: DeploymentStatus, nowMs: number): readonly Condition[] {
	const {conditions = []} = status;
	const deadline = progressDeadline(deployment);
	if (deadline === undefined) return withoutCondition(conditions, type);
	const current = findCondition(conditions, type);
	if (current?.reason === 'NewReplicaSetAvailable' && (status.replicas ?? 0) === (status.updatedReplicas ?? 0)) return conditions;
	const who = newest === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${newest.metadata.name}"`;
	if (isComplete(deployment, status)) {
		return withCondition(conditions, newCondition(type, 'True', 'NewReplicaSetAvailable', `${who} has successfully progressed.`, nowMs));
	}
	if (hasProgressed(deployment.status, status)) {
		const condition = newCondition(type, 'True', 'ReplicaSetUpdated', `${who} is progressing.`, nowMs);
		// Renewed each time, so that its update time tells of the last progress.
		const kept = current?.status === 'True' ? {...condition, lastTransitionTime: current.lastTransitionTime ?? null} : condition;
		return [...withoutCondition(conditions, type), kept];
	}
	if (isOverdue(current, deadline, nowMs)) {
		return withCondition(conditions, newCondition(type, 'False', 'ProgressDeadlineExceeded', `${who} has timed out progressing.`, nowMs));
	}
	return conditions;
}

/** More new pods, fewer old ones, more ready or more available ones (kubernetes: deployment_util.go DeploymentProgressing). */
function hasProgressed(before: DeploymentStatus = {}, now: DeploymentStatus): boolean {
	const old = ({replicas = 0, updatedReplicas = 0}: DeploymentStatus) => replicas - updatedReplicas;
	return (
		(now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
		old(now) < old(before) ||
		(now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
		(now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
	);
}

function isOverdue(current: Condition | undefined, deadlineSeconds: number, nowMs: number): boolean {
	if (current === undefined || current.reason === 'NewReplicaSetAvailable') return false;
	return current.reason === 'ProgressDeadlineExceeded' || Date.parse(current.lastUpdateTime ?? '') + deadlineSeconds * 1_000 < nowMs;
}

/** In how many milliseconds to look for progress again; 0 is at once, undefined never (kubernetes: progress.go requeueStuckDeployment). */
export function nextProgressCheckMs(deployment: Deployment, status: DeploymentStatus, nowMs: number): number | undefined {
	const deadline = progressDeadline(deployment);
	const current = findCondition(deployment.status?.conditions ?? [], type);
	if (deadline === undefined || current === undefined || current.reason === 'ProgressDeadlineExceeded') return undefined;
	if (isComplete(deployment, status)) return undefined;
	const leftMs = Date.parse(current.lastUpdateTime ?? '') + deadline * 1_000 - nowMs;
	// A second more, because the condition's time lacks its milliseconds.
	return leftMs < 1_000 ? 0 : leftMs + 1_000;
}
