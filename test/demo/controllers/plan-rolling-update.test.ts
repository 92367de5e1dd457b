import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {limitsOf} from '../../../src/demo/controllers/deployment/limits.ts';
import {newSize, planRollingUpdate} from '../../../src/demo/controllers/deployment/plan-rolling-update.ts';
import type {Deployment, ReplicaSet} from '../../../src/demo/controllers/kinds.ts';
import {aDeployment, aReplicaSet} from './objects.ts';

const plan = (deployment: Deployment, newest: ReplicaSet, ...old: readonly ReplicaSet[]) => {
	const {direction, steps} = planRollingUpdate(deployment, newest, old);
	return [direction, ...steps.map(({replicaSet, to}) => `${replicaSet.metadata.name} ${replicaSet.spec.replicas}→${to}`)];
};
const none = {replicas: 0};

describe('one pass of a rolling update', () => {
	test('the new ReplicaSet grows into the surge', () => {
		expect(plan(aDeployment(), aReplicaSet('new', 0, {status: none}), aReplicaSet('old', 4))).toEqual(['new', 'new 0→1']);
	});

	test('with the surge used up, an old pod goes for each that may be unavailable', () => {
		expect(plan(aDeployment(), aReplicaSet('new', 1, {status: {replicas: 1}}), aReplicaSet('old', 4))).toEqual(['old', 'old 4→3']);
	});

	test('nothing goes while the new pods are not available', () => {
		expect(plan(aDeployment(), aReplicaSet('new', 2, {status: {replicas: 2}}), aReplicaSet('old', 3))).toEqual(['none']);
	});

	test('a new ReplicaSet that is too large shrinks to what is desired', () => {
		expect(plan(aDeployment({spec: {replicas: 2}}), aReplicaSet('new', 4))).toEqual(['new', 'new 4→2']);
	});

	test('old pods that are not available go first, of the oldest ReplicaSet first, then available ones', () => {
		const sick = aReplicaSet('sick', 2, {createdAgo: 300, status: {replicas: 2, availableReplicas: 1}});
		const well = aReplicaSet('well', 3, {createdAgo: 200});
		const deployment = aDeployment({spec: {replicas: 5}});
		expect(plan(deployment, aReplicaSet('new', 2), sick, well)).toEqual(['old', 'sick 2→1', 'sick 2→0', 'well 3→2']);
	});

	test('an old ReplicaSet that still has more available pods than it wants ends the pass, as upstream', () => {
		const shrinking = aReplicaSet('old', 3, {status: {replicas: 4, availableReplicas: 4}});
		expect(plan(aDeployment(), aReplicaSet('new', 2, {status: {replicas: 1}}), shrinking)).toEqual(['none']);
	});

	test('while new pods crash, an old one that falls ill is kept, and after an undo the crashing ones go first (upstream\u2019s own example)', () => {
		const ten = aDeployment({spec: {replicas: 10, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}}});
		const well = aReplicaSet('well', 8, {status: {replicas: 8, availableReplicas: 7}});
		const crashing = aReplicaSet('crashing', 5, {status: {replicas: 5}});
		expect(plan(ten, crashing, well)).toEqual(['none']);
		expect(plan({...ten, spec: {...ten.spec, replicas: 8}}, well, crashing)).toEqual(['old', 'crashing 5→0']);
		expect(plan(ten, aReplicaSet('well', 10, {status: {replicas: 10, availableReplicas: 7}}), aReplicaSet('crashing', 3, {status: {replicas: 3}}))).toEqual([
			'old',
			'crashing 3→1',
		]);
	});

	test('a paused or finished one has nothing to do', () => {
		expect(plan(aDeployment(), aReplicaSet('new', 4), aReplicaSet('old', 0))).toEqual(['none']);
	});

	test('Recreate makes all at once', () => {
		expect(newSize(aDeployment({spec: {strategy: {type: 'Recreate'}}}), [aReplicaSet('old', 4)], 0)).toBe(4);
	});
});

/** A Deployment and its ReplicaSets as the controllers would move them, pods becoming available one pass later. */
interface World {
	readonly deployment: Deployment;
	newest: ReplicaSet;
	old: ReplicaSet[];
}

const percentOrCount = (most: number) =>
	fc.oneof(
		fc.integer({min: 0, max: most}),
		fc.integer({min: 0, max: 100}).map(share => `${share}%` as const),
	);
const world = fc
	.record({
		replicas: fc.integer({min: 1, max: 12}),
		maxSurge: percentOrCount(12),
		maxUnavailable: percentOrCount(12),
		old: fc.array(fc.record({size: fc.integer({min: 0, max: 8}), available: fc.integer({min: 0, max: 8})}), {maxLength: 3}),
	})
	.filter(({maxSurge, maxUnavailable}) => !(Number.parseInt(`${maxSurge}`, 10) === 0 && Number.parseInt(`${maxUnavailable}`, 10) === 0))
	.map(
		({replicas, maxSurge, maxUnavailable, old}): World => ({
			deployment: aDeployment({spec: {replicas, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge, maxUnavailable}}}}),
			newest: aReplicaSet('new', 0),
			old: old.map(({size, available}, index) =>
				aReplicaSet(`old-${index}`, size, {createdAgo: 500 - index, status: {replicas: size, availableReplicas: Math.min(size, available)}}),
			),
		}),
	);

const total = ({newest, old}: World) => [newest, ...old].reduce((sum, {spec}) => sum + spec.replicas, 0);
/** Available pods that are left when what was taken was taken from the unavailable ones first. */
const available = ({newest, old}: World) => [newest, ...old].reduce((sum, {spec, status}) => sum + Math.min(spec.replicas, status?.availableReplicas ?? 0), 0);

function move(state: World): boolean {
	const {steps} = planRollingUpdate(state.deployment, state.newest, state.old);
	for (const {replicaSet, to} of steps) {
		const resize = (one: ReplicaSet) => (one.metadata.uid === replicaSet.metadata.uid ? {...one, spec: {...one.spec, replicas: to}} : one);
		state.newest = resize(state.newest);
		state.old = state.old.map(resize);
	}
	return steps.length > 0;
}

/** The pods follow: all that a ReplicaSet wants, and new ones are available. */
function settle(state: World): void {
	state.newest = aReplicaSet('new', state.newest.spec.replicas);
	state.old = state.old.map((one, index) => {
		const {replicas} = one.spec;
		return aReplicaSet(one.metadata.name, replicas, {
			createdAgo: 500 - index,
			status: {replicas, availableReplicas: Math.min(replicas, one.status?.availableReplicas ?? 0)},
		});
	});
}

test('from any beginning a rollout ends, and no pass breaks the limits', () => {
	fc.assert(
		fc.property(world, state => {
			const {replicas} = state.deployment.spec;
			const {surge, unavailable} = limitsOf(state.deployment);
			for (let pass = 0; pass < 200; pass++) {
				const before = {total: total(state), available: available(state)};
				const isMoved = move(state);
				expect(total(state)).toBeLessThanOrEqual(Math.max(before.total, replicas + surge));
				expect(available(state)).toBeGreaterThanOrEqual(Math.min(before.available, replicas - unavailable));
				if (!isMoved && state.newest.spec.replicas === replicas && state.old.every(({spec}) => spec.replicas === 0)) return;
				settle(state);
			}
			expect.unreachable('two hundred passes are not enough');
		}),
		{numRuns: 500},
	);
});
