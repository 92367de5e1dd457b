import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import {errorOf, isNamespaceTerminating} from '../errors.ts';
import type {Expectations} from '../expectations.ts';
import {keyOf} from '../informer.ts';
import type {Pod, ReplicaSet} from '../kinds.ts';
import type {PodControl} from '../pod-control.ts';
import {slowStart} from '../slow-start.ts';
import {podsToDelete} from './deletion-order.ts';

/** What managing pods needs. */
export interface ReplicaManager {
	readonly expectations: Expectations;
	readonly pods: PodControl;
	/** The pods of all ReplicaSets with the same owner. */
	readonly related: (replicaSet: ReplicaSet) => Iterable<Pod>;
	readonly onCreated: (replicaSet: ReplicaSet, pod: ApiObject) => void;
	readonly now: () => number;
}

/** As many are made or removed in one pass; the rest waits until these have been seen. */
const mostAtOnce = 500;

/** Makes the pods that are missing or removes those that are too many. Gives the first failure (kubernetes: replica_set.go manageReplicas). */
export function manageReplicas(replicaSet: ReplicaSet, active: readonly Pod[], manager: ReplicaManager): Promise<Error | undefined> {
	const surplus = active.length - replicaSet.spec.replicas;
	if (surplus < 0) return createPods(replicaSet, Math.min(mostAtOnce, -surplus), manager);
	if (surplus > 0) return deletePods(replicaSet, active, Math.min(mostAtOnce, surplus), manager);
	return Promise.resolve(undefined);
}

async function createPods(replicaSet: ReplicaSet, count: number, {expectations, pods, onCreated}: ReplicaManager): Promise<Error | undefined> {
	const key = keyOf(replicaSet);
	expectations.expect(key, count, []);
	const {successes, failure} = await slowStart(count, async () => {
		try {
			onCreated(replicaSet, await pods.create(replicaSet, replicaSet.spec.template));
		} catch (error) {
			if (!isNamespaceTerminating(error)) throw errorOf(error);
		}
	});
	// Nobody will see those that were not made.
	for (let missing = count - successes; missing > 0; missing--) expectations.creationObserved(key);
	return failure;
}

async function deletePods(
	replicaSet: ReplicaSet,
	active: readonly Pod[],
	count: number,
	{expectations, pods, related, now}: ReplicaManager,
): Promise<Error | undefined> {
	const key = keyOf(replicaSet);
	const victims = podsToDelete(active, related(replicaSet), count, now());
	expectations.expect(key, 0, victims.map(keyOf));
	let failure: Error | undefined;
	const remove = async (pod: Pod) => {
		try {
			await pods.remove(replicaSet, pod);
		} catch (error) {
			expectations.deletionObserved(key, keyOf(pod));
			if (!isNotFound(error)) failure ??= errorOf(error);
		}
	};
	await Promise.all(victims.map(remove));
	return failure;
}
