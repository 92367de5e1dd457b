import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {planRollingUpdate} from '../../src/demo/controllers/deployment/plan-rolling-update.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {fenceposts} from '../../src/domain/rollout-arithmetic.ts';
import {type RolloutStep, rolloutStep} from '../../src/domain/rollout-step.ts';
import type {Deployment, Strategy} from '../../src/domain/workload.ts';
import {aDeployment, aReplicaSet} from '../demo/controllers/objects.ts';
import {replicaSet, workload} from './cluster-objects.ts';
import {simulateRollout} from './simulate-rollout.ts';

type Size = readonly [desired: number, available: number];

const rolling = (maxSurge: number, maxUnavailable: number): Strategy => ({type: 'RollingUpdate', maxSurge, maxUnavailable});

function stepOf(
	desired: number,
	strategy: Strategy,
	newSize: Size | undefined,
	oldSizes: readonly Size[],
	change: Partial<Deployment> = {},
	oldPodsLeft = 0,
): RolloutStep {
	const set = (name: string, revision: number, [size, available]: Size): ReplicaSet =>
		replicaSet(name, revision, `app:v${revision}`, {desired: size, current: size, available});
	const {replicas} = workload();
	return rolloutStep({
		workload: workload({strategy, specReplicas: desired, ...change, replicas: {...replicas, desired}}),
		newReplicaSet: newSize === undefined ? undefined : set('web-new', 9, newSize),
		oldReplicaSets: oldSizes.map((size, index) => set(`web-old${index}`, index + 1, size)),
		oldPodsLeft,
		pods: undefined,
		now: 0,
	});
}

const recreate: Strategy = {type: 'Recreate'};

