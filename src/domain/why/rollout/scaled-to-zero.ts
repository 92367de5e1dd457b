import type {Cause} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';

/** Without replicas every rollout is through at once, and nothing runs. */
export function scaledToZero({workload}: Pick<FindingsInput, 'workload'>): Cause | undefined {
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
