import {autoscalerOf} from '../../autoscaler.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** An autoscaler that owns the number of pods has changed it while they are replaced. */
export function autoscalerScaling({workload, rollout}: RolloutSubject): RolloutCause | undefined {
	const {rescaled, autoscalers, phase} = rollout;
	if (rescaled === undefined || rescaled.from === rescaled.to || phase.phase === 'complete') return undefined;
	const scaler = autoscalerOf(autoscalers, workload);
	if (scaler === undefined) return undefined;
	const {name, uid, min, max} = scaler;
	const end = rescaled.to >= max ? ', its most' : '';
	return {
		kind: 'autoscaler-scaling',
		hope: 'waits',
		reason: 'Autoscaler',
		object: {kind: 'HorizontalPodAutoscaler', name, uid},
		message: `has scaled it meanwhile from ${rescaled.from} to ${rescaled.to} pods${end} (it keeps ${min} to ${max})`,
		sinceAt: rescaled.at,
	};
}
