import type {RolloutPhase} from '../rollout-phase.ts';
import type {KubectlStatus} from '../rollout-status.ts';
import type {Workload} from '../workload.ts';

/** The phase of kinds that have no deadline and can't be paused: what kubectl waits for, it waits for. */
export function phaseByStatus({generation, observedGeneration}: Workload, {done, message}: KubectlStatus): RolloutPhase {
	if (generation > observedGeneration) return {phase: 'progressing', waitingFor: {kind: 'observation'}, staleDeadline: false};
	return done ? {phase: 'complete'} : {phase: 'progressing', waitingFor: {kind: 'words', text: message}, staleDeadline: false};
}
