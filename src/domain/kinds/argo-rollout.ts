import {failed, finished, type KubectlStatus, waiting} from '../rollout-status.ts';
import type {RolloutStep, StepInput} from '../rollout-step.ts';
import type {ArgoRollout} from '../workload.ts';
import {argoLines} from './argo/argo-lines.ts';
import {argoPhase} from './argo/argo-phase.ts';
import {argoRefusal} from './argo/argo-refusal.ts';
import {argoSteps} from './argo/argo-steps.ts';
import {argoUndoTarget} from './argo/argo-undo.ts';
import {shownStatus} from './argo/shown-status.ts';
import {isObserved} from './argo/standing.ts';
import type {Aborting, WorkloadRules} from './workload-rules.ts';

/** An Argo Rollout's rules: its controller's phase and the words of `kubectl argo rollouts`. */
export function argoRolloutRules(rollout: ArgoRollout): WorkloadRules {
	const {restartAt} = rollout;
	return {
		status: () => statusOf(rollout),
		phase: () => argoPhase(rollout),
		undoTarget: (replicaSets, toRevision) => argoUndoTarget(rollout, replicaSets, toRevision),
		refusal: (command, replicaSets) => argoRefusal(command, rollout, replicaSets),
		steps: newReplicaSet => argoSteps(rollout, newReplicaSet),
		nextStep: input => nextStep(rollout, input),
		aborting: rollout.paused ? abortingPaused : aborting,
		pauseField: 'spec.paused',
		restart: {field: 'spec.restartAt', at: restartAt === undefined ? undefined : new Date(restartAt).toISOString(), isTemplate: false},
		commandLines: command => argoLines(command, rollout),
	};
}

const aborting: Aborting = {
	goesBack: true,
	leaves: [
		'Pods and traffic go back to the stable version at once.',
		'Aborted is not rolled back: the template stays the new one, and A tries it again. To go back for good: u.',
	],
	begins: 'The rollout of the same new template begins anew, with its first step.',
};

/** A person's pause holds the numbers of pods even then. argo-rollouts: haltProgress. */
const abortingPaused: Aborting = {
	...aborting,
	goesBack: false,
	leaves: ['It is paused: its pods stay as they are until it is resumed (r), and go back to the stable version only then.', ...aborting.leaves.slice(1)],
};

/** The line of `kubectl argo rollouts status`, which ends with an error where it is degraded. argo-rollouts: cmd/status/status.go. */
function statusOf(rollout: ArgoRollout): KubectlStatus {
	const {phase, message} = shownStatus(rollout);
	const line = message === '' ? phase : `${phase} - ${message}`;
	if (phase === 'Healthy') return finished(line);
	return phase === 'Degraded' ? {...failed(`The rollout is in a degraded state with message: ${message}`), message: line} : waiting(line);
}

/** Which pods its controller waits for: how many it makes is a matter of steps and weights, not of a Deployment's arithmetic. */
function nextStep(rollout: ArgoRollout, {newReplicaSet}: StepInput): RolloutStep {
	if (!isObserved(rollout)) return {kind: 'observe'};
	if (argoPhase(rollout).phase === 'paused') return {kind: 'paused'};
	const more = newReplicaSet === undefined ? 0 : newReplicaSet.desired - newReplicaSet.available;
	return more > 0 ? {kind: 'available', more, last: true} : {kind: 'done'};
}
