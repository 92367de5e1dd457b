import {waitText} from '../../rollout-phase.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** It waits for a person. */
export function paused({workload, rollout: {phase}}: RolloutSubject): RolloutCause | undefined {
	if (phase.phase !== 'paused' || phase.waitingFor === undefined) return undefined;
	// Of a kind that can't be paused its own words say what a person has to do.
	if (workload.kind === 'StatefulSet' || workload.kind === 'DaemonSet')
		return {
			kind: 'paused',
			hope: 'waits',
			reason: 'OnDelete',
			message: `waits for somebody: ${waitText(phase.waitingFor)}`,
			advice: 'delete them one by one (x)',
			sinceAt: undefined,
		};
	return {
		kind: 'paused',
		hope: 'waits',
		reason: 'Paused',
		message: 'is paused: nothing moves until somebody resumes it',
		advice: 'resume (r)',
		sinceAt: phase.since,
	};
}
