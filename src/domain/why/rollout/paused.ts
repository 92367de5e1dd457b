import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** It waits for a person. */
export function paused({rollout: {phase}}: RolloutSubject): RolloutCause | undefined {
	if (phase.phase !== 'paused' || phase.waitingFor === undefined) return undefined;
	return {
		kind: 'paused',
		hope: 'waits',
		reason: 'Paused',
		message: 'is paused: nothing moves until somebody resumes it',
		advice: 'resume (r)',
		sinceAt: phase.since,
	};
}
