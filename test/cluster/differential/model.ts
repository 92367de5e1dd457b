import {fenceposts, scaleProportion} from '../../../src/domain/rollout-arithmetic.ts';
import {annotated, type Deployment, desiredKey, isOfTemplate, maxKey, type ReplicaSet} from './objects.ts';

/** A size that the Deployment controller may write. */
export interface Resize {
	readonly name: string;
	readonly from: number;
	readonly to: number;
}

/** What the controller knows when a pass begins: its caches. */
export interface Known {
	readonly deployment: Deployment;
	readonly replicaSets: readonly ReplicaSet[];
	/** Pods of old ReplicaSets that have not come to their end; Recreate waits for them. */
	readonly oldPods: number;
}

/** Surge and unavailable of a Deployment, in pods. */
export function limitsOf({spec: {strategy, replicas}}: Deployment): {readonly surge: number; readonly unavailable: number} {
	const {maxSurge = 0, maxUnavailable = 0} = strategy.rollingUpdate ?? {};
	return fenceposts(strategy.type === 'Recreate' ? {type: 'Recreate'} : ({type: 'RollingUpdate', maxSurge, maxUnavailable} as never), replicas);
}

/** The ReplicaSet of the present template: the oldest such one (FindNewReplicaSet). */
export function newReplicaSetOf({deployment, replicaSets}: Pick<Known, 'deployment' | 'replicaSets'>): ReplicaSet | undefined {
	return byAge(replicaSets).find(replicaSet => isOfTemplate(replicaSet, deployment));
}

