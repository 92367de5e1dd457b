import type {Refusal, WorkloadCommand} from '../../domain/command.ts';
import {qualifiedPlural} from '../../domain/kinds/kind-words.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import {partitionOf} from '../../domain/ordinals.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import {templateContainers} from '../../domain/template-containers.ts';
import type {Workload} from '../../domain/workload.ts';
import type {State, StreamState} from '../state.ts';
import type {Abilities} from '../views.ts';

/** What is asked of the kind's rules: what a person may type later is something that would change. */
function probes(workload: Workload): readonly WorkloadCommand[] {
	const [first] = templateContainers(workload.template);
	const current = rulesOf(workload).steps()?.current ?? 0;
	return [
		{kind: 'pause'},
		{kind: 'resume'},
		{kind: 'undo', toRevision: undefined, ...(workload.paused ? {resume: true} : {})},
		{kind: 'scale', replicas: workload.replicas.desired + 1},
		{kind: 'restart'},
		{kind: 'set-image', container: first?.name ?? '', image: 'example.com/another:image', init: first?.init},
		{kind: 'continue'},
		{kind: 'promote-full'},
		{kind: 'abort'},
		{kind: 'retry'},
		{kind: 'to-step', step: current === 0 ? 2 : 1},
		{kind: 'set-partition', partition: partitionOf(workload) + 1},
	];
}

/** Why the workload's history is not known; before its first list nobody can say that there is none. */
export function unreadHistory({synced, condition}: StreamState): string | undefined {
	if (synced) return undefined;
	return condition.kind === 'forbidden' ? `its revisions can't be read: ${condition.reason}` : 'its revisions have not been read yet';
}

/** Why the command can't act on the workload as it stands: by its kind's rules, or because its history is not known (`unread`). */
export function refusalOf(workload: Workload, command: WorkloadCommand, replicaSets: readonly ReplicaSet[], unread: string | undefined): Refusal | undefined {
	if (command.kind === 'undo' && unread !== undefined) return {message: unread, hint: undefined};
	return rulesOf(workload).refusal(command, replicaSets);
}

/** What the workload's kind can't do, or not as it stands, in the words of its own rules. `unread`: why its history is not known. */
export function abilitiesOf(workload: Workload | undefined, replicaSets: State['replicaSets'], unread: string | undefined): Abilities {
	if (workload === undefined) return {};
	const all = [...replicaSets.values()];
	const refused = probes(workload).flatMap(command => {
		const refusal = refusalOf(workload, command, all, unread);
		return refusal === undefined ? [] : [[command.kind, reasonOf(refusal, workload)] as const];
	});
	return {...Object.fromEntries(refused), ...(unread === undefined ? {} : {history: unread})};
}

/** Whose screen it is need not be said on it: `already paused; resume it to let the rollout go on`. */
function reasonOf({message, hint}: Refusal, {kind, name}: Workload): string {
	const whose = `${qualifiedPlural(kind)} "${name}" `;
	const what = message.startsWith(whose) ? message.slice(whose.length).replace(/^is /, '') : message;
	return hint === undefined ? what : `${what}; ${hint}`;
}
