import {isJsonObject} from './json-kind.ts';
import {isObserved} from './kinds/argo/standing.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisionNumber} from './revision-number.ts';
import {argoHashLabel, sameTemplate} from './same-template.ts';
import type {Workload} from './workload.ts';

/** Annotation with the numbers that a ReplicaSet's template had before it was used again. */
export const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
export const changeCauseAnnotation = 'kubernetes.io/change-cause';

/** A numbered template in the history of a workload. */
export type Revision = {
	readonly revision: number;
	readonly replicaSet: ReplicaSet;
	readonly images: readonly string[];
	readonly changeCause: string | undefined;
	/** It is the template of the workload now. */
	readonly current: boolean;
	/** Numbers that it had before, oldest first. */
	readonly previousNumbers: readonly number[];
};

/** What an undo would go to, or why there is nothing, in kubectl's words. */
export type UndoTarget =
	| {readonly kind: 'target'; readonly replicaSet: ReplicaSet; readonly revision: number}
	| {readonly kind: 'none'; readonly message: string};

function byCreation(left: ReplicaSet, right: ReplicaSet): number {
	const age = (left.createdAt ?? 0) - (right.createdAt ?? 0);
	if (age !== 0) return age;
	if (left.name === right.name) return 0;
	return left.name < right.name ? -1 : 1;
}

/** The workload's ReplicaSets by creation, then name. Others that its selector happens to match belong to somebody else. */
export function ownReplicaSets(workload: Workload, replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
	return replicaSets.filter(replicaSet => replicaSet.ownerUid === workload.uid).sort(byCreation);
}

/**
 * What a StatefulSet's controller, or Argo's, names itself, once it has seen the template: defaults of a newer API, or of none at all in a custom kind, may make
 * templates differ in text.
 */
function namedRevision(workload: Workload, own: readonly ReplicaSet[]): ReplicaSet | undefined {
	if (workload.kind === 'ArgoRollout') {
		const {currentPodHash} = workload.status;
		return isObserved(workload) && currentPodHash !== '' ? own.find(({template}) => template.labels[argoHashLabel] === currentPodHash) : undefined;
	}
	if (workload.kind !== 'StatefulSet' || workload.generation > workload.observedGeneration) return undefined;
	return own.find(({name}) => name === workload.updateRevision);
}

/**
 * The ReplicaSet of the current template: found by the template, never by its date, since an undo uses an old one again. Of several (a hash
 * collision left them) the oldest. Undefined until the controller has made it. kubernetes: deployment_util.go FindNewReplicaSet.
 */
export function newReplicaSet(workload: Workload, replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
	const own = ownReplicaSets(workload, replicaSets);
	return namedRevision(workload, own) ?? own.find(replicaSet => sameTemplate(replicaSet.template, workload.template));
}

/**
 * The number of what the workload's controller has seen last, as it is written there: an annotation of the workload, or the number of its ControllerRevision.
 * `replicaSets` may hold others' too.
 */
export function runningRevision(workload: Workload, replicaSets: readonly ReplicaSet[]): string | undefined {
	if (workload.kind !== 'StatefulSet' && workload.kind !== 'DaemonSet') return workload.revisionText;
	return newReplicaSet(workload, replicaSets)?.revisionText;
}

/** All the workload's ReplicaSets but the new one, by creation. kubernetes: deployment_util.go FindOldReplicaSets. */
export function oldReplicaSets(workload: Workload, replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
	const current = newReplicaSet(workload, replicaSets);
	return ownReplicaSets(workload, replicaSets).filter(replicaSet => replicaSet !== current);
}

/** The ReplicaSet's revision; undefined where it has none (yet) or what stands there is no number. */
export function revisionOf(replicaSet: ReplicaSet): number | undefined {
	const text = replicaSet.revisionText;
	const revision = revisionNumber(text);
	return text !== undefined && revision.kind === 'number' ? revision.value : undefined;
}

/** The revisions that the ReplicaSet had before it was used again, oldest first; empty for one that was used once. */
export function previousRevisionsOf(replicaSet: ReplicaSet): readonly number[] {
	if (replicaSet.formerNumbers !== undefined) return replicaSet.formerNumbers;
	const texts = (replicaSet.annotations[revisionHistoryAnnotation] ?? '').split(',').filter(text => /^\d+$/.test(text));
	return texts.map(Number);
}

/**
 * Whether it has the number for which it was made. A ControllerRevision keeps none of those that it had before: only in an order without gaps can nothing have been
 * used again. `own`: all of the workload, by creation.
 */
