import type {WorkloadCommand} from '../../../domain/command.ts';
import {qualifiedName} from '../../../domain/kinds/kind-words.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import type {ConfirmExtras} from './extras.ts';
import {question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** From which ordinal on pods get the new template: a StatefulSet's canary. */
export function partitionConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'set-partition'}>,
	extras: ConfirmExtras,
): ConfirmView {
	const {name} = workload;
	const from = workload.kind === 'StatefulSet' ? (workload.rollingUpdate?.partition ?? 0) : 0;
	return question(state, extras, {
		command,
		name,
		title: `Set the partition of ${name} to ${command.partition}?`,
		object: `${qualifiedName(workload.kind)}/${name}`,
		changes: [{label: 'spec.updateStrategy.rollingUpdate.partition', from: String(from), to: String(command.partition)}],
		notes: [
			command.partition === 0 ? 'All pods get the new template.' : `Pods from ordinal ${command.partition} on get the new template, those below keep theirs.`,
			...ownerNotes(workload, command.kind, extras),
			...staleNotes(state, ['workloads']),
		],
	});
}
