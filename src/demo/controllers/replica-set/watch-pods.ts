import type {Expectations} from '../expectations.ts';
import {type Informer, keyOf, type OnChange} from '../informer.ts';
import type {Pod, ReplicaSet} from '../kinds.ts';
import {controllerOf, findController} from '../owners.ts';
import {isReady} from '../pods.ts';
import {isEmptySelector, selects} from '../selectors.ts';
import type {WorkQueue} from '../work-queue.ts';

/** A ReplicaSet with more pods than this is counted twenty times a second at most: each time all of them are looked at. */
const manyPods = 500;
const batchMs = 50;

/** How long to wait for further changes before a ReplicaSet's pods are counted again. */
export function countingDelayMs({spec, status}: ReplicaSet): number {
	return Math.max(spec.replicas, status?.replicas ?? 0) > manyPods ? batchMs : 0;
}

/** Wakes the ReplicaSets that a pod's change concerns, and ticks off what they expected (kubernetes: replica_set.go addPod, updatePod, deletePod). */
export function watchPods(replicaSets: Informer<ReplicaSet, 'namespace' | 'owner' | 'manager'>, expectations: Expectations, queue: WorkQueue): OnChange<Pod> {
	const wake = (replicaSet: ReplicaSet | undefined) => {
		if (replicaSet !== undefined) queue.addAfter(keyOf(replicaSet), countingDelayMs(replicaSet));
	};
	const managerOf = (pod: Pod) => findController(controllerOf(pod), 'ReplicaSet', pod.metadata.namespace, replicaSets.get);
	const wakeAll = (pod: Pod) => {
		for (const replicaSet of replicaSets.with('namespace', pod.metadata.namespace)) {
			const {selector} = replicaSet.spec;
			if (!isEmptySelector(selector) && selects(selector, pod.metadata.labels)) wake(replicaSet);
		}
	};
	const removed = (pod: Pod) => {
		const replicaSet = managerOf(pod);
		if (replicaSet === undefined) return;
		expectations.deletionObserved(keyOf(replicaSet), keyOf(pod));
		wake(replicaSet);
	};
	const added = (pod: Pod) => {
		if (pod.metadata.deletionTimestamp !== undefined) return removed(pod);
		if (controllerOf(pod) === undefined) return wakeAll(pod);
		const replicaSet = managerOf(pod);
		if (replicaSet === undefined) return;
		expectations.creationObserved(keyOf(replicaSet));
		wake(replicaSet);
	};
	const updated = (before: Pod, now: Pod) => {
		if (now.metadata.deletionTimestamp !== undefined) return removed(now);
		const hasNewManager = controllerOf(before)?.uid !== controllerOf(now)?.uid;
		if (hasNewManager) wake(managerOf(before));
		const replicaSet = managerOf(now);
		wake(replicaSet);
		if (controllerOf(now) === undefined && (hasNewManager || !sameLabels(before, now))) wakeAll(now);
		const {minReadySeconds = 0} = replicaSet?.spec ?? {};
		if (replicaSet !== undefined && minReadySeconds > 0 && !isReady(before) && isReady(now)) queue.addAfter(keyOf(replicaSet), minReadySeconds * 1_000);
	};
	return ({before, now}) => {
		if (before === undefined && now !== undefined) added(now);
		else if (before !== undefined && now === undefined) removed(before);
		else if (before !== undefined && now !== undefined) updated(before, now);
	};
}

function sameLabels({metadata: {labels: left = {}}}: Pod, {metadata: {labels: right = {}}}: Pod): boolean {
	const keys = Object.keys(left);
	return keys.length === Object.keys(right).length && keys.every(key => left[key] === right[key]);
}
