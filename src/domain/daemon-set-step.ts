import type {Pod} from './pod.ts';
import {isPodAvailable} from './pod-availability.ts';
import {fencepostsOf} from './rollout-arithmetic.ts';
import type {RolloutStep, StepInput} from './rollout-step.ts';
import type {DaemonSet} from './workload.ts';

type Input = StepInput & {readonly workload: DaemonSet};

/** A node's pods that were not told to end. */
type OnNode = {readonly fresh: Pod | undefined; readonly old: Pod | undefined};

/** By node; a pod that is bound to none yet has one to itself. */
function byNode({newReplicaSet, pods = []}: StepInput): readonly OnNode[] {
	const nodes = new Map<string, {fresh: Pod | undefined; old: Pod | undefined}>();
	for (const pod of pods) {
		if (pod.deletedAt !== undefined) continue;
		const name = pod.nodeName ?? pod.pinnedTo ?? pod.name;
		const node = nodes.get(name) ?? {fresh: undefined, old: undefined};
		node[pod.ownerUid === newReplicaSet?.uid ? 'fresh' : 'old'] = pod;
		nodes.set(name, node);
	}
	return [...nodes.values()];
}

/**
 * What the DaemonSet controller does next: old pods that are not available go at once, of the others as many as may be missing; with a surge the new pod of a node
 * comes first. kubernetes: daemon/update.go rollingUpdate.
 */
export function daemonSetStep(input: Input): RolloutStep {
	const {workload, newReplicaSet, pods, now} = input;
	const {desired, updated, available} = workload.replicas;
	if (workload.generation > workload.observedGeneration) return {kind: 'observe'};
	if (workload.updateType !== 'RollingUpdate') return updated < desired ? {kind: 'on-delete', left: desired - updated} : {kind: 'done'};
	if (pods === undefined || newReplicaSet === undefined)
		return available < desired ? {kind: 'available', more: desired - available, last: updated >= desired} : {kind: 'done'};
	const isUp = (pod: Pod | undefined) => pod !== undefined && isPodAvailable(pod, workload.minReadySeconds, now);
	const nodes = byNode(input);
	const posts = fencepostsOf(workload);
	const old = nodes.filter(node => node.old !== undefined);
	const missing = desired - nodes.filter(({fresh, old: before}) => isUp(fresh) || isUp(before)).length;
	if (old.length === 0) return ending(nodes, desired, missing);
	return posts.surge > 0 ? surgeStep(old, isUp, posts.surge) : replaceStep(old, isUp, posts.unavailable - missing);
}

/** All old pods are gone or going. */
function ending(nodes: readonly OnNode[], desired: number, missing: number): RolloutStep {
	if (nodes.length < desired) return {kind: 'grow', by: desired - nodes.length, to: desired};
	return missing > 0 ? {kind: 'available', more: missing, last: true} : {kind: 'done'};
}

function replaceStep(old: readonly OnNode[], isUp: (pod: Pod | undefined) => boolean, spare: number): RolloutStep {
	const unhealthy = old.filter(node => !isUp(node.old)).length;
	const healthy = Math.max(0, Math.min(spare, old.length - unhealthy));
	if (unhealthy + healthy > 0) return {kind: 'shrink-old', unhealthy, healthy};
	return {kind: 'available', more: 1 - spare, last: false};
}

function surgeStep(old: readonly OnNode[], isUp: (pod: Pod | undefined) => boolean, surge: number): RolloutStep {
	const replaced = old.filter(({fresh}) => isUp(fresh)).length;
	if (replaced > 0) return {kind: 'shrink-old', unhealthy: 0, healthy: replaced};
	const alone = old.filter(({fresh}) => fresh === undefined);
	const starting = old.length - alone.length;
	const atOnce = alone.filter(node => !isUp(node.old)).length;
	const by = Math.min(alone.length, atOnce + Math.max(0, surge - starting));
	return by > 0 ? {kind: 'grow', by, to: starting + by} : {kind: 'available', more: 1, last: false};
}
