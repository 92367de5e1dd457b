import {undoTarget} from '../revisions.ts';
import {finished, waiting} from '../rollout-status.ts';
import {rolloutStep} from '../rollout-step.ts';
import type {ArgoRollout} from '../workload.ts';
import {phaseByStatus} from './phase-by-status.ts';
import {unable} from './unable.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** An Argo Rollout's rules: its controller's phase and the words of `kubectl argo rollouts`. */
export function argoRolloutRules(rollout: ArgoRollout): WorkloadRules {
	const status = () => (rollout.status.phase === 'Healthy' ? finished('Healthy') : waiting(String(rollout.status.phase ?? 'Progressing')));
	return {
		status,
		phase: () => phaseByStatus(rollout, status()),
		undoTarget: (replicaSets, toRevision) => undoTarget(rollout, replicaSets, toRevision),
		refusal: ({kind}) => (kind === 'delete-pod' ? undefined : unable('ArgoRollout', kind)),
		steps: () => undefined,
		nextStep: rolloutStep,
		commandLines: () => [],
	};
}
