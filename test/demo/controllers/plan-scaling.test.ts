import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {isScalingEvent, planScaling} from '../../../src/demo/controllers/deployment/plan-scaling.ts';
import type {Deployment, ReplicaSet} from '../../../src/demo/controllers/kinds.ts';
import {aDeployment, aReplicaSet} from './objects.ts';

const sized = (name: string, size: number, desired: number, max: number, createdAgo = 100) =>
	aReplicaSet(name, size, {
		createdAgo,
		annotations: {'deployment.kubernetes.io/desired-replicas': `${desired}`, 'deployment.kubernetes.io/max-replicas': `${max}`},
	});
const plan = (deployment: Deployment, newest: ReplicaSet | undefined, ...old: readonly ReplicaSet[]) =>
	planScaling(deployment, newest, old).steps.map(({replicaSet, to}) => `${replicaSet.metadata.name} ${replicaSet.spec.replicas}→${to}`);

describe('scaling in the middle of a rollout', () => {
	test('from 4 to 8, sizes 3 and 2 become 6 and 4, as upstream did', () => {
		expect(plan(aDeployment({spec: {replicas: 8}}), sized('new', 2, 4, 5, 10), sized('old', 3, 4, 5))).toEqual(['old 3→6', 'new 2→4']);
	});

	test('down to nothing takes all', () => {
		expect(plan(aDeployment({spec: {replicas: 0}}), sized('new', 2, 4, 5, 10), sized('old', 3, 4, 5))).toEqual(['old 3→0', 'new 2→0']);
	});

	test('of equally large ones the newest grows first, and the oldest shrinks first', () => {
		const sides = [sized('new', 2, 4, 4, 10), sized('old', 2, 4, 4)] as const;
		expect(plan(aDeployment({spec: {replicas: 4, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}}), ...sides)[0]).toBe(
			'new 2→3',
		);
		expect(plan(aDeployment({spec: {replicas: 3, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}}), ...sides)[0]).toMatch(
			/^old/,
		);
	});

	test('a single ReplicaSet takes all; without any with pods the newest does', () => {
		expect(plan(aDeployment({spec: {replicas: 6}}), undefined, sized('old', 4, 4, 5), sized('older', 0, 4, 5, 300))).toEqual(['old 4→6']);
		expect(plan(aDeployment({spec: {replicas: 6}}), undefined, sized('old', 0, 4, 5), sized('older', 0, 4, 5, 300))).toEqual(['old 0→6']);
	});

	test('when all desired pods are new and available, the old ones go', () => {
		expect(plan(aDeployment(), sized('new', 4, 4, 5), sized('old', 2, 2, 3))).toEqual(['old 2→0']);
	});

	test('it is one when a ReplicaSet with pods was sized for another count', () => {
		expect(isScalingEvent(aDeployment(), [sized('old', 3, 4, 5)])).toBe(false);
		expect(isScalingEvent(aDeployment({spec: {replicas: 8}}), [sized('old', 3, 4, 5)])).toBe(true);
		expect(isScalingEvent(aDeployment({spec: {replicas: 8}}), [sized('old', 0, 4, 5), aReplicaSet('own', 2)])).toBe(false);
	});

	test('whatever the sizes, all together get what the Deployment may have', () => {
		const sizes = fc.array(fc.integer({min: 1, max: 50}), {minLength: 2, maxLength: 4});
		fc.assert(
			fc.property(sizes, fc.integer({min: 0, max: 120}), fc.integer({min: 1, max: 20}), (list, replicas, surge) => {
				const before = list.reduce((sum, size) => sum + size, 0);
				const [newest, ...old] = list.map((size, index) => sized(`rs-${index}`, size, before, before, index * 10));
				const deployment = aDeployment({spec: {replicas, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: surge, maxUnavailable: 0}}}});
				const {steps} = planScaling(deployment, newest, old);
				expect(steps.every(({to}) => to >= 0)).toBe(true);
				expect(steps.reduce((sum, {to}) => sum + to, 0)).toBe(replicas === 0 ? 0 : replicas + surge);
			}),
		);
	});
});
