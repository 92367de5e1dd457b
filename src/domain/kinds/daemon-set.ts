import {daemonSetStatus} from '../daemon-set-status.ts';
import {undoTarget} from '../revisions.ts';
import {rolloutStep} from '../rollout-step.ts';
import type {DaemonSet} from '../workload.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {phaseByStatus} from './phase-by-status.ts';
import {unable} from './unable.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** A DaemonSet's rules: kubectl's line, and one pod a node. */
export function daemonSetRules(set: DaemonSet): WorkloadRules {
	const {desired, updated, available} = set.replicas;
	const status = () => daemonSetStatus({...set, desired, updated, available});
	return {
		status,
		phase: () => phaseByStatus(set, status()),
		undoTarget: (replicaSets, toRevision) => undoTarget(set, replicaSets, toRevision),
		refusal: ({kind}) => (kind === 'delete-pod' || kind === 'restart' ? undefined : unable('DaemonSet', kind)),
		steps: () => undefined,
		nextStep: rolloutStep,
		commandLines: command => kubectlLines(command, set),
	};
}
