import type {Finding} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';
import {autoscalerScaling} from './autoscaler-scaling.ts';
import {disruptionBudget} from './disruption-budget.ts';
import {failedCreate} from './failed-create.ts';
import {minReady} from './min-ready.ts';
import {noNode} from './no-node.ts';
import {notObserved} from './not-observed.ts';
import {oldPodsEnding} from './old-pods-ending.ts';
import {orderedPod} from './ordered-pod.ts';
import {paused} from './paused.ts';
import {replicaFailure} from './replica-failure.ts';
import {replicaSetMissing} from './replica-set-missing.ts';
import type {RolloutCause, RolloutRule, RolloutSubject} from './rollout-subject.ts';
import {scaledToZero} from './scaled-to-zero.ts';
import {tooFewAvailable} from './too-few-available.ts';

const rules: readonly RolloutRule[] = [notObserved, replicaSetMissing, orderedPod, tooFewAvailable, minReady, oldPodsEnding, paused, autoscalerScaling];

/** What holds the rollout as a whole up, found at the workload itself unless a rule says where. */
export function rolloutFindings(input: FindingsInput): readonly Finding[] {
	const {kind, name, uid} = input.workload;
	const causes: readonly (RolloutCause | undefined)[] = [replicaFailure(input), failedCreate(input), scaledToZero(input), noNode(input), ...withContext(input)];
	return causes.flatMap(cause => (cause === undefined ? [] : [{object: {kind, name, uid}, count: 1, ...cause}]));
}

function withContext(input: FindingsInput): readonly (RolloutCause | undefined)[] {
	if (input.rollout === undefined) return [];
	const subject: RolloutSubject = {...input, rollout: input.rollout};
	const all = rules.map(rule => rule(subject));
	// A budget is no matter of a workload that rests.
	return input.rollout.phase.phase === 'complete' ? all : [...all, disruptionBudget(subject)];
}
