import {autoscalerOf} from '../../../domain/autoscaler.ts';
import type {WorkloadCommand} from '../../../domain/command.ts';
import {counted} from '../../../domain/counted.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import {firstNewOrdinal, ordinalNames, ordinalOf, partitionOf} from '../../../domain/ordinals.ts';
import {isPodAvailable} from '../../../domain/pod-availability.ts';
import type {ReplicaSet} from '../../../domain/replica-set.ts';
import {newReplicaSet, runningRevision} from '../../../domain/revisions.ts';
import {templateChanges} from '../../../domain/template-changes.ts';
import {templateReferences} from '../../../domain/template-references.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {canaryOf, standingFact} from './canary.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

/** As many names as one line bears. */
const mostNames = 8;

/** What going to another revision would do: which fields change, and what the revision does not hold. */
export function undoConfirm(state: WorkloadState, workload: Workload, command: Extract<WorkloadCommand, {kind: 'undo'}>, extras: ConfirmExtras): ConfirmView {
	const {name} = workload;
	const canary = canaryOf(state, workload);
	const target = rulesOf(workload).undoTarget([...state.replicaSets.values()], command.toRevision);
	return question(state, extras, {
		command,
		name,
		title: titleOf(command, name),
		object: objectOf(workload, command),
		changes: [
			...(target.kind === 'none' ? [] : changesOf(state, workload, target)),
			...(workload.paused ? [{label: rulesOf(workload).pauseField, from: 'true', to: 'false'}] : []),
		],
		keeps: target.kind === 'none' ? [] : keepsOf(state, workload, target.replicaSet),
		facts: canary === undefined ? [] : [standingFact(canary)],
		notes: [
			...resumeNotes(workload, revisionNow(workload, [...state.replicaSets.values()])),
			...orderedNotes(state, workload),
			...partitionNotes(state, workload, command.toRevision),
			...ownerNotes(workload, command, extras),
			...staleNotes(state, ['workloads', 'revisions']),
		],
	});
}

function titleOf({toRevision, resume}: Extract<WorkloadCommand, {kind: 'undo'}>, name: string): string {
	if (toRevision === undefined) return `${resume === true ? 'Resume and undo' : 'Undo'} the rollout of ${name}?`;
	return resume === true ? `Resume ${name} and go to revision ${toRevision}?` : `Go to revision ${toRevision} of ${name}?`;
}

/** kubectl refuses to undo what is paused, and resuming it first would let the controller roll on meanwhile. */
function resumeNotes({paused}: Workload, revision: string): readonly string[] {
	if (!paused) return [];
	return [`It is paused, which ends with it. Resumed before, the controller would first roll on with revision ${revision}.`];
}

/** The way back of a StatefulSet has a second half. kubernetes/kubernetes#67250. */
function orderedNotes({pods, now}: WorkloadState, workload: Workload): readonly string[] {
	if (workload.kind !== 'StatefulSet' || workload.isParallel) return [];
	const names = new Set(ordinalNames(workload));
	const stuck = [...pods.values()].filter(pod => names.has(pod.name) && pod.deletedAt === undefined && !isPodAvailable(pod, workload.minReadySeconds, now));
	if (stuck.length === 0) return [];
	const which = stuck
		.map(({name}) => name)
		.toSorted()
		.slice(0, mostNames)
		.join(', ');
	return [
		`${which} ${stuck.length === 1 ? 'is' : 'are'} not ready: an ordered StatefulSet replaces no pod before it is, so delete it afterwards (x) if it stays so.`,
	];
}

/** While a release goes on, the Deployment's own number may still be that of the version before. */
function revisionNow(workload: Workload, replicaSets: readonly ReplicaSet[]): string {
	const text = workload.release === undefined ? runningRevision(workload, replicaSets) : newReplicaSet(workload, replicaSets)?.revisionText;
	return text ?? '?';
}

/** A partition holds for the way back, too: what is below it keeps what is undone. */
function partitionNotes({pods, replicaSets}: WorkloadState, workload: Workload, toRevision: number | undefined): readonly string[] {
	if (workload.kind !== 'StatefulSet' || partitionOf(workload) === 0) return [];
	const target = rulesOf(workload).undoTarget([...replicaSets.values()], toRevision);
	if (target.kind === 'none') return [];
	const first = firstNewOrdinal(workload);
	const kept = [...pods.values()].filter(pod => pod.deletedAt === undefined && pod.ownerUid !== target.replicaSet.uid && (ordinalOf(pod) ?? first) < first);
	if (kept.length === 0) return [];
	const names = kept.map(({name}) => name).toSorted();
	const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
	const verb = names.length === 1 ? 'is below the partition and keeps its template' : 'are below the partition and keep their templates';
	return [`${names.slice(0, mostNames).join(', ')}${more} ${verb}: set it lower, too (P).`];
}

function changesOf(
	state: WorkloadState,
	workload: Workload,
	{replicaSet, revision}: {readonly replicaSet: ReplicaSet; readonly revision: number},
): ConfirmView['changes'] {
	const fields = templateChanges(workload.template, replicaSet.template, state.guard);
	return [
		{label: 'revision', from: revisionNow(workload, [...state.replicaSets.values()]), to: String(revision)},
		...fields.map(({path, from, to}) => ({label: path.replace(/^spec\./, ''), from: from ?? '(not set)', to: to ?? '(not set)'})),
	];
}

/** A revision is a template: what it only refers to, and how many pods there are, is not undone. kubernetes#25236. */
function keepsOf(state: WorkloadState, workload: Workload, replicaSet: ReplicaSet): readonly string[] {
	const {desired} = workload.replicas;
	const {configMaps, secrets} = templateReferences(replicaSet.template);
	const scaler = autoscalerOf(state.autoscalers.values(), workload);
	const names = [...configMaps.map(name => `ConfigMap ${name}`), ...secrets.map(name => `Secret ${name}`)];
	return [
		counted(desired, 'replica'),
		...(scaler === undefined ? [] : [`autoscaler ${scaler.name} (${scaler.min} to ${scaler.max})`]),
		...names.slice(0, mostNames),
		...(names.length > mostNames ? [`and ${names.length - mostNames} more`] : []),
	];
}
