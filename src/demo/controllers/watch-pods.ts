import type {ApiObject} from '../api-object.ts';
import type {Expectations} from './expectations.ts';
import {type Informer, keyOf, type OnChange} from './informer.ts';
import type {LabelSelector, Pod} from './kinds.ts';
import {controllerOf, findController} from './owners.ts';
import {isReady} from './pods.ts';
import {isEmptySelector, selects} from './selectors.ts';

/** An object that has pods. */
interface PodOwner extends ApiObject {
	readonly spec: {readonly selector: LabelSelector; readonly minReadySeconds?: number};
}

/** Whose pods are watched, and what is done about their changes. */
export interface PodWatch<Owner extends PodOwner> {
	readonly kind: string;
	readonly owners: Pick<Informer<Owner, 'namespace'>, 'get' | 'with'>;
	/** What the owners expect, where they do. */
	readonly expectations?: Expectations;
	readonly wake: (owner: Owner) => void;
	/** One of its pods has become ready, and will be available after this time. */
	readonly wakeAfter: (owner: Owner, delayMs: number) => void;
}

/** Wakes the owners that a pod's change concerns, and ticks off what they expected (kubernetes: replica_set.go addPod, updatePod, deletePod). */
export function watchPods<Owner extends PodOwner>({kind, owners, expectations, wake, wakeAfter}: PodWatch<Owner>): OnChange<Pod> {
	const wakeKnown = (owner: Owner | undefined) => owner !== undefined && wake(owner);
	const managerOf = (pod: Pod) => findController(controllerOf(pod), kind, pod.metadata.namespace, owners.get);
	const wakeAll = (pod: Pod) => {
		for (const owner of owners.with('namespace', pod.metadata.namespace)) {
			const {selector} = owner.spec;
			if (!isEmptySelector(selector) && selects(selector, pod.metadata.labels)) wake(owner);
		}
	};
	const removed = (pod: Pod) => {
		const owner = managerOf(pod);
		if (owner === undefined) return;
		expectations?.deletionObserved(keyOf(owner), keyOf(pod));
		wake(owner);
	};
	const added = (pod: Pod) => {
		if (pod.metadata.deletionTimestamp !== undefined) return removed(pod);
		if (controllerOf(pod) === undefined) return wakeAll(pod);
		const owner = managerOf(pod);
		if (owner === undefined) return;
		expectations?.creationObserved(keyOf(owner));
		wake(owner);
	};
	const updated = (before: Pod, now: Pod) => {
		if (now.metadata.deletionTimestamp !== undefined) return removed(now);
		const hasNewManager = controllerOf(before)?.uid !== controllerOf(now)?.uid;
		if (hasNewManager) wakeKnown(managerOf(before));
		const owner = managerOf(now);
		wakeKnown(owner);
		if (controllerOf(now) === undefined && (hasNewManager || !sameLabels(before, now))) wakeAll(now);
		const {minReadySeconds = 0} = owner?.spec ?? {};
		if (owner !== undefined && minReadySeconds > 0 && !isReady(before) && isReady(now)) wakeAfter(owner, minReadySeconds * 1_000);
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