/** Oldest first, as far as the API's whole seconds tell; then by name. */
export function byAge(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
	const key = ({metadata: {creationTimestamp, name}}: ReplicaSet) => `${creationTimestamp} ${name}`;
	return replicaSets.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** The size writes of one pass of the Deployment controller, by its rules (KUBERNETES §6); none when it has come to rest. */
export function passOf(known: Known): readonly Resize[] {
	const {deployment, replicaSets} = known;
	const current = newReplicaSetOf(known);
	const old = byAge(replicaSets.filter(({metadata}) => metadata.name !== current?.metadata.name));
	if (deployment.spec.paused === true || isScaled(deployment, replicaSets)) return scalePass(deployment, current, old);
	if (deployment.spec.strategy.type === 'Recreate') return recreatePass(known, current, old);
	const grown = current === undefined ? [] : growNew(deployment, current, replicaSets);
	return grown.length > 0 || current === undefined ? grown : shrinkOld(deployment, current, old);
}

/** The size with which a new ReplicaSet is created. */
export function firstSize({deployment, replicaSets}: Known): number {
	return deployment.spec.strategy.type === 'Recreate' ? deployment.spec.replicas : Math.max(0, roomFor(deployment, 0, sizeOf(replicaSets)));
}

/** Whether the desired count has changed since the ReplicaSets were sized. */
export function isScaled({spec: {replicas}}: Deployment, replicaSets: readonly ReplicaSet[]): boolean {
	return active(replicaSets).some(({metadata}) => metadata.annotations?.[desiredKey] !== undefined && annotated({metadata}, desiredKey) !== replicas);
}

function growNew(deployment: Deployment, current: ReplicaSet, all: readonly ReplicaSet[]): readonly Resize[] {
	const {replicas} = deployment.spec;
	if (current.spec.replicas > replicas) return [resize(current, replicas)];
	return changes([resize(current, current.spec.replicas + Math.max(0, roomFor(deployment, current.spec.replicas, sizeOf(all))))]);
}

/** By how many pods the new ReplicaSet may grow. */
function roomFor(deployment: Deployment, size: number, total: number): number {
	const {replicas} = deployment.spec;
	return Math.min(replicas + limitsOf(deployment).surge - total, replicas - size);
}

function shrinkOld(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): readonly Resize[] {
	const minAvailable = deployment.spec.replicas - limitsOf(deployment).unavailable;
	const all = [current, ...old];
	const newUnavailable = current.spec.replicas - availableOf([current]);
	const maxDown = sizeOf(all) - minAvailable - newUnavailable;
	if (maxDown <= 0) return [];
	const sizes = new Map(old.map(replicaSet => [replicaSet.metadata.name, replicaSet.spec.replicas]));
	const written: Resize[] = [];
	const shrink = (replicaSet: ReplicaSet, by: number) => {
		const from = sizes.get(replicaSet.metadata.name) ?? 0;
		if (by <= 0) return 0;
		written.push({name: replicaSet.metadata.name, from, to: from - by});
		sizes.set(replicaSet.metadata.name, from - by);
		return by;
	};
	let unhealthy = 0;
	for (const replicaSet of old) {
		const {replicas} = replicaSet.spec;
		if (unhealthy >= maxDown || replicas === 0) continue;
		// Its status lags behind its size: the controller gives up for this time.
		if (availableOf([replicaSet]) > replicas) return written;
		unhealthy += shrink(replicaSet, Math.min(maxDown - unhealthy, replicas - availableOf([replicaSet])));
	}
	// Those that were sized to 0 are left out, though their pods may be counted still.
	let budget = availableOf([current, ...active(old)]) - minAvailable;
	for (const replicaSet of old) {
		if (budget > 0) budget -= shrink(replicaSet, Math.min(sizes.get(replicaSet.metadata.name) ?? 0, budget));
	}
	return written;
}

function recreatePass({deployment, oldPods}: Known, current: ReplicaSet | undefined, old: readonly ReplicaSet[]): readonly Resize[] {
	const ending = active(old).map(replicaSet => resize(replicaSet, 0));
	if (ending.length > 0) return ending;
	if (oldPods > 0 || old.some(({status}) => status.replicas > 0) || current === undefined) return [];
	return changes([resize(current, deployment.spec.replicas)]);
}

function scalePass(deployment: Deployment, current: ReplicaSet | undefined, old: readonly ReplicaSet[]): readonly Resize[] {
	const {replicas, strategy} = deployment.spec;
	const all = current === undefined ? old : [current, ...old];
	const running = active(all);
	const only = running.length === 1 ? running[0] : running.length === 0 ? (current ?? old.at(-1)) : undefined;
	if (only !== undefined || running.length === 0) return only === undefined ? [] : changes([resize(only, replicas)]);
	if (current !== undefined && isSaturated(deployment, current)) return active(old).map(replicaSet => resize(replicaSet, 0));
	return strategy.type === 'RollingUpdate' ? proportional(deployment, running) : [];
}

function proportional(deployment: Deployment, running: readonly ReplicaSet[]): readonly Resize[] {
	const {replicas} = deployment.spec;
	const {surge} = limitsOf(deployment);
	const toAdd = (replicas > 0 ? replicas + surge : 0) - sizeOf(running);
	const ages = byAge(running);
	const newestFirst = toAdd > 0 ? -1 : 1;
	const order = ages.toSorted((left, right) => right.spec.replicas - left.spec.replicas || newestFirst * (ages.indexOf(left) - ages.indexOf(right)));
	const currentReplicas = deployment.status.replicas ?? 0;
	let added = 0;
	const sizes = order.map(replicaSet => {
		const size = replicaSet.spec.replicas;
		const share = scaleProportion({size, maxReplicas: annotated(replicaSet, maxKey), currentReplicas, desired: replicas, surge, toAdd, added});
		added += share;
		return size + share;
	});
	const [first = 0, ...others] = sizes;
	return changes(order.map((replicaSet, index) => resize(replicaSet, index === 0 ? Math.max(0, first + toAdd - added) : (others[index - 1] ?? 0))));
}

function isSaturated({spec: {replicas}}: Deployment, current: ReplicaSet): boolean {
	return current.spec.replicas === replicas && annotated(current, desiredKey) === replicas && availableOf([current]) === replicas;
}

function resize({metadata, spec}: ReplicaSet, to: number): Resize {
	return {name: metadata.name, from: spec.replicas, to};
}

function changes(resizes: readonly Resize[]): readonly Resize[] {
	return resizes.filter(({from, to}) => from !== to);
}

function active(replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
	return replicaSets.filter(({spec}) => spec.replicas > 0);
}

function sizeOf(replicaSets: readonly ReplicaSet[]): number {
	return replicaSets.reduce((sum, {spec}) => sum + spec.replicas, 0);
}

/** Pods that are available, over some ReplicaSets. */
export function availableOf(replicaSets: readonly ReplicaSet[]): number {
	return replicaSets.reduce((sum, {status}) => sum + (status.availableReplicas ?? 0), 0);
}
