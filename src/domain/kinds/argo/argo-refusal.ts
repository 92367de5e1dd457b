import type {Refusal, StepCommand, WorkloadCommand} from '../../command.ts';
import {counted} from '../../counted.ts';
import {imageRefusalOf} from '../../refusal.ts';
import type {ReplicaSet} from '../../replica-set.ts';
import {ownReplicaSets, revisionOf} from '../../revisions.ts';
import {sameTemplate} from '../../same-template.ts';
import type {ArgoRollout} from '../../workload.ts';
import {unable} from '../unable.ts';
import {argoUndoTarget} from './argo-undo.ts';
import {promotionOf} from './promotion.ts';
import {shownStatus} from './shown-status.ts';
import {currentStep, isObserved, isPromoted, isUnpausing} from './standing.ts';

/** Why a command can't act, in the plugin's words where it has any: it sends much that does nothing, and says that it was done. */
export function argoRefusal(command: WorkloadCommand, rollout: ArgoRollout, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	switch (command.kind) {
		case 'pause':
			return rollout.paused ? says(rollout, 'is already paused', 'r lets it go on') : undefined;
		case 'resume':
			return rollout.paused ? undefined : says(rollout, 'is not paused by anybody', heldHint(rollout));
		case 'undo':
			return undoRefusal(command.toRevision, rollout, replicaSets);
		case 'scale':
			return command.replicas === rollout.replicas.desired
				? says(rollout, `is already to have ${counted(command.replicas, 'replica')}`, 'type another number')
				: undefined;
		case 'set-image':
			return templateMissing(rollout) ?? imageRefusalOf(command, rollout);
		case 'restart':
		case 'delete-pod':
			return undefined;
		case 'set-partition':
			return unable('ArgoRollout', command.kind);
		case 'to-step':
			return {message: 'Argo Rollouts has no command that goes to a step of choice', hint: 'n goes on to the next one, N past all of them'};
		default:
			return stepRefusal(command.kind, rollout);
	}
}

const says = ({name}: ArgoRollout, what: string, hint: string): Refusal => ({message: `rollout "${name}" ${what}`, hint});

function heldHint(rollout: ArgoRollout): string {
	return rollout.status.pauses.length > 0 ? 'it waits at a step: n continues' : 'nothing to resume';
}

function undoRefusal(toRevision: number | undefined, rollout: ArgoRollout, replicaSets: readonly ReplicaSet[]): Refusal | undefined {
	const target = argoUndoTarget(rollout, replicaSets, toRevision);
	if (target.kind === 'none') {
		const known = ownReplicaSets(rollout, replicaSets).flatMap(one => revisionOf(one) ?? []);
		return {message: target.message, hint: known.length === 0 ? 'there is no earlier revision to go to' : `revisions in the history: ${known.join(', ')}`};
	}
	const missing = templateMissing(rollout);
	if (missing !== undefined) return missing;
	if (!sameTemplate(target.replicaSet.template, rollout.template)) return undefined;
	return {message: `skipped rollback (current template already matches revision ${toRevision ?? 0})`, hint: 'choose another revision'};
}

/** The template is in another object, which can't be read or is of a kind that the plugin can't change. */
function templateMissing({workloadRef}: ArgoRollout): Refusal | undefined {
	if (workloadRef === undefined || workloadRef.holder !== undefined) return undefined;
	return {
		message: `its template is in ${workloadRef.kind} "${workloadRef.name}", which has not been seen`,
		hint: 'look whether it exists, and whether you may read it',
	};
}

/** What every step needs: a rollout that goes on, as the controller knows it. */
function stepRefusal(kind: Exclude<StepCommand['kind'], 'to-step'>, rollout: ArgoRollout): Refusal | undefined {
	const {abort} = rollout.status;
	if (!isObserved(rollout)) return says(rollout, 'has been changed, and the controller has not seen it yet', 'wait a moment, then repeat');
	if (kind === 'retry') return abort ? undefined : says(rollout, 'is not aborted', 'there is nothing to retry');
	if (abort) return says(rollout, 'is aborted', 'A retries it, u goes back to the revision before');
	if (kind === 'continue') return continueRefusal(rollout);
	if (isPromoted(rollout)) return rollout.paused && kind === 'promote-full' ? undefined : over(rollout);
	return kind === 'promote-full' && rollout.status.promoteFull ? says(rollout, 'is being promoted already', 'wait until its pods are ready') : undefined;
}

const over = (rollout: ArgoRollout) => says(rollout, 'has no rollout under way', 'nothing is left to do: the newest version is the stable one');

function continueRefusal(rollout: ArgoRollout): Refusal | undefined {
	const {status, spec} = promotionOf(rollout, false);
	if (isUnpausing(rollout)) return says(rollout, 'was told to go on already', 'wait a moment');
	if (spec !== undefined) return undefined;
	if (isPromoted(rollout) && shownStatus(rollout).phase !== 'Paused') return over(rollout);
	const current = currentStep(rollout);
	if (current !== undefined && current.step === undefined) return says(rollout, 'has done all its steps', 'its last pods are on their way');
	return status === undefined ? says(rollout, 'does not wait for anybody', 'it goes on by itself; N promotes it at once') : undefined;
}
