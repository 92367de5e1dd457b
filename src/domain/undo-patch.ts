import type {JsonObject, JsonValue} from './json.ts';
import {lastAppliedAnnotation} from './ownership.ts';
import type {ReplicaSet} from './replica-set.ts';
import {withoutHash} from './same-template.ts';
import type {Workload} from './workload.ts';

/** One operation of an RFC 6902 patch. */
export type PatchOperation = {readonly op: 'test' | 'add' | 'replace' | 'remove'; readonly path: string; readonly value?: JsonValue};

/** Annotations that belong to the Deployment, whatever a revision says: kept from it, never taken from a ReplicaSet. */
const keptAnnotations: ReadonlySet<string> = new Set([
	lastAppliedAnnotation,
	'deployment.kubernetes.io/revision',
	'deployment.kubernetes.io/revision-history',
	'deployment.kubernetes.io/desired-replicas',
	'deployment.kubernetes.io/max-replicas',
	'deprecated.deployment.rollback.to',
]);

/** The Deployment's annotations after an undo; what the old revision does not have is deleted, as kubectl does. */
function undoneAnnotations(workload: Workload, replicaSet: ReplicaSet): JsonObject {
	const isKept = (name: string) => keptAnnotations.has(name) || (workload.release !== undefined && name.includes('rollouts.kruise.io/'));
	const kept = Object.entries(workload.annotations).filter(([name]) => isKept(name));
	const restored = Object.entries(replicaSet.annotations).filter(([name]) => !isKept(name));
	return Object.fromEntries([...kept, ...restored].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * The JSON patch that takes the workload back to the ReplicaSet's template, operation for operation kubectl's. One that is paused is resumed by the
 * same patch, so that it can't be left half done: the field goes, as `rollout resume` leaves it.
 * kubectl: polymorphichelpers/rollback.go getDeploymentPatch, objectresumer.go. Where OpenKruise steers it, its marks on the Deployment stay, and so does its pause:
 * KT/pkg/internal/polymorphichelpers/rollback.go:120-189.
 */
export function undoPatch(workload: Workload, replicaSet: ReplicaSet): readonly PatchOperation[] {
	return [
		{op: 'replace', path: '/spec/template', value: withoutHash(replicaSet.template.raw)},
		{op: 'replace', path: '/metadata/annotations', value: undoneAnnotations(workload, replicaSet)},
		...(workload.paused && workload.release === undefined ? [{op: 'remove', path: '/spec/paused'} as const] : []),
	];
}
