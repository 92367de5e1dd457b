import type {WorkloadCommand} from '../../../domain/command.ts';
import {templateContainers} from '../../../domain/template-containers.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** What another image would do. It is sent as it was typed. */
export function imageConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'set-image'}>,
	extras: ConfirmExtras,
): ConfirmView {
	const {name, paused, template} = workload;
	const {container, image, init = false} = command;
	const before = templateContainers(template).find(one => one.name === container && one.init === init);
	return question(state, extras, {
		command,
		name,
		title: `Set the image of ${container} in ${name}?`,
		object: objectOf(workload, command),
		changes: [{label: `image ${container}`, from: before?.image || '(not set)', to: image}],
		notes: [
			paused ? 'It is paused: no pod gets the new image until it is resumed.' : 'A rollout begins at once. Whether the image exists, only its pull will tell.',
			...ownerNotes(workload, command, extras),
			...staleNotes(state, ['workloads']),
		],
	});
}
