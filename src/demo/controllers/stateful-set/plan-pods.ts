import type {Pod} from '../kinds.ts';
import {isAvailable, isReady, isTerminal} from '../pods.ts';
import {missingIdentity, revisionOf} from './stateful-pod.ts';
import {firstOrdinal, placeOf, type StatefulSet} from './stateful-set.ts';

/** One thing to do about a pod. */
export type PodStep =
	| {readonly kind: 'create'; readonly ordinal: number}
	| {readonly kind: 'delete'; readonly pod: Pod; readonly isUpdate: boolean}
	| {readonly kind: 'label'; readonly pod: Pod; readonly labels: Readonly<Record<string, string>>};

/** Steps in stages: the next stage begins when the one before is done; `atOnce`: within one, order says nothing. */
export interface PodPlan {
	readonly stages: readonly (readonly PodStep[])[];
	readonly atOnce: boolean;
}

/** What is known when a plan is made. */
export interface PodSituation {
	readonly set: StatefulSet;
	/** Its pods, those that are ending too. */
	readonly pods: readonly Pod[];
	/** The name of the ControllerRevision of the newest template. */
	readonly updateRevision: string;
	readonly nowMs: number;
}

interface Places {
	/** By ordinal, from the first one on. */
	readonly replicas: readonly (Pod | undefined)[];
	/** Beyond the desired count; the highest ordinal first. */
	readonly condemned: readonly Pod[];
}

/**
 * What is due now: first the pods that should be there, in order; then those beyond the desired count, from the end; then, one at a time and from the end,
 * those of an older template down to the partition. With `OrderedReady` each waits until the ones before are available
 * (kubernetes: stateful_set_control.go updateStatefulSet; the gate MaxUnavailableStatefulSet is off by default).
 */
export function planPods(situation: PodSituation): PodPlan {
	const {set} = situation;
	const places = placesOf(situation);
	if (set.metadata.deletionTimestamp !== undefined) return {stages: [], atOnce: false};
	if (set.spec.podManagementPolicy === 'Parallel') {
		const replicas = places.replicas.flatMap((pod, index) => dueFor(pod, index + firstOrdinal(set)).steps);
		const condemned = places.condemned.filter(pod => !isEnding(pod)).map(pod => remove(pod));
		return {stages: [replicas, condemned, planUpdate(situation, places)], atOnce: true};
	}
	const labels: PodStep[] = [];
	for (const [index, pod] of places.replicas.entries()) {
		const {steps, isBlocking} = dueFor(pod, index + firstOrdinal(set));
		if (isBlocking) return {stages: [[...labels, ...steps]], atOnce: false};
		if (pod === undefined || !isUsable(pod, situation)) return {stages: [labels], atOnce: false};
		labels.push(...steps);
	}
	const [condemned] = places.condemned;
	if (condemned === undefined) return {stages: [labels, planUpdate(situation, places)], atOnce: false};
	const mayGo = !isEnding(condemned) && (isUsable(condemned, situation) || condemned === lowestUnusable(places, situation));
	return {stages: [labels, mayGo ? [remove(condemned)] : []], atOnce: false};
}

/** The pods at their places: all ordinals from the first one on, and those beyond. */
function placesOf({set, pods}: PodSituation): Places {
	const replicas: (Pod | undefined)[] = Array.from({length: set.spec.replicas}, () => undefined);
	const condemned: Pod[] = [];
	for (const pod of pods) {
		const index = (placeOf(pod)?.ordinal ?? -1) - firstOrdinal(set);
		if (index >= 0 && index < replicas.length) replicas[index] = pod;
		else condemned.push(pod);
	}
	return {replicas, condemned: condemned.toSorted((left, right) => (placeOf(right)?.ordinal ?? 0) - (placeOf(left)?.ordinal ?? 0))};
}

/** What one place of the set needs; `isBlocking`: those after it wait (kubernetes: stateful_set_control.go processReplica). */
function dueFor(pod: Pod | undefined, ordinal: number): {readonly steps: readonly PodStep[]; readonly isBlocking: boolean} {
	if (pod === undefined) return {steps: [{kind: 'create', ordinal}], isBlocking: true};
	if (isTerminal(pod)) return {steps: isEnding(pod) ? [] : [remove(pod)], isBlocking: true};
	const labels = missingIdentity(pod);
	return {steps: labels === undefined ? [] : [{kind: 'label', pod, labels}], isBlocking: false};
}

/** The pod to make way for the newest template. One that is not available holds up all below it, unless it is of an older template itself. */
function planUpdate({set, updateRevision, nowMs}: PodSituation, {replicas}: Places): readonly PodStep[] {
	const {type, rollingUpdate} = set.spec.updateStrategy;
	if (type === 'OnDelete') return [];
	for (let index = replicas.length - 1; index >= (rollingUpdate?.partition ?? 0); index--) {
		const pod = replicas[index];
		if (pod !== undefined && revisionOf(pod) !== updateRevision && !isEnding(pod)) return [remove(pod, true)];
		if (pod === undefined || !isUsable(pod, {set, nowMs})) return [];
	}
	return [];
}

function remove(pod: Pod, isUpdate = false): PodStep {
	return {kind: 'delete', pod, isUpdate};
}

function isEnding({metadata}: Pod): boolean {
	return metadata.deletionTimestamp !== undefined;
}

/** Running, ready for long enough, and not on its way out. */
function isUsable(pod: Pod, {set, nowMs}: Pick<PodSituation, 'set' | 'nowMs'>): boolean {
	return pod.status?.phase === 'Running' && isReady(pod) && isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs) && !isEnding(pod);
}

/** Of all pods that can't be relied on the one with the lowest ordinal: it may go although it isn't usable, so that nothing gets stuck. */
function lowestUnusable({replicas, condemned}: Places, situation: PodSituation): Pod | undefined {
	return [...replicas, ...condemned.toReversed()].find(pod => pod !== undefined && !isUsable(pod, situation));
}
