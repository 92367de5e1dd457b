import {daemonSetPhase} from '../daemon-set-phase.ts';
import {daemonSetStatus} from '../daemon-set-status.ts';
import {daemonSetStep} from '../daemon-set-step.ts';
import {undoTarget} from '../revisions.ts';
import {oldPodsLeft} from '../terminating.ts';
import type {DaemonSet} from '../workload.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {setRefusal} from './set-refusal.ts';
import {templateRestart} from './template-restart.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** A DaemonSet's rules: kubectl's line, and one pod a node. */
export function daemonSetRules(set: DaemonSet): WorkloadRules {
	const {desired, updated, available} = set.replicas;
	return {
		status: () => daemonSetStatus({...set, desired, updated, available}),
		phase: (objects, pods) => daemonSetPhase(set, oldPodsLeft(objects, pods)),
		undoTarget: (revisions, toRevision) => undoTarget(set, revisions, toRevision),
		refusal: (command, revisions) => setRefusal(command, set, revisions),
		steps: () => undefined,
		nextStep: input => daemonSetStep({...input, workload: set}),
		aborting: undefined,
		pauseField: 'spec.paused',
		restart: templateRestart(set.template),
		commandLines: command => kubectlLines(command, set),
	};
}