export function isUsedOnce(replicaSet: ReplicaSet, own: readonly ReplicaSet[]): boolean {
	if (previousRevisionsOf(replicaSet).length > 0) return false;
	return replicaSet.kind === 'ReplicaSet' || revisionOf(replicaSet) === own.findIndex(({uid}) => uid === replicaSet.uid) + 1;
}

/**
 * The number under which a template comes back that was rolled out before, `running` being the revision until now. Undefined for a ReplicaSet that was made for
 * the change: the watches are separate, so that it can be seen before the change itself.
 */
export function reusedRevision(replicaSet: ReplicaSet, running: string | undefined): number | undefined {
	const number = revisionOf(replicaSet);
	const before = revisionNumber(running);
	const isOld = number !== undefined && (before.kind === 'invalid' || number <= before.value);
	return isOld ? number : previousRevisionsOf(replicaSet).at(-1);
}

/** Text of CHANGE-CAUSE: of the ReplicaSet, else of its template, which only a Deployment's counts; an empty one counts as none. kubectl: polymorphichelpers/history.go. */
export function changeCauseOf(replicaSet: ReplicaSet): string | undefined {
	const {metadata} = replicaSet.template.raw;
	const annotations = isJsonObject(metadata) && replicaSet.kind === 'ReplicaSet' ? metadata.annotations : undefined;
	const inTemplate = isJsonObject(annotations) ? annotations[changeCauseAnnotation] : undefined;
	const cause = replicaSet.annotations[changeCauseAnnotation] || inTemplate;
	return typeof cause === 'string' && cause !== '' ? cause : undefined;
}

/** kubectl's order: old ones by creation, the new one last. */
function inHistoryOrder(workload: Workload, replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
	const current = newReplicaSet(workload, replicaSets);
	const old = oldReplicaSets(workload, replicaSets);
	return current === undefined ? old : [...old, current];
}

/**
 * The history, lowest number first. A ReplicaSet without number counts as 0, one with nonsense is left out, and of two with the same number the
 * later one is meant, as in `kubectl rollout history`. kubectl: polymorphichelpers/history.go.
 */
export function revisions(workload: Workload, replicaSets: readonly ReplicaSet[]): readonly Revision[] {
	const current = newReplicaSet(workload, replicaSets);
	const byNumber = new Map<number, Revision>();
	for (const replicaSet of inHistoryOrder(workload, replicaSets)) {
		const number = revisionNumber(replicaSet.revisionText);
		if (number.kind === 'invalid') continue;
		byNumber.set(number.value, {
			revision: number.value,
			replicaSet,
			images: replicaSet.template.images,
			changeCause: changeCauseOf(replicaSet),
			current: replicaSet === current,
			previousNumbers: previousRevisionsOf(replicaSet),
		});
	}
	return [...byNumber.values()].sort((left, right) => left.revision - right.revision);
}

/** The second-highest revision over all ReplicaSets, which is not always what ran before. */
function previousTarget(workload: Workload, history: readonly ReplicaSet[]): UndoTarget {
	const none = {kind: 'none', message: noHistory(workload)} as const;
	const numbered = history.flatMap(replicaSet => {
		const revision = revisionOf(replicaSet);
		return revision === undefined || revision <= 0 ? [] : [{replicaSet, revision}];
	});
	// The sort is stable: of equal numbers the first one counts as the higher.
	const second = numbered.sort((left, right) => right.revision - left.revision)[1];
	return second === undefined ? none : {kind: 'target', ...second};
}

function noHistory({kind, name}: Workload): string {
	return kind === 'StatefulSet' || kind === 'DaemonSet' ? 'no last revision to roll back to' : `no rollout history found for deployment "${name}"`;
}

/**
 * What `kubectl rollout undo` would go to: `toRevision`, or (undefined or 0) the second-highest number in the history.
 * Refuses with kubectl's text. kubectl: polymorphichelpers/rollback.go deploymentRevision.
 */
export function undoTarget(workload: Workload, replicaSets: readonly ReplicaSet[], toRevision: number | undefined): UndoTarget {
	const history = inHistoryOrder(workload, replicaSets);
	if (toRevision === undefined || toRevision === 0) return previousTarget(workload, history);
	const replicaSet = toRevision > 0 ? history.find(candidate => revisionOf(candidate) === toRevision) : undefined;
	if (replicaSet === undefined) return {kind: 'none', message: `unable to find specified revision ${toRevision} in history`};
	return {kind: 'target', replicaSet, revision: toRevision};
}
