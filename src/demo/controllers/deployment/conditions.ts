import {apiTime} from '../../clock.ts';
import type {Condition, ReplicaSet} from '../kinds.ts';

/** A condition of a Deployment that begins now. */
export function newCondition(type: string, status: string, reason: string, message: string, nowMs: number): Condition {
	const now = apiTime(nowMs);
	return {type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message};
}

/** The condition of a type. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
	return conditions.find(condition => condition.type === type);
}

/** Without the condition of a type. */
export function withoutCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
	return conditions.some(condition => condition.type === type) ? conditions.filter(condition => condition.type !== type) : conditions;
}

/**
 * With a condition: one of the same status and reason stays as it is, times included; any other one moves to the end and keeps its transition time
 * while its status is the same (kubernetes: deployment_util.go SetDeploymentCondition).
 */
export function withCondition(conditions: readonly Condition[], condition: Condition): readonly Condition[] {
	const current = findCondition(conditions, condition.type);
	if (current?.status === condition.status && current.reason === condition.reason) return conditions;
	const kept = current?.status === condition.status ? {...condition, lastTransitionTime: current.lastTransitionTime ?? null} : condition;
	return [...withoutCondition(conditions, condition.type), kept];
}

/** Why pods can't be made or removed: told by the new ReplicaSet, else by the first other one (kubernetes: progress.go getReplicaFailures). */
export function replicaFailure(newest: ReplicaSet | undefined, all: readonly ReplicaSet[]): Condition | undefined {
	for (const {status} of newest === undefined ? all : [newest, ...all]) {
		const failure = findCondition(status?.conditions ?? [], 'ReplicaFailure');
		if (failure === undefined) continue;
		const {type, reason = '', message = '', lastTransitionTime} = failure;
		return {type, status: failure.status, lastUpdateTime: lastTransitionTime ?? '', lastTransitionTime: lastTransitionTime ?? '', reason, message};
	}
	return undefined;
}
