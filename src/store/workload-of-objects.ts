import {isNamedAfter} from '../domain/named-after.ts';
import type {Pod} from '../domain/pod.ts';
import type {FollowedWorkload, State} from './state.ts';
import {focusOf} from './workload-state.ts';

/** Whose a pod is. `followed` undefined: nobody's who is known, or the workload itself was not seen yet. */
export type PodOwner = {readonly kind: 'own'; readonly followed: FollowedWorkload | undefined} | {readonly kind: 'foreign'};

/** Tells the workload of pods; a pod can be seen before its ReplicaSet, and outlive it. */
export function podOwners(state: Pick<State, 'target' | 'workloads' | 'replicaSets'>): (pod: Pick<Pod, 'name' | 'ownerUid'>) => PodOwner {
	const byUid = new Map(Array.from(state.workloads.values(), followed => [followed.workload.uid, followed]));
	const byName = workloadByName(state);
	return ({name, ownerUid}) => {
		const owner = ownerUid === undefined ? undefined : state.replicaSets.get(ownerUid);
		if (owner === undefined) return {kind: 'own', followed: byName({kind: 'Pod', name})};
		const followed = owner.ownerUid === undefined ? undefined : byUid.get(owner.ownerUid);
		return followed === undefined ? {kind: 'foreign'} : {kind: 'own', followed};
	};
}

/** Tells the workload of an object by the object's name. Where only one workload is followed, everything is its. */
export function workloadByName({
	target,
	workloads,
}: Pick<State, 'target' | 'workloads'>): (object: {readonly kind: string; readonly name: string}) => FollowedWorkload | undefined {
	if (target.kind !== 'Service') {
		const name = focusOf({target, workloads, opened: undefined});
		return () => (name === undefined ? undefined : workloads.get(name));
	}
	const rules = Array.from(workloads.values(), followed => ({followed, isOwn: isNamedAfter(followed.workload)}));
	return object => rules.find(({isOwn}) => isOwn(object))?.followed;
}
