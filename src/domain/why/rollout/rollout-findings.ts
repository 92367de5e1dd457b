import type {Cause, Finding} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';
import {replicaFailure} from './replica-failure.ts';

type RolloutRule = (input: FindingsInput) => Cause | undefined;

const rules: readonly RolloutRule[] = [replicaFailure];

/** What holds the rollout as a whole up, found at the workload itself. */
export function rolloutFindings(input: FindingsInput): readonly Finding[] {
	const {kind, name, uid} = input.workload;
	return rules.flatMap(rule => {
		const cause = rule(input);
		return cause === undefined ? [] : [{...cause, object: {kind, name, uid}, count: 1}];
	});
}
