import type {Refusal, WorkloadCommand} from '../command.ts';
import {refusalOf, targetRefusal} from '../refusal.ts';
import type {KruiseRollout} from '../release.ts';
import type {ReplicaSet} from '../replica-set.ts';
import {type UndoTarget, undoTarget} from '../revisions.ts';
import {rolloutPhase} from '../rollout-phase.ts';
import {kubectlRolloutStatus, waiting} from '../rollout-status.ts';
import {rolloutStep} from '../rollout-step.ts';
import type {Deployment} from '../workload.ts';
import {kindWords} from './kind-words.ts';
import {kruisePatch} from './kruise/patch.ts';
import {kruisePhase} from './kruise/phase.ts';
import {isOfRollout, kruiseRefusal} from './kruise/refusal.ts';
import {isReleasing, kruiseStanding} from './kruise/standing.ts';
import {kruiseSteps} from './kruise/steps.ts';
import {kruiseUndoTarget} from './kruise/undo-target.ts';
import {kubectlLines, patchLine} from './kubectl-lines.ts';
import {templateRestart} from './template-restart.ts';
import type {CommandLine, WorkloadRules} from './workload-rules.ts';

/** The lines that do the same by hand. kubectl itself refuses to undo what OpenKruise has paused; its plugin does not. */
function commandLines(command: WorkloadCommand, deployment: Deployment, rollout: KruiseRollout): readonly CommandLine[] {
	const target = `${kindWords.KruiseRollout.resource}/${rollout.name}`;
	switch (command.kind) {
		case 'pause':
		case 'resume':
		case 'continue':
		case 'to-step': {
			const {body, subresource} = kruisePatch(command, rollout);
			return [patchLine(target, body, subresource)];
		}
		case 'undo': {
			const revision = command.toRevision === undefined ? [] : [`--to-revision=${command.toRevision}`];
			const undo = {program: ['kubectl', 'kruise'], words: ['rollout', 'undo', `rollout/${rollout.name}`, ...revision]};
			return command.resume === true ? [undo, patchLine(target, kruisePatch({kind: 'resume'}, rollout).body)] : [undo];
		}
		default:
			return kubectlLines(command, deployment);
	}
}

/** What is asked of a Deployment whose pause is not its own: kubectl would refuse to undo or restart it. */
export function steeredRefusal(
	command: WorkloadCommand,
	deployment: Deployment,
	replicaSets: readonly ReplicaSet[],
	target: () => UndoTarget,
): Refusal | undefined {
	if (command.kind === 'undo') return targetRefusal(target(), command.toRevision, deployment, replicaSets);
	return refusalOf(command, {...deployment, paused: false}, replicaSets);
}

/** The rules of a Deployment that an OpenKruise Rollout steers: in the middle of a release the Rollout's, else the Deployment's. */
export function kruiseRules(deployment: Deployment, rollout: KruiseRollout): WorkloadRules {
	const releasing = isReleasing(rollout);
	const target: WorkloadRules['undoTarget'] = (replicaSets, toRevision) => (releasing ? kruiseUndoTarget : undoTarget)(deployment, replicaSets, toRevision);
	return {
		status: revision => {
			// Until the first step its message is the last rollout's.
			if (kruiseStanding(rollout).kind === 'preparing') return waiting('the rollout is being prepared');
			if (releasing) return waiting(rollout.message);
			return kubectlRolloutStatus(deployment, revision);
		},
		phase: (objects, pods, deadlineBefore) => kruisePhase(deployment, rollout) ?? rolloutPhase(objects, pods, deadlineBefore),
		undoTarget: target,
		refusal: (command, replicaSets) => {
			if (isOfRollout(command)) return kruiseRefusal(command, rollout);
			return steeredRefusal(command, deployment, replicaSets, () => target(replicaSets, command.kind === 'undo' ? command.toRevision : undefined));
		},
		steps: () => kruiseSteps(rollout),
		nextStep: input => (releasing ? {kind: 'paused'} : rolloutStep(input)),
		aborting: undefined,
		pauseField: 'spec.strategy.paused',
		restart: templateRestart(deployment.template),
		commandLines: command => commandLines(command, deployment, rollout),
	};
}
