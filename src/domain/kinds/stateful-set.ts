import {undoTarget} from '../revisions.ts';
import {rolloutStep} from '../rollout-step.ts';
import {statefulSetStatus} from '../stateful-set-status.ts';
import type {StatefulSet} from '../workload.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {phaseByStatus} from './phase-by-status.ts';
import {unable} from './unable.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** A StatefulSet's rules: kubectl's line, and pods that are replaced one by one from the highest ordinal down to the partition. */
export function statefulSetRules(set: StatefulSet): WorkloadRules {
	const status = () => statusOf(set);
	return {
		status,
		phase: () => phaseByStatus(set, status()),
		undoTarget: (replicaSets, toRevision) => undoTarget(set, replicaSets, toRevision),
		refusal: ({kind}) => (kind === 'delete-pod' || kind === 'scale' || kind === 'restart' ? undefined : unable('StatefulSet', kind)),
		steps: () => undefined,
		nextStep: rolloutStep,
		commandLines: command => kubectlLines(command, set),
	};
}

function statusOf(set: StatefulSet) {
	const {replicas, specReplicas, currentReplicas} = set;
	return statefulSetStatus({...set, replicas: specReplicas, ready: replicas.ready, current: currentReplicas, updated: replicas.updated});
}
