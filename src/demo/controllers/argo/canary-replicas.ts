import {fenceposts} from '../../../domain/rollout-arithmetic.ts';
import type {ReplicaSet} from '../kinds.ts';
import type {ArgoRollout, ArgoSets} from './kinds.ts';

/** How many pods each side is to have. */
export interface CanaryCounts {
	readonly newest: number;
	readonly stable: number;
}

/** What both sides have when a weight is reached; neither is left with none before the last step. Without a traffic router pods are the weight. */
export function wantedCounts(replicas: number, weight: number): CanaryCounts {
	if (weight <= 0 || weight >= 100) return weight >= 100 ? {newest: replicas, stable: 0} : {newest: 0, stable: replicas};
	const newest = Math.min(Math.max(1, Math.round((replicas * weight) / 100)), Math.max(1, replicas - 1));
	return {newest, stable: Math.max(0, replicas - newest)};
}

function wanted({spec}: ReplicaSet): number {
	return spec.replicas;
}

function available({status}: ReplicaSet): number {
	return status?.availableReplicas ?? 0;
}

/**
 * The next sizes on the way to the wanted ones, within surge and unavailability: first up as far as there is room, then down as far as enough are
 * available (argo-rollouts: utils/replicaset/canary.go CalculateReplicaCountsForBasicCanary).
 */
export function nextCounts({spec}: ArgoRollout, {newest, stable, others}: ArgoSets, goal: CanaryCounts): CanaryCounts {
	const {replicas = 1, strategy} = spec;
	const {maxSurge = '25%', maxUnavailable = '25%'} = strategy.canary ?? {};
	const {surge, unavailable} = fenceposts({type: 'RollingUpdate', maxSurge, maxUnavailable}, replicas);
	const all = [newest, ...(stable === undefined || stable === newest ? [] : [stable]), ...others];
	let room = replicas + surge - sum(all.map(wanted));
	const grow = (from: number, to: number) => {
		const more = Math.max(0, Math.min(to - from, room));
		room -= more;
		return from + more;
	};
	let spare = sum(all.map(set => Math.min(available(set), wanted(set)))) - (replicas - unavailable);
	const shrink = (set: ReplicaSet, from: number, to: number) => {
		// Those that are not available serve nobody, so nobody loses them.
		const idle = Math.max(0, wanted(set) - available(set));
		const fewer = Math.max(0, Math.min(from - to, Math.max(0, spare) + idle));
		spare -= Math.max(0, fewer - idle);
		return from - fewer;
	};
	const next = (set: ReplicaSet, to: number) => shrink(set, grow(wanted(set), to), to);
	const counts = {newest: next(newest, goal.newest)};
	return {...counts, stable: stable === undefined || stable === newest ? 0 : next(stable, goal.stable)};
}

function sum(counts: readonly number[]): number {
	return counts.reduce((total, count) => total + count, 0);
}

/** All pods that both sides are to have are there and available, and nobody else's are. */
export function isReached({newest, stable, others}: ArgoSets, goal: CanaryCounts): boolean {
	const has = (set: ReplicaSet, count: number) => wanted(set) === count && available(set) === count;
	return has(newest, goal.newest) && (stable === undefined || stable === newest || has(stable, goal.stable)) && others.every(set => wanted(set) === 0);
}
