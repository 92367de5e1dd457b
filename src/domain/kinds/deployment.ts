import {refusalOf} from '../refusal.ts';
import {undoTarget} from '../revisions.ts';
import {rolloutPhase} from '../rollout-phase.ts';
import {kubectlRolloutStatus} from '../rollout-status.ts';
import {rolloutStep} from '../rollout-step.ts';
import type {Deployment} from '../workload.ts';
import {kubectlLines} from './kubectl-lines.ts';
import {templateRestart} from './template-restart.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** A Deployment's rules: its controller's and kubectl's. */
export function deploymentRules(deployment: Deployment): WorkloadRules {
	return {
		status: revision => kubectlRolloutStatus(deployment, revision),
		phase: rolloutPhase,
		undoTarget: (replicaSets, toRevision) => undoTarget(deployment, replicaSets, toRevision),
		refusal: (command, replicaSets) => refusalOf(command, deployment, replicaSets),
		steps: () => undefined,
		nextStep: rolloutStep,
		aborting: undefined,
		pauseField: 'spec.paused',
		restart: templateRestart(deployment.template),
		commandLines: command => kubectlLines(command, deployment),
	};
}
