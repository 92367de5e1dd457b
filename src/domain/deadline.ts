import type {Condition} from './condition.ts';
import {conditionOf} from './condition-of.ts';
import {namedReplicaSet, newReplicaSetName} from './new-replica-set-name.ts';
import type {ReplicaSet} from './replica-set.ts';
import type {Workload} from './workload.ts';

/** The largest 32-bit number means "no deadline" to the controller. kubernetes: deployment_util.go HasProgressDeadline. */
const noDeadlineSeconds = 2_147_483_647;

/** Reasons with which no deadline runs: nothing is rolling, or it has passed already. */
const idleReasons: ReadonlySet<string> = new Set(['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused', 'RolloutPaused', 'RolloutAborted']);

/**
 * When the rollout will be called failed (epoch ms) unless a pod makes progress before: the last progress plus `progressDeadlineSeconds`. The controller
 * looks a second or two later. Undefined when complete, paused, past it, or without a deadline. kubernetes: deployment_util.go DeploymentTimedOut.
 */
export function deadlineAt(workload: Workload): number | undefined {
	const {paused, progressDeadlineSeconds, conditions} = workload;
	const progressing = conditionOf(conditions, 'Progressing');
	if (paused || progressDeadlineSeconds === undefined || progressDeadlineSeconds === noDeadlineSeconds) return undefined;
	if (progressing?.lastUpdateAt === undefined || idleReasons.has(progressing.reason)) return undefined;
	return progressing.lastUpdateAt + progressDeadlineSeconds * 1000;
}

/** The condition by which the controller calls the rollout failed, where it is there. */
export function exceededDeadline(workload: Workload): Condition | undefined {
	const progressing = conditionOf(workload.conditions, 'Progressing');
	return progressing?.reason === 'ProgressDeadlineExceeded' ? progressing : undefined;
}

/**
 * A ProgressDeadlineExceeded that is about an earlier template: right after an undo it stays until the first progress, with the old message and times even if
 * the controller writes it again (it keeps a condition whose status and reason are equal). It is earlier when it names another ReplicaSet than the new one, is
 * older than the new one, or stood there with the same time (`deadlineBefore`) under the template before, which only a program that watched the change knows.
 */
export function isStaleDeadline(workload: Workload, newReplicaSet: ReplicaSet | undefined, deadlineBefore?: number): boolean {
	const exceeded = exceededDeadline(workload);
	if (exceeded === undefined) return false;
	const named = namedReplicaSet(workload);
	if (named !== undefined && named !== newReplicaSetName(workload, newReplicaSet)) return true;
	const {lastUpdateAt = exceeded.lastTransitionAt} = exceeded;
	if (lastUpdateAt === undefined) return false;
	return lastUpdateAt === deadlineBefore || lastUpdateAt < (newReplicaSet?.createdAt ?? 0);
}
