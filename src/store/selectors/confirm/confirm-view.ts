import type {Refusal, WorkloadCommand} from '../../../domain/command.ts';
import {kindWords} from '../../../domain/kinds/kind-words.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import {partitionOf} from '../../../domain/ordinals.ts';
import type {Workload} from '../../../domain/workload.ts';
import {sightOf} from '../../../domain/workload-sight.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {refusalOf, unreadHistory} from '../abilities.ts';
import {deletePodConfirm} from './delete-pod-confirm.ts';
import type {ConfirmExtras} from './extras.ts';
import {imageConfirm} from './image-confirm.ts';
import {partitionConfirm} from './partition-confirm.ts';
import {pauseConfirm} from './pause-confirm.ts';
import {restartConfirm} from './restart-confirm.ts';
import {scaleConfirm} from './scale-confirm.ts';
import {stepConfirm} from './step-confirm.ts';
import {undoConfirm} from './undo-confirm.ts';

/** What a command would do, for the dialog that asks; or why it can't act. Never sends anything. */
export function confirmView(state: WorkloadState, asked: WorkloadCommand, extras: ConfirmExtras = {}): ConfirmView | {readonly refusal: Refusal} {
	const {workload, target} = state;
	if (workload === undefined)
		return {refusal: {message: `${kindWords[target.kind].short}/${target.name} has not been seen yet`, hint: 'wait for the first list'}};
	const command = withSight(state, workload, asked);
	const refusal = refusalOf(workload, command, [...state.replicaSets.values()], unreadHistory(state.streams.revisions));
	return refusal === undefined ? questionOf(state, workload, command, extras) : {refusal};
}

/** The command with what the person sees now: what is something else by the time that it is sent is not changed. */
function withSight(state: WorkloadState, workload: Workload, command: WorkloadCommand): WorkloadCommand {
	const seen = sightOf(workload);
	if (command.kind === 'scale') return {...command, from: workload.replicas.desired, seen};
	if (command.kind === 'set-partition') return {...command, from: partitionOf(workload), seen};
	if (command.kind === 'to-step') return {...command, from: (rulesOf(workload).steps()?.current ?? 0) + 1, seen};
	if (command.kind !== 'undo') return {...command, seen};
	// Asked again of the command that it would send, the question must be the same to the letter.
	const {resume: _resume, seen: _seen, ...undo} = command;
	const target = rulesOf(workload).undoTarget([...state.replicaSets.values()], command.toRevision);
	const undoTo = target.kind === 'target' ? target.revision : undefined;
	return {...undo, ...(workload.paused ? {resume: true} : {}), seen: {...seen, undoTo}};
}

function questionOf(state: WorkloadState, workload: Workload, command: WorkloadCommand, extras: ConfirmExtras): ConfirmView | {readonly refusal: Refusal} {
	switch (command.kind) {
		case 'pause':
		case 'resume':
			return pauseConfirm(state, workload, command, extras);
		case 'undo':
			return undoConfirm(state, workload, command, extras);
		case 'scale':
			return scaleConfirm(state, workload, command, extras);
		case 'restart':
			return restartConfirm(state, workload, command, extras);
		case 'set-image':
			return imageConfirm(state, workload, command, extras);
		case 'continue':
		case 'promote-full':
		case 'abort':
		case 'retry':
		case 'to-step':
			return stepConfirm(state, workload, command, extras);
		case 'set-partition':
			return partitionConfirm(state, workload, command, extras);
		case 'delete-pod':
			return deletePodConfirm(state, workload, command, extras);
	}
}
