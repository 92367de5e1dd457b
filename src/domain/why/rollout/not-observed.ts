import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** The controller looks at a change within milliseconds; one that is busy or restarts may take a few seconds. */
const patienceMs = 5000;

/** The Deployment controller does not look at the last change: it is down, stuck, or far behind. */
export function notObserved({workload, rollout: {unobservedSince}, now}: RolloutSubject): RolloutCause | undefined {
	const {generation, observedGeneration} = workload;
	if (generation <= observedGeneration || unobservedSince === undefined || now - unobservedSince < patienceMs) return undefined;
	return {
		kind: 'not-observed',
		hope: 'doubtful',
		reason: 'NotObserved',
		message: `is not looked at by its controller: generation ${generation}, of which it has seen ${observedGeneration}`,
		advice: 'check that kube-controller-manager runs',
		sinceAt: unobservedSince,
	};
}
