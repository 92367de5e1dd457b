import {fencepostsOf} from '../../rollout-arithmetic.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** No old pod may end, and so no new one may begin: as many as may be missing are missing, old ones among them, or there is no surge. In numbers. */
export function tooFewAvailable({workload, rollout}: RolloutSubject): RolloutCause | undefined {
	const {step, oldReplicaSets} = rollout;
	if (step.kind !== 'available' || step.last || workload.strategy.type === 'Recreate') return undefined;
	const {surge, unavailable} = fencepostsOf(workload);
	const {available} = workload.replicas;
	// By the controllers' own count: each ReplicaSet judges its pods by the `minReadySeconds` that it was made with.
	const illOld = oldReplicaSets.reduce((sum, one) => sum + Math.max(0, one.current - one.available), 0);
	if (illOld === 0 && surge > 0) return undefined;
	const least = workload.replicas.desired - unavailable;
	const ill = illOld === 0 ? '' : `, and ${illOld} old ${illOld === 1 ? 'pod is' : 'pods are'} not`;
	return {
		kind: 'too-few-available',
		hope: illOld === 0 ? 'likely' : 'doubtful',
		reason: 'MaxUnavailable',
		message: `may not end another old pod: ${available} available, ${least} must stay so (surge ${surge}, maxUnavailable ${unavailable})${ill}`,
		advice: surge === 0 ? 'get its pods ready, or allow a surge' : 'get its old pods ready, or allow more to be unavailable',
		sinceAt: undefined,
	};
}
