import {conditionOf} from '../../condition-of.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';

/** Pods that could not even be created: quota, admission, a limit range. */
export function replicaFailure({workload}: FindingsInput): Cause | undefined {
	const failure = conditionOf(workload.conditions, 'ReplicaFailure');
	if (failure?.status !== 'True') return undefined;
	return {
		kind: 'replica-failure',
		hope: 'doubtful',
		reason: 'ReplicaFailure',
		message: `can't create pods: ${shortText(failure.message, 240)}`,
		sinceAt: failure.lastTransitionAt,
	};
}
