import {conditionOf} from '../../condition-of.ts';
import {fencepostsOf} from '../../rollout-arithmetic.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';
import {type CreationFailure, creationFailure} from './creation-failure.ts';

/** No message of use is longer. */
const longestMessage = 4000;

/** Pods that could not even be created (quota, admission, a limit range), or not deleted. kubernetes: deployment/progress.go getReplicaFailures. */
export function replicaFailure({workload, rollout}: Pick<FindingsInput, 'workload' | 'rollout'>): Cause | undefined {
	const failure = conditionOf(workload.conditions, 'ReplicaFailure');
	if (failure?.status !== 'True') return undefined;
	const {reason, message, lastTransitionAt: sinceAt} = failure;
	if (reason === 'FailedDelete')
		return {kind: 'replica-failure', hope: 'doubtful', reason: 'ReplicaFailure', message: `can't delete pods: ${shortText(message, 240)}`, sinceAt};
	const told = creationFailure(message.slice(0, longestMessage));
	return {...told, ...roomOf(told, {workload, rollout}), reason: 'ReplicaFailure', sinceAt};
}

/** Of a full quota: whether the rollout makes room by itself, and whether it needs more room than the workload does when it does not roll. */
function roomOf({kind, advice}: CreationFailure, {workload, rollout}: Pick<FindingsInput, 'workload' | 'rollout'>): Pick<Cause, 'hope' | 'advice'> | undefined {
	if (kind !== 'quota-exceeded' || rollout === undefined) return undefined;
	const {step, sides} = rollout;
	if (step.kind === 'shrink-old' || step.kind === 'settle' || sides.endingOld.length > 0) return {hope: 'likely', advice: 'wait: old pods that end make room'};
	const {surge, unavailable} = fencepostsOf(workload);
	if (surge === 0 || unavailable > 0 || sides.old.length === 0) return undefined;
	return {hope: 'none', advice: `${advice}: the surge needs it, or roll without one (maxSurge 0, maxUnavailable 1)`};
}
