import type {WorkloadCommand} from '../../../domain/command.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import {firstNewOrdinal, wantedNew} from '../../../domain/ordinals.ts';
import {fencepostsOf} from '../../../domain/rollout-arithmetic.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** What a restart would do: mostly another template that differs in nothing but a time, and all that follows from a template. */
export function restartConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'restart'}>,
	extras: ConfirmExtras,
): ConfirmView {
	const {name} = workload;
	const {restart} = rulesOf(workload);
	return question(state, extras, {
		command,
		name,
		title: `Restart ${name}?`,
		object: objectOf(workload, command),
		changes: [{label: restart.field, from: restart.at ?? '(not set)', to: 'now'}],
		notes: [replacementNote(workload), ...ownerNotes(workload, command, extras), ...staleNotes(state, ['workloads'])],
	});
}

/** How many go at a time, in pods. */
function replacementNote(workload: Workload): string {
	const {strategy} = workload;
	const desired = wantedNew(workload);
	if (desired === 0) return 'There is no pod to be replaced: it counts for the next one.';
	if (!rulesOf(workload).restart.isTemplate)
		return 'No new revision: pods that are older than that end, a few at a time, and are made again, each of its own template.';
	if (strategy.type === 'OnDelete') return 'No pod is replaced until somebody deletes it (update strategy OnDelete; x deletes the marked pod).';
	if (strategy.type === 'Recreate')
		return `${desired === 1 ? 'Its one pod ends' : `All ${desired} pods end`} before new ones are made: nothing answers meanwhile (strategy Recreate).`;
	const {surge, unavailable} = fencepostsOf(workload);
	if (workload.kind === 'StatefulSet' && desired < workload.replicas.desired)
		return `A new revision of the same template replaces ${desired} of ${workload.replicas.desired} pods, those from ordinal ${firstNewOrdinal(workload)} on, ${unavailable} at a time. The others keep what they have (partition).`;
	return `A new revision of the same template replaces ${desired === 1 ? 'its one pod' : `all ${desired} pods`}, with up to ${surge === 0 ? '' : `${surge} more and `}${unavailable} fewer at a time.`;
}
