import {newReplicaSetName} from './new-replica-set-name.ts';
import type {Pod} from './pod.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisionKey} from './revision-key.ts';
import {argoHashLabel, hashLabel} from './same-template.ts';
import type {Workload} from './workload.ts';

/** Made from the current template, or from an earlier one. */
export type PodSide = 'new' | 'old';

/** The objects that a rollout is told by; `replicaSets` may hold others' too. */
export type RolloutObjects = {
	readonly workload: Workload;
	readonly newReplicaSet: ReplicaSet | undefined;
	readonly replicaSets: readonly ReplicaSet[];
};

/**
 * An old ReplicaSet can be deleted before its last pods are gone; their names still tell whose they are: `<workload>-<hash>-<five letters>`. Pods of a StatefulSet or
 * DaemonSet say it themselves.
 */
function isOrphanOf(workload: Workload, pod: Pod): boolean {
	if (pod.ownerUid === workload.uid || pod.ownerUid?.startsWith(revisionKey(workload.uid, '')) === true) return true;
	const hash = pod.labels[hashLabel] ?? pod.labels[argoHashLabel];
	return hash !== undefined && pod.name.startsWith(`${workload.name}-${hash}-`);
}

/** Made from the current template; by its name where the ReplicaSet itself can't be seen. */
function isNewPod({workload, newReplicaSet, replicaSets}: RolloutObjects): (pod: Pod) => boolean {
	if (newReplicaSet !== undefined) return pod => pod.ownerUid === newReplicaSet.uid;
	if (workload.kind === 'StatefulSet' && workload.generation <= workload.observedGeneration) {
		const key = revisionKey(workload.uid, workload.updateRevision);
		return pod => pod.ownerUid === key;
	}
	const name = newReplicaSetName(workload, undefined);
	// With Recreate the controller still speaks of the old one when it has seen the template: the new one is made when all old pods are gone.
	if (name === undefined || replicaSets.some(replicaSet => replicaSet.name === name)) return () => false;
	return pod => pod.name.startsWith(`${name}-`);
}

/**
 * Tells of a pod whether it is the workload's, and on which side of the rollout it stands; undefined for pods of others that the selector
 * happens to match (two Deployments behind one Service share labels).
 */
export function podSide(objects: RolloutObjects): (pod: Pod) => PodSide | undefined {
	const {workload, replicaSets} = objects;
	const owners = new Map(replicaSets.map(replicaSet => [replicaSet.uid, replicaSet.ownerUid]));
	const isNew = isNewPod(objects);
	return pod => {
		if (isNew(pod)) return 'new';
		const owner = pod.ownerUid === undefined ? undefined : owners.get(pod.ownerUid);
		const isOwn = owner === undefined ? isOrphanOf(workload, pod) : owner === workload.uid;
		return isOwn ? 'old' : undefined;
	};
}
