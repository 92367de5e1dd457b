import {describe, expect, test} from 'vitest';
import {replicaFailure, withCondition} from '../../../src/demo/controllers/deployment/conditions.ts';
import {deploymentStatus, isComplete, sameDeploymentStatus} from '../../../src/demo/controllers/deployment/deployment-status.ts';
import {nextProgressCheckMs, rolloutStatus} from '../../../src/demo/controllers/deployment/progress.ts';
import type {Condition, DeploymentStatus} from '../../../src/demo/controllers/kinds.ts';
import {aDeployment, ago, aReplicaSet, now} from './objects.ts';

const progressing = (reason: string, status = 'True', updatedAgo = 10): Condition => ({
	type: 'Progressing',
	status,
	reason,
	message: 'as it was',
	lastUpdateTime: ago(updatedAgo),
	lastTransitionTime: ago(500),
});
const available: Condition = {
	type: 'Available',
	status: 'True',
	reason: 'MinimumReplicasAvailable',
	message: '',
	lastUpdateTime: ago(9),
	lastTransitionTime: ago(9),
};
const told = (status: DeploymentStatus) => status.conditions?.map(({type, status: is, reason, message}) => `${type}=${is} ${reason}: ${message}`);

describe('the status of a Deployment', () => {
	const newest = aReplicaSet('new', 2, {status: {replicas: 2, readyReplicas: 1, terminatingReplicas: 1}});
	const old = aReplicaSet('old', 3);

	test('adds up its ReplicaSets, and leaves out what is zero', () => {
		const status = deploymentStatus(aDeployment({generation: 7}), newest, [old, newest], now);
		expect({...status, conditions: undefined}).toEqual({
			observedGeneration: 7,
			replicas: 5,
			updatedReplicas: 2,
			readyReplicas: 4,
			availableReplicas: 3,
			unavailableReplicas: 2,
			terminatingReplicas: 1,
		});
		expect(deploymentStatus(aDeployment(), undefined, [], now)).not.toHaveProperty('replicas');
	});

	test('says that there is enough while as many are missing as may be', () => {
		expect(told(deploymentStatus(aDeployment(), newest, [old, newest], now))).toEqual([
			'Available=True MinimumReplicasAvailable: Deployment has minimum availability.',
		]);
		const few = told(deploymentStatus(aDeployment(), newest, [newest], now));
		expect(few).toEqual(['Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.']);
	});

	test('does not know how many are terminating as long as a ReplicaSet does not say', () => {
		const silent = {...old, status: {replicas: 3, observedGeneration: 1}};
		expect(deploymentStatus(aDeployment(), newest, [silent, newest], now)).not.toHaveProperty('terminatingReplicas');
		const unseen = {...old, status: {replicas: 0}};
		expect(deploymentStatus(aDeployment(), newest, [unseen, newest], now).terminatingReplicas).toBe(1);
	});

	test('is the same whether a zero is written or not', () => {
		expect(sameDeploymentStatus({replicas: 0, conditions: []}, {})).toBe(true);
		expect(sameDeploymentStatus({terminatingReplicas: 0}, {})).toBe(false);
	});
});

describe('progress', () => {
	const rolling = (conditions: readonly Condition[], before: DeploymentStatus = {}) =>
		aDeployment({status: {observedGeneration: 1, replicas: 4, ...before, conditions}});
	const stuck = [aReplicaSet('new', 1, {status: {replicas: 1}}), aReplicaSet('old', 3)] as const;
	const unchanged = {updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3};

	test('is told anew each time that there is some, also with the same reason', () => {
		const {conditions} = rolloutStatus(rolling([progressing('ReplicaSetUpdated'), available], {...unchanged, updatedReplicas: 0}), stuck[0], stuck, now);
		expect(conditions?.map(({type}) => type)).toEqual(['Available', 'Progressing']);
		expect(conditions?.at(-1)).toMatchObject({message: 'ReplicaSet "new" is progressing.', lastUpdateTime: ago(0), lastTransitionTime: ago(500)});
	});

	test('ends when all that is desired is there and nothing else', () => {
		const done = aReplicaSet('new', 4);
		const status = rolloutStatus(rolling([progressing('ReplicaSetUpdated')]), done, [done, aReplicaSet('old', 0)], now);
		expect(told(status)?.at(-1)).toBe('Progressing=True NewReplicaSetAvailable: ReplicaSet "new" has successfully progressed.');
		expect(isComplete(aDeployment(), status)).toBe(true);
	});

	test('is overdue after the deadline, not on it, and never after a rollout that has ended', () => {
		const at = (reason: string, updatedAgo: number) =>
			told(rolloutStatus(rolling([progressing(reason, 'True', updatedAgo), available], unchanged), stuck[0], stuck, now))?.find(text =>
				text.startsWith('Progressing'),
			);
		expect(at('ReplicaSetUpdated', 600)).toContain('as it was');
		expect(at('ReplicaSetUpdated', 601)).toBe('Progressing=False ProgressDeadlineExceeded: ReplicaSet "new" has timed out progressing.');
		expect(at('NewReplicaSetAvailable', 601)).toContain('as it was');
	});

	test('is nobody\u2019s business without a deadline', () => {
		const deployment = aDeployment({spec: {progressDeadlineSeconds: 2_147_483_647}, status: {conditions: [progressing('ReplicaSetUpdated')]}});
		expect(told(rolloutStatus(deployment, stuck[0], stuck, now))).toHaveLength(1);
	});

	test('is looked for again a second after the deadline, at once when that is near, and not when there is no more to come', () => {
		const next = (condition: Condition) => nextProgressCheckMs(rolling([condition]), {}, now);
		expect(next(progressing('ReplicaSetUpdated', 'True', 10))).toBe(591_000);
		expect(next(progressing('ReplicaSetUpdated', 'True', 600))).toBe(0);
		expect(next(progressing('ProgressDeadlineExceeded', 'False'))).toBeUndefined();
	});

	test('a failure of the new ReplicaSet goes before those of others, and away with them', () => {
		const failing = (name: string) =>
			aReplicaSet(name, 2, {status: {replicas: 1, conditions: [{type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: name}]}});
		expect(replicaFailure(failing('new'), [failing('old')])?.message).toBe('new');
		const status = rolloutStatus(rolling([]), stuck[0], [failing('old'), stuck[0]], now);
		expect(told(status)?.at(-1)).toBe('ReplicaFailure=True FailedCreate: old');
		expect(told(rolloutStatus(rolling(status.conditions ?? []), stuck[0], stuck, now))?.join()).not.toContain('ReplicaFailure');
	});
});

test('a condition of the same status and reason stays as it is; another one moves to the end and keeps the time of its status', () => {
	const before = [progressing('ReplicaSetUpdated'), available];
	expect(withCondition(before, progressing('ReplicaSetUpdated', 'True', 0))).toBe(before);
	const after = withCondition(before, {...progressing('NewReplicaSetAvailable'), lastTransitionTime: ago(0)});
	expect(after).toEqual([available, {...progressing('NewReplicaSetAvailable'), lastTransitionTime: ago(500)}]);
});
