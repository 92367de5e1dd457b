import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isReached, nextCounts, wantedCounts} from '../../../src/demo/controllers/argo/canary-replicas.ts';
import type {ArgoRollout, ArgoSets} from '../../../src/demo/controllers/argo/kinds.ts';
import type {ReplicaSet} from '../../../src/demo/controllers/kinds.ts';

const rolloutOf = (replicas: number) => ({spec: {replicas, strategy: {canary: {}}}}) as unknown as ArgoRollout;
const setOf = (replicas: number, available: number) => ({spec: {replicas}, status: {replicas, availableReplicas: available}}) as unknown as ReplicaSet;
const share = fc.integer({min: 0, max: 20});

test('a weight between nothing and all leaves pods on both sides', () => {
	fc.assert(
		fc.property(fc.integer({min: 2, max: 50}), fc.integer({min: 1, max: 99}), (replicas, weight) => {
			const {newest, stable} = wantedCounts(replicas, weight);
			expect(newest + stable).toBe(replicas);
			expect(Math.min(newest, stable)).toBeGreaterThan(0);
			expect(Math.abs(newest - (replicas * weight) / 100)).toBeLessThanOrEqual(1);
		}),
	);
	expect(wantedCounts(5, 20)).toEqual({newest: 1, stable: 4});
	expect(wantedCounts(5, 60)).toEqual({newest: 3, stable: 2});
	expect(wantedCounts(5, 100)).toEqual({newest: 5, stable: 0});
	expect(wantedCounts(5, 0)).toEqual({newest: 0, stable: 5});
});

test('each next size stays within surge and unavailability, and where pods become available both sides get where they shall', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 20}), fc.integer({min: 0, max: 100}), share, (replicas, weight, already) => {
			const rollout = rolloutOf(replicas);
			const goal = wantedCounts(replicas, weight);
			const from = Math.min(already, replicas);
			let sets: ArgoSets = {newest: setOf(from, from), stable: setOf(replicas - from, replicas - from), others: []};
			const least = replicas - Math.max(Math.floor(replicas / 4), 0);
			const most = replicas + Math.ceil(replicas / 4);
			for (let turn = 0; turn < 4 * replicas && !isReached(sets, goal); turn++) {
				const {newest, stable} = nextCounts(rollout, sets, goal);
				const serving = Math.min(newest, sets.newest.status?.availableReplicas ?? 0) + Math.min(stable, sets.stable?.status?.availableReplicas ?? 0);
				expect(newest + stable).toBeLessThanOrEqual(most);
				expect(serving).toBeGreaterThanOrEqual(least);
				sets = {newest: setOf(newest, newest), stable: setOf(stable, stable), others: []};
			}
			expect(isReached(sets, goal)).toBe(true);
		}),
	);
});

test('pods that are not available make no room: old ones stay as long as new ones do not come up', () => {
	const sets: ArgoSets = {newest: setOf(3, 0), stable: setOf(3, 3), others: []};
	expect(nextCounts(rolloutOf(5), sets, wantedCounts(5, 60))).toEqual({newest: 3, stable: 3});
});
