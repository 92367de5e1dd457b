import type {Refusal, WorkloadCommand} from '../../../domain/command.ts';
import {matchesLabels} from '../../../domain/label-selector.ts';
import {firstNewOrdinal, ordinalOf} from '../../../domain/ordinals.ts';
import type {Pod} from '../../../domain/pod.ts';
import {isPodReady} from '../../../domain/pod-availability.ts';
import {podColumns} from '../../../domain/pod-columns.ts';
import type {ReplicaSet} from '../../../domain/replica-set.ts';
import {newReplicaSet, revisionOf} from '../../../domain/revisions.ts';
import {selects} from '../../../domain/service.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import type {ConfirmExtras} from './extras.ts';
import {question} from './question.ts';
import {staleNotes} from './warnings.ts';

/** What deleting a pod would do: what is lost with it, and who makes another one. */
export function deletePodConfirm(
	state: WorkloadState,
	workload: Workload,
	command: Extract<WorkloadCommand, {kind: 'delete-pod'}>,
	extras: ConfirmExtras,
): ConfirmView | {readonly refusal: Refusal} {
	const {name} = workload;
	const pod = state.pods.get(command.uid);
	if (pod === undefined) return {refusal: {message: `pod ${command.pod} is gone already`, hint: undefined}};
	if (pod.deletedAt !== undefined) return {refusal: {message: `pod ${command.pod} is terminating already`, hint: undefined}};
	const {ready, status} = podColumns(pod, state.now);
	return question(state, extras, {
		command,
		name,
		title: `Delete the pod ${pod.name}?`,
		object: `pod/${pod.name}`,
		changes: [{label: 'pod', from: 'there', to: 'deleted'}],
		// Of a pod that crashes again and again: it must not ask anew each time.
		facts: [`${status}, ${ready} ready.`],
		notes: [
			...(isLastReady(state, pod) ? ['It is the only ready pod behind its Service: requests will fail until another one is ready.'] : []),
			successorNote(state, workload, pod),
			'Its logs go with it.',
			...budgetNotes(state, pod),
			...staleNotes(state, ['pods']),
		],
	});
}

function successorNote({replicaSets}: WorkloadState, workload: Workload, pod: Pod): string {
	if (workload.kind === 'StatefulSet' || workload.kind === 'DaemonSet') return sameNameNote(workload, pod, [...replicaSets.values()]);
	const owner = replicaSets.get(pod.ownerUid ?? '');
	if (owner === undefined) return 'Nobody is known that would make another one.';
	if (owner.current > owner.desired) return `${owner.name} has more pods than it shall have: it may make no other one.`;
	const revision = revisionOf(owner);
	return `${owner.name} makes another one at once${revision === undefined ? '' : `, of the same revision ${revision}`}.`;
}

/** The pod of an ordinal, or of a node, comes back: below a partition as it was, else of the newest template, which is how OnDelete goes on. */
function sameNameNote(set: Extract<Workload, {kind: 'StatefulSet' | 'DaemonSet'}>, pod: Pod, revisions: readonly ReplicaSet[]): string {
	const ordinal = set.kind === 'StatefulSet' ? (ordinalOf(pod) ?? 0) : undefined;
	if (set.kind === 'StatefulSet' && ordinal !== undefined && ordinal >= set.ordinalsStart + set.replicas.desired)
		return `${set.name} is to have fewer pods: it makes no other one.`;
	const isKept = set.kind === 'StatefulSet' && ordinal !== undefined && ordinal < firstNewOrdinal(set);
	const next = isKept ? revisions.find(({ownerUid, name}) => ownerUid === set.uid && name === set.currentRevision) : newReplicaSet(set, revisions);
	const revision = next === undefined ? undefined : revisionOf(next);
	const of = revision === undefined ? '' : `, of revision ${revision}${next?.uid === pod.ownerUid ? ' again' : ''}`;
	const what = set.kind === 'StatefulSet' ? `${pod.name} again` : `another one on ${pod.nodeName ?? pod.pinnedTo ?? 'its node'}`;
	return `${set.name} makes ${what} once it is gone${of}.`;
}

/** Deleting is no eviction: no budget is asked. kubernetes: registry/core/pod/storage/eviction.go is the only one that asks. */
function budgetNotes({budgets}: WorkloadState, {labels}: Pod): readonly string[] {
	return [...budgets.values()]
		.filter(({selector}) => selector !== undefined && matchesLabels(selector, labels))
		.map(({name, allowed}) => `The PodDisruptionBudget ${name} is not asked${allowed === 0 ? '; it would allow none' : ''}.`);
}

/** A Service's requests need at least one. */
function isLastReady({services, pods}: WorkloadState, pod: Pod): boolean {
	if (!isPodReady(pod)) return false;
	const behind = [...services.values()].filter(service => selects(service, pod.labels));
	return behind.some(service => ![...pods.values()].some(one => one !== pod && one.deletedAt === undefined && isPodReady(one) && selects(service, one.labels)));
}