describe('the controller’s next step', () => {
	it.each<[string, RolloutStep, RolloutStep]>([
		['the surge first', stepOf(4, rolling(1, 1), undefined, [[4, 4]]), {kind: 'grow', by: 1, to: 1}],
		['then the old pods that may be missing', stepOf(4, rolling(1, 1), [1, 0], [[4, 4]]), {kind: 'shrink-old', unhealthy: 0, healthy: 1}],
		['their room is taken at once', stepOf(4, rolling(1, 1), [1, 0], [[3, 3]]), {kind: 'grow', by: 1, to: 2}],
		['and then nothing before a new pod is available', stepOf(4, rolling(1, 1), [2, 0], [[3, 3]]), {kind: 'available', more: 1, last: false}],
		['each that is makes room', stepOf(4, rolling(1, 1), [2, 1], [[3, 3]]), {kind: 'shrink-old', unhealthy: 0, healthy: 1}],
		['kubia: none may be missing', stepOf(3, rolling(1, 0), [1, 0], [[3, 3]]), {kind: 'available', more: 1, last: false}],
		['no surge: an old one goes first', stepOf(3, rolling(0, 1), undefined, [[3, 3]]), {kind: 'shrink-old', unhealthy: 0, healthy: 1}],
		['an old pod that is not available goes before others', stepOf(3, rolling(1, 0), [1, 1], [[3, 2]]), {kind: 'shrink-old', unhealthy: 1, healthy: 0}],
		['but not while a new one is no better', stepOf(3, rolling(1, 0), [1, 0], [[3, 2]]), {kind: 'available', more: 1, last: false}],
		['several new ones are missing, one is enough to go on', stepOf(10, rolling(3, 2), [5, 0], [[8, 8]]), {kind: 'available', more: 1, last: false}],
		[
			'too few are available: an old one that is not goes once a new one is',
			stepOf(10, rolling(3, 2), [5, 0], [[8, 6]]),
			{kind: 'available', more: 1, last: false},
		],
		['an old ReplicaSet that still shrinks', stepOf(4, rolling(1, 1), [2, 1], [[3, 4]]), {kind: 'settle'}],
		['the last new ones', stepOf(4, rolling(1, 1), [4, 3], [[0, 0]]), {kind: 'available', more: 1, last: true}],
		['all done', stepOf(4, rolling(1, 1), [4, 4], [[0, 0]]), {kind: 'done'}],
		['scaled down meanwhile', stepOf(2, rolling(1, 1), [4, 4], []), {kind: 'shrink-new', by: 2}],
		['scaled to nothing', stepOf(0, rolling(1, 1), [0, 0], []), {kind: 'done'}],
		['paused', stepOf(4, rolling(1, 1), [1, 0], [[4, 4]], {paused: true}), {kind: 'paused'}],
		['not seen yet', stepOf(4, rolling(1, 1), [1, 0], [[4, 4]], {generation: 8}), {kind: 'observe'}],
		['Recreate: all old pods end', stepOf(3, recreate, undefined, [[3, 3]], {}, 3), {kind: 'shrink-old', unhealthy: 0, healthy: 3}],
		['Recreate: those that terminate still count', stepOf(3, recreate, undefined, [[0, 0]], {}, 2), {kind: 'old-gone', left: 2}],
		['Recreate: then all new ones at once', stepOf(3, recreate, undefined, [[0, 0]]), {kind: 'grow', by: 3, to: 3}],
		['Recreate: until they are available', stepOf(3, recreate, [3, 1], []), {kind: 'available', more: 2, last: true}],
	])('%s', (_reason, step, expected) => {
		expect(step).toEqual(expected);
	});

	it('is the one of the embedded controller, which the real one was compared with, whatever the sizes', () => {
		const size = fc.nat(12).chain(desired => fc.tuple(fc.constant(desired), fc.nat(desired + 1)));
		fc.assert(
			fc.property(fc.nat(12), fc.nat(4), fc.nat(4), size, fc.array(size, {maxLength: 3}), (desired, surge, unavailable, newest, old) => {
				const step = stepOf(desired, rolling(surge, unavailable), newest, old);
				const deployment = aDeployment({
					spec: {replicas: desired, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: surge, maxUnavailable: unavailable}}},
				});
				const set = (name: string, [replicas, available]: Size, createdAgo: number) =>
					aReplicaSet(name, replicas, {createdAgo, status: {replicas, availableReplicas: available}});
				const plan = planRollingUpdate(
					deployment,
					set('new', newest, 10),
					old.map((one, index) => set(`old${index}`, one, 300 - index)),
				);
				const change = plan.steps.reduce((sum, one, index) => {
					const from = plan.steps.slice(0, index).findLast(({replicaSet}) => replicaSet === one.replicaSet)?.to ?? one.replicaSet.spec.replicas;
					return sum + one.to - from;
				}, 0);
				expect(movesBy(step)).toEqual({direction: plan.direction, change});
			}),
			{numRuns: 3000},
		);
	});

	it('leads every rollout to its end within what the strategy allows', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 30}), fc.nat(5), fc.nat(5), fc.nat(3), fc.nat(4000), (desired, surge, unavailable, ill, readyMs) => {
				const strategy = rolling(surge, unavailable);
				const illOld = Math.min(ill, desired);
				const moments = simulateRollout({desired, strategy, minReadySeconds: 0, readyAfterMs: () => readyMs, pauseMs: 500, endMs: 3_600_000, illOld});
				const allowed = fenceposts(strategy, desired);
				expect(moments.at(-1)?.step).toEqual({kind: 'done'});
				for (const {newPods, oldCount} of moments) expect(newPods.length + oldCount).toBeLessThanOrEqual(desired + allowed.surge);
			}),
			{numRuns: 200},
		);
	});

	it('goes on exactly when as many more pods are available as it said', () => {
		const size = fc.integer({min: 1, max: 12});
		fc.assert(
			fc.property(size, fc.nat(4), fc.nat(4), fc.nat(12), fc.array(fc.tuple(size, fc.nat(12)), {maxLength: 2}), (desired, surge, unavailable, made, old) => {
				const oldSizes = old.map(([count, available]): Size => [count, Math.min(count, available)]);
				const strategy = rolling(surge, unavailable);
				const before = stepOf(desired, strategy, [made, 0], oldSizes);
				fc.pre(before.kind === 'available' && before.more <= made);
				if (before.kind !== 'available') return;
				expect(stepOf(desired, strategy, [made, before.more], oldSizes).kind).not.toBe('available');
				expect(stepOf(desired, strategy, [made, before.more - 1], oldSizes).kind).toBe('available');
			}),
			{numRuns: 2000},
		);
	});
});

/** In which direction a step moves how many pods, as the plan of the embedded controller says it. */
function movesBy(step: RolloutStep): {readonly direction: string; readonly change: number} {
	switch (step.kind) {
		case 'grow':
			return {direction: 'new', change: step.by};
		case 'shrink-new':
			return {direction: 'new', change: -step.by};
		case 'shrink-old':
			return {direction: 'old', change: -(step.unhealthy + step.healthy)};
		default:
			return {direction: 'none', change: 0};
	}
}
