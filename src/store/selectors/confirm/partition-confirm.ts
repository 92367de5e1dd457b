import type {WorkloadCommand} from '../../../domain/command.ts';
import {counted} from '../../../domain/counted.ts';
import {firstNewOrdinal, partitionOf} from '../../../domain/ordinals.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {canaryOf, measuredFacts, standingFact} from './canary.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** From which ordinal on pods get the new template: a StatefulSet's canary. */
export function partitionConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'set-partition'}>,
	extras: ConfirmExtras,
): ConfirmView {
	const {name} = workload;
	const from = partitionOf(workload);
	const canary = canaryOf(state, workload);
	return question(state, extras, {
		command,
		name,
		title: `Set the partition of ${name} to ${command.partition}?`,
		object: objectOf(workload, command),
		changes: [
			{label: 'partition', from: String(from), to: String(command.partition)},
			{label: 'new template for', from: ordinalsText(workload, from), to: ordinalsText(workload, command.partition)},
		],
		facts: canary === undefined ? [] : [standingFact(canary), ...(canary.newPods > 0 && canary.oldPods > 0 ? measuredFacts(state, canary) : [])],
		notes: [partitionNote(from, command.partition), ...ownerNotes(workload, command, extras), ...staleNotes(state, ['workloads'])],
	});
}

/** Ordinals whose pods get the new template: `pods 3, 4`, `pods 2…9`, `all 5 pods`. */
function ordinalsText(workload: Workload, partition: number): string {
	if (workload.kind !== 'StatefulSet') return '';
	const {ordinalsStart: start} = workload;
	const {desired} = workload.replicas;
	const end = start + desired - 1;
	const first = firstNewOrdinal({ordinalsStart: start, rollingUpdate: {partition}});
	if (first > end) return 'no pod';
	if (first === start) return desired === 1 ? 'its pod' : `all ${counted(desired, 'pod')}`;
	if (first === end) return `pod ${end}`;
	return end - first === 1 ? `pods ${first}, ${end}` : `pods ${first}…${end}`;
}

function partitionNote(from: number, to: number): string {
	if (to > from) return 'Pods below it that have the new template already keep it until they end; only then do they come back with the old one.';
	return 'The rollout goes on at once, the highest ordinal first. P sets it back, which brings no old pod back by itself: u does.';
}
