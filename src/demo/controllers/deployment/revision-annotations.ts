import type {Deployment, ReplicaSet} from '../kinds.ts';
import {limitsOf} from './limits.ts';

type Annotations = Readonly<Record<string, string>>;

/** The number of a template in the Deployment's history. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
/** The desired count of the Deployment when the ReplicaSet was last sized. */
export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
/** The most pods that the Deployment could have then. */
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';

const notCopied = new Set([
	'kubectl.kubernetes.io/last-applied-configuration',
	revisionAnnotation,
	historyAnnotation,
	desiredReplicasAnnotation,
	maxReplicasAnnotation,
	'deprecated.deployment.rollback.to',
]);
const longestHistory = 2_000;

/** A revision as it is written: 0 when it is absent, undefined when it is no number. */
function revisionIn(annotations: Annotations | undefined): number | undefined {
	const text = annotations?.[revisionAnnotation];
	if (text === undefined || text === '') return 0;
	return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The revision of a ReplicaSet; 0 for one without a readable one. */
export function revisionOf({metadata}: Pick<ReplicaSet, 'metadata'>): number {
	return revisionIn(metadata.annotations) ?? 0;
}

/** The revision that the newest ReplicaSet must have: one more than all others (kubernetes: deployment_util.go MaxRevision). */
export function nextRevision(old: readonly ReplicaSet[]): number {
	return Math.max(0, ...old.map(revisionOf)) + 1;
}

/** A count that an annotation holds; undefined when it is absent or unreadable. */
export function countAnnotation({metadata}: ReplicaSet, name: string): number | undefined {
	const text = metadata.annotations?.[name];
	const count = text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
	return count <= 2_147_483_647 ? count : undefined;
}

/** What every scaling writes on a ReplicaSet. */
export function sizeAnnotations(deployment: Deployment): Annotations {
	const {replicas} = deployment.spec;
	return {[desiredReplicasAnnotation]: String(replicas), [maxReplicasAnnotation]: String(replicas + limitsOf(deployment).surge)};
}

/** Whether two sets of annotations agree in all of the second one. */
export function hasAnnotations(annotations: Annotations | undefined, wanted: Annotations): boolean {
	return Object.entries(wanted).every(([key, value]) => annotations?.[key] === value);
}

/**
 * The newest ReplicaSet's annotations: those of its Deployment copied, and the revision; the number that it had before goes to its history
 * (kubernetes: deployment_util.go SetNewReplicaSetAnnotations).
 */
export function newestAnnotations(deployment: Deployment, known: Annotations | undefined, revision: number): Annotations {
	const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !notCopied.has(key));
	const annotations = {...known, ...Object.fromEntries(copied)};
	const before = revisionIn(known);
	if (before === undefined || before >= revision) return annotations;
	const numbered = {...annotations, [revisionAnnotation]: String(revision)};
	const old = known?.[revisionAnnotation];
	return old === undefined ? numbered : {...numbered, ...history(known?.[historyAnnotation], old)};
}

function history(known: string | undefined, revision: string): Annotations {
	if (known === undefined || known.split(',')[0] === '') return {[historyAnnotation]: revision};
	const revisions = known.split(',');
	let length = known.length + revision.length + 1;
	while (length > longestHistory && revisions.length > 0) length -= (revisions.shift()?.length ?? 0) + 1;
	return length > longestHistory ? {} : {[historyAnnotation]: [...revisions, revision].join(',')};
}
