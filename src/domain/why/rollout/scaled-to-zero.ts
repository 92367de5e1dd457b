import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** Without replicas every rollout is through at once, and nothing runs. */
export function scaledToZero({workload}: RolloutSubject): RolloutCause | undefined {
	if (workload.specReplicas !== 0) return undefined;
	return {
		kind: 'scaled-to-zero',
		hope: 'waits',
		reason: 'ScaledToZero',
		message: 'is scaled to 0: no pod runs, whatever the template',
		advice: 'scale it up (s)',
		sinceAt: undefined,
	};
}
