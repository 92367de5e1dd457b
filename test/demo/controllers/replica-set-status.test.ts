import {describe, expect, test} from 'vitest';
import type {Pod, ReplicaSet} from '../../../src/demo/controllers/kinds.ts';
import {nextAvailabilityMs} from '../../../src/demo/controllers/pods.ts';
import {replicaSetStatus, sameReplicaSetStatus} from '../../../src/demo/controllers/replica-set/replica-set-status.ts';
import {ago, aPod, aReplicaSet, now} from './objects.ts';

const statusOf = (replicaSet: ReplicaSet, active: readonly Pod[], failure?: Error) =>
	replicaSetStatus({replicaSet, active, terminating: [], failure, nowMs: now});

describe('the status of a ReplicaSet', () => {
	test('counts its pods, and says which generation it has seen', () => {
		const slow = aReplicaSet('rs', 3, {generation: 4});
		const replicaSet = {...slow, spec: {...slow.spec, minReadySeconds: 10}};
		const pods = [aPod('old', {readyAgo: 10}), aPod('young', {readyAgo: 9}), aPod('unready'), aPod('other', {labels: {app: 'x'}})];
		expect(replicaSetStatus({replicaSet, active: pods, terminating: [aPod('leaving')], failure: undefined, nowMs: now})).toEqual({
			replicas: 4,
			fullyLabeledReplicas: 3,
			readyReplicas: 2,
			availableReplicas: 1,
			terminatingReplicas: 1,
			observedGeneration: 4,
		});
	});

	test('with nothing to count only the API\u2019s own zeros are written', () => {
		expect(statusOf(aReplicaSet('rs', 0), [])).toEqual({replicas: 0, terminatingReplicas: 0, observedGeneration: 1});
	});

	test('a failure is told once, in the words of the first time, until it is over', () => {
		const first = statusOf(aReplicaSet('rs', 2), [aPod('a')], new Error('no room'));
		expect(first.conditions).toEqual([{type: 'ReplicaFailure', status: 'True', lastTransitionTime: ago(0), reason: 'FailedCreate', message: 'no room'}]);
		const failing = aReplicaSet('rs', 2, {status: first});
		expect(sameReplicaSetStatus(first, statusOf(failing, [aPod('a')], new Error('still no room')))).toBe(true);
		expect(statusOf(failing, [aPod('a')]).conditions).toBeUndefined();
		expect(statusOf(aReplicaSet('rs', 0), [aPod('a')], new Error('no')).conditions?.[0]?.reason).toBe('FailedDelete');
	});

	test('is not the same when only the number of terminating pods differs', () => {
		expect(sameReplicaSetStatus({replicas: 1, terminatingReplicas: 0}, {replicas: 1, terminatingReplicas: 1})).toBe(false);
		expect(sameReplicaSetStatus(undefined, {replicas: 0})).toBe(false);
	});
});

test('the next look is when the first of the ready pods has been so for long enough', () => {
	expect(nextAvailabilityMs([aPod('a', {readyAgo: 3}), aPod('b', {readyAgo: 7}), aPod('c', {readyAgo: 90}), aPod('d')], 10, now)).toBe(3_000);
	expect(nextAvailabilityMs([aPod('c', {readyAgo: 90})], 10, now)).toBeUndefined();
});
