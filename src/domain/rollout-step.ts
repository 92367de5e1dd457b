import type {Pod} from './pod.ts';
import type {ReplicaSet} from './replica-set.ts';
import {fencepostsOf} from './rollout-arithmetic.ts';
import type {Workload} from './workload.ts';

/** What a workload's controller does next, or what it waits for before it can. Counts are pods. */
export type RolloutStep =
	/** It has not yet seen the last change of the spec. */
	| {readonly kind: 'observe'}
	/** Nothing moves until somebody resumes it. */
	| {readonly kind: 'paused'}
	/** The new ReplicaSet is made, or gets so many more. */
	| {readonly kind: 'grow'; readonly by: number; readonly to: number}
	/** The new ReplicaSet has too many: it was scaled. */
	| {readonly kind: 'shrink-new'; readonly by: number}
	/** Old pods are taken away: first those that are not available anyway. */
	| {readonly kind: 'shrink-old'; readonly unhealthy: number; readonly healthy: number}
	/** What was ordered before has first to be done. */
	| {readonly kind: 'settle'}
	/** Recreate: no new pod before so many old ones are gone. */
	| {readonly kind: 'old-gone'; readonly left: number}
	/** So many more pods must be available before anything else can be done. `last`: nothing else is left to do then. */
	| {readonly kind: 'available'; readonly more: number; readonly last: boolean}
	/** Of a StatefulSet: that pod is made; deleted, so that it comes back of the new revision; or taken away, since there are to be fewer. */
	| {readonly kind: 'make-pod' | 'replace-pod' | 'take-pod'; readonly pod: string}
	/** Of a StatefulSet: nothing else is done before that pod is so far. */
	| {readonly kind: 'await-pod'; readonly pod: string; readonly until: 'gone' | 'ready' | 'available'}
	/** OnDelete: so many pods wait for somebody to delete them. */
	| {readonly kind: 'on-delete'; readonly left: number}
	| {readonly kind: 'done'};

export type StepInput = {
	readonly workload: Workload;
	readonly newReplicaSet: ReplicaSet | undefined;
	/** The workload's others, by creation. */
	readonly oldReplicaSets: readonly ReplicaSet[];
	/** Old pods that have not ended, terminating ones too. */
	readonly oldPodsLeft: number;
	/** All of the workload's pods; undefined: they can't be told apart. */
	readonly pods: readonly Pod[] | undefined;
	/** Epoch ms. */
	readonly now: number;
};

const sum = (sets: readonly ReplicaSet[], of: 'desired' | 'available' | 'current') => sets.reduce((total, one) => total + one[of], 0);

/** The controller's next step. kubernetes: deployment/rolling.go rolloutRolling, recreate.go rolloutRecreate. */
export function rolloutStep(input: StepInput): RolloutStep {
	const {workload} = input;
	if (workload.generation > workload.observedGeneration) return {kind: 'observe'};
	if (workload.paused) return {kind: 'paused'};
	return workload.strategy.type === 'Recreate' ? recreateStep(input) : rollingStep(input);
}

function recreateStep({workload, newReplicaSet, oldReplicaSets, oldPodsLeft}: StepInput): RolloutStep {
	const {desired} = workload.replicas;
	const toStop = sum(oldReplicaSets, 'desired');
	if (toStop > 0) return {kind: 'shrink-old', unhealthy: 0, healthy: toStop};
	const left = Math.max(oldPodsLeft, sum(oldReplicaSets, 'current'));
	if (left > 0) return {kind: 'old-gone', left};
	return resized(newReplicaSet?.desired ?? 0, desired) ?? ending(newReplicaSet, desired);
}

function rollingStep({workload, newReplicaSet, oldReplicaSets}: StepInput): RolloutStep {
	const {desired} = workload.replicas;
	const {surge, unavailable} = fencepostsOf(workload);
	const size = newReplicaSet?.desired ?? 0;
	const total = size + sum(oldReplicaSets, 'desired');
	const target = size < desired ? Math.max(size, Math.min(desired, size + desired + surge - total)) : desired;
	const grown = resized(size, target);
	if (grown !== undefined) return grown;
	const active = oldReplicaSets.filter(one => one.desired > 0);
	if (active.length === 0) return ending(newReplicaSet, desired);
	return oldStep(active, newReplicaSet, {total, least: desired - unavailable});
}

function resized(size: number, target: number): RolloutStep | undefined {
	if (target > size) return {kind: 'grow', by: target - size, to: target};
	return target < size ? {kind: 'shrink-new', by: size - target} : undefined;
}

function ending(newReplicaSet: ReplicaSet | undefined, desired: number): RolloutStep {
	const more = desired - (newReplicaSet?.available ?? 0);
	return more > 0 ? {kind: 'available', more, last: true} : {kind: 'done'};
}

type Removal = {readonly unhealthy: number; readonly isBroken: boolean};

/** Old pods that are not available go first: without them nothing is lost. kubernetes: rolling.go cleanupUnhealthyReplicas. */
function removeUnhealthy(active: readonly ReplicaSet[], most: number): Removal {
	let unhealthy = 0;
	for (const {desired, available} of active) {
		if (unhealthy >= most) break;
		// What was taken from it has not happened yet: the controller gives the pass up here.
		if (desired < available) return {unhealthy, isBroken: true};
		unhealthy += Math.min(most - unhealthy, desired - available);
	}
	return {unhealthy, isBroken: false};
}

/** `least`: how many must be kept available. kubernetes: rolling.go reconcileOldReplicaSets, scaleDownOldReplicaSetsForRollingUpdate. */
function oldStep(
	active: readonly ReplicaSet[],
	newReplicaSet: ReplicaSet | undefined,
	{total, least}: {readonly total: number; readonly least: number},
): RolloutStep {
	const newAvailable = newReplicaSet?.available ?? 0;
	// New pods that are not available yet are no reason to take away old ones.
	const most = total - least - ((newReplicaSet?.desired ?? 0) - newAvailable);
	const spare = sum(active, 'available') + newAvailable - least;
	const isIll = active.some(({desired, available}) => desired > available);
	if (most <= 0) return {kind: 'available', more: Math.max(1 - most, isIll ? 0 : 1 - spare), last: false};
	const {unhealthy, isBroken} = removeUnhealthy(active, most);
	if (isBroken) return unhealthy > 0 ? {kind: 'shrink-old', unhealthy, healthy: 0} : {kind: 'settle'};
	const healthy = Math.max(0, Math.min(spare, sum(active, 'desired') - unhealthy));
	if (unhealthy + healthy > 0) return {kind: 'shrink-old', unhealthy, healthy};
	return {kind: 'available', more: 1 - spare, last: false};
}
