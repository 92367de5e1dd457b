import type {WorkloadCommand} from '../../../domain/command.ts';
import {historyKind, isWorkloadKind, kindWords, type TargetKind} from '../../../domain/kinds/kind-words.ts';
import {lastAppliedAnnotation, type Owner, ownersOf, ownerText} from '../../../domain/ownership.ts';
import type {Service} from '../../../domain/service.ts';
import type {StreamName} from '../../../domain/stream.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {State} from '../../state.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectName, objectOf} from './question.ts';

/** Who may take the change back, each in a sentence. */
export function ownerNotes(workload: Workload, command: WorkloadCommand, {upkeep}: ConfirmExtras): readonly string[] {
	const {kind} = command;
	// What is written to what steers it from above is taken back by who keeps that, not by that itself.
	const {release} = workload;
	const above = release !== undefined && objectOf(workload, command) !== objectName(workload) ? release : undefined;
	const known = above === undefined && upkeep?.uid === workload.uid ? upkeep : undefined;
	const what = kind === 'scale' ? 'the number, if its manifest sets one' : 'this';
	return ownersOf(known ?? above ?? workload)
		.filter(owner => takesBack(owner, kind, workload))
		.map(owner => ownerText(owner, {reconciling: known?.reconciling, what}));
}

/** Who may take another selector back. */
export function serviceOwnerNotes({uid}: Service, {upkeep}: ConfirmExtras): readonly string[] {
	if (upkeep?.uid !== uid) return [];
	return ownersOf(upkeep).map(owner => ownerText(owner, {reconciling: upkeep.reconciling}));
}

/**
 * Fields that a manifest doesn't have stay as others set them, so that pausing and restarting last; but Flux removes what kubectl's managers wrote.
 * flux: kustomize-controller, the managers whose fields are cleaned up at each apply.
 */
function takesBack({kind: owner}: Owner, kind: WorkloadCommand['kind'], workload: Workload): boolean {
	if (kind === 'pause' || kind === 'resume') return owner === 'flux-kustomization';
	return kind !== 'scale' || owner !== 'kubectl-apply' || /"replicas":\s*\d/.test(workload.annotations[lastAppliedAnnotation] ?? '');
}

function streamNotes(target: TargetKind): readonly (readonly [StreamName, string])[] {
	const kind = isWorkloadKind(target) ? target : 'Deployment';
	return [
		['workloads', `The ${kindWords[kind].kind} is not live: it may have changed meanwhile. The API server is asked before anything is sent.`],
		['revisions', `The ${historyKind(kind)}s are not live: the list of revisions may be old.`],
		['pods', 'The pods are not live: their counts may be old.'],
	];
}

/** What of the shown may be old. */
export function staleNotes({streams, target}: Pick<State, 'streams' | 'target'>, shown: readonly StreamName[]): readonly string[] {
	return streamNotes(target.kind)
		.filter(([name]) => shown.includes(name) && streams[name].condition.kind !== 'live')
		.map(([, text]) => text);
}
