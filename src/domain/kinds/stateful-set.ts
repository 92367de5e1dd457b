import {undoTarget} from '../revisions.ts';
import {statefulSetPhase} from '../stateful-set-phase.ts';
import {statefulSetStatus} from '../stateful-set-status.ts';
import {statefulSetStep} from '../stateful-set-step.ts';
import type {StatefulSet} from '../workload.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {setRefusal} from './set-refusal.ts';
import {templateRestart} from './template-restart.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** A StatefulSet's rules: kubectl's line, and pods that are replaced one by one from the highest ordinal down to the partition. */
export function statefulSetRules(set: StatefulSet): WorkloadRules {
	return {
		status: () => statusOf(set),
		phase: () => statefulSetPhase(set),
		undoTarget: (revisions, toRevision) => undoTarget(set, revisions, toRevision),
		refusal: (command, revisions) => setRefusal(command, set, revisions),
		steps: () => undefined,
		nextStep: input => statefulSetStep({...input, workload: set}),
		aborting: undefined,
		pauseField: 'spec.paused',
		restart: templateRestart(set.template),
		commandLines: command => kubectlLines(command, set),
	};
}

function statusOf(set: StatefulSet) {
	const {replicas, specReplicas, currentReplicas} = set;
	return statefulSetStatus({...set, replicas: specReplicas, ready: replicas.ready, current: currentReplicas, updated: replicas.updated});
}
