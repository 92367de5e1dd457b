import type {Refusal, WorkloadCommand} from '../../domain/command.ts';
import {kubectlCommand} from '../../domain/kubectl-command.ts';
import {refusalOf} from '../../domain/refusal.ts';
import {undoTarget} from '../../domain/revisions.ts';
import {templateChanges} from '../../domain/template-changes.ts';
import {templateContainers} from '../../domain/template-containers.ts';
import type {Workload} from '../../domain/workload.ts';
import type {State} from '../state.ts';
import type {ConfirmView} from '../views.ts';
import type {WorkloadState} from '../workload-state.ts';
import {type ConfirmExtras, lastApplied, placeOf} from './confirm-extras.ts';
import {scaleConfirm} from './scale-confirm.ts';

/** What a command would do, for the dialog that asks; or why it can't act. Never sends anything. */
export function confirmView(state: WorkloadState, command: WorkloadCommand, extras: ConfirmExtras = {}): ConfirmView | {readonly refusal: Refusal} {
	const {workload, target} = state;
	if (workload === undefined) return {refusal: {message: `deploy/${target.name} has not been seen yet`, hint: 'wait for the first list'}};
	const replicaSets = [...state.replicaSets.values()];
	const refusal = refusalOf(command, workload, replicaSets);
	if (refusal !== undefined) return {refusal};
	return command.kind === 'scale' ? scaleConfirm(state, workload, command, extras) : rolloutConfirm(state, workload, command, extras);
}

type RolloutCommand = Exclude<WorkloadCommand, {kind: 'scale'}>;

function rolloutConfirm(state: WorkloadState, workload: Workload, command: RolloutCommand, {kubeconfig}: ConfirmExtras): ConfirmView {
	const {target} = state;
	return {
		command,
		title: titleOf(command, target.name),
		...placeOf(state),
		object: `deployment.apps/${target.name}`,
		changes: changesOf(state, workload, command),
		notes: notesOf(state, workload, command),
		kubectl: kubectlCommand(command, {...placeOf(state), name: target.name, kubeconfig}),
	};
}

function titleOf(command: RolloutCommand, name: string): string {
	switch (command.kind) {
		case 'pause':
			return `Pause the rollout of ${name}?`;
		case 'resume':
			return `Resume the rollout of ${name}?`;
		case 'undo':
			return command.toRevision === undefined ? `Undo the rollout of ${name}?` : `Go to revision ${command.toRevision} of ${name}?`;
		case 'restart':
			return `Restart ${name}?`;
		case 'set-image':
			return `Set the image of ${command.container} in ${name}?`;
		case 'delete-pod':
			return `Delete pod ${command.pod}?`;
	}
}

function changesOf(state: State, workload: Workload, command: RolloutCommand): ConfirmView['changes'] {
	if (command.kind === 'pause') return [{label: 'spec.paused', from: 'false', to: 'true'}];
	if (command.kind === 'resume') return [{label: 'spec.paused', from: 'true', to: 'false'}];
	if (command.kind === 'restart' || command.kind === 'delete-pod') return [];
	if (command.kind === 'set-image') return [{label: command.container, from: imageOf(command, workload), to: command.image}];
	const replicaSets = [...state.replicaSets.values()];
	const target = undoTarget(workload, replicaSets, command.toRevision);
	if (target.kind === 'none') return [];
	const from = workload.revisionText ?? '?';
	const to = String(target.revision);
	const fields = templateChanges(workload.template, target.replicaSet.template, state.guard);
	return [{label: 'revision', from, to}, ...fields.map(({path, from, to}) => ({label: path, from: from ?? '(not set)', to: to ?? '(not set)'}))];
}

function imageOf({container, init = false}: Extract<WorkloadCommand, {kind: 'set-image'}>, {template}: Workload): string {
	return templateContainers(template).find(one => one.name === container && one.init === init)?.image ?? '(not set)';
}

function notesOf(state: State, workload: Workload, command: RolloutCommand): readonly string[] {
	if (command.kind === 'pause') return ['Pods stay as they are: nothing is rolled on or back until it is resumed.'];
	if (command.kind === 'resume') return ['The rollout goes on at once.'];
	if (command.kind === 'restart') return ['All pods are replaced by new ones of the same template, as the strategy has it.'];
	if (command.kind === 'delete-pod') return ['It ends with the grace that it has itself.'];
	if (command.kind === 'set-image') return [];
	const notes = ['The number of replicas, ConfigMaps and Secrets stay as they are.'];
	if (workload.annotations[lastApplied] !== undefined)
		notes.push('It was made with `kubectl apply`: the next apply of the same file brings the newer template back.');
	if (state.streams.replicasets.condition.kind !== 'live') notes.push('The ReplicaSets are not live: the list of revisions may be old.');
	return notes;
}
