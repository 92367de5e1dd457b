import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ApiError} from '../../../src/demo/api-client.ts';
import {budgetStatus, type DisruptionBudget} from '../../../src/demo/controllers/disruption/budget-status.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import {type SmallCluster, startSmallCluster} from './small-cluster.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe("a budget's status", () => {
	const cases: readonly (readonly [
		spec: object,
		pods: readonly string[],
		scale: number,
		allowed: number,
		desired: number,
		expected: number,
		reason: string,
	])[] = [
		[{minAvailable: 2}, ['ready', 'ready', 'ready'], 3, 1, 2, 3, 'one more than needed'],
		[{minAvailable: 2}, ['ready', 'unready', 'ready'], 3, 0, 2, 3, 'no pod to spare'],
		[{minAvailable: 5}, ['ready'], 1, 0, 5, 1, 'never below nothing'],
		[{minAvailable: '50%'}, ['ready', 'ready', 'ready'], 5, 0, 3, 5, 'percentages are of what is wanted, rounded up'],
		[{maxUnavailable: 1}, ['ready', 'ready', 'ready'], 3, 1, 2, 3, 'one may be missing'],
		[{maxUnavailable: 1}, ['ready', 'ready', 'unready'], 3, 0, 2, 3, 'and one is'],
		[{maxUnavailable: '30%'}, ['ready', 'ready', 'ready'], 3, 1, 2, 3, 'missing rounds up, too'],
		[{maxUnavailable: 0}, ['ready', 'ready'], 2, 0, 2, 2, 'none may go'],
		[{minAvailable: 1}, ['ready', 'going'], 2, 0, 1, 2, 'who goes counts no more as healthy'],
		[{minAvailable: 1}, ['ready', 'let-go'], 2, 0, 1, 2, 'nor who was let go'],
		[{minAvailable: 1}, ['ready', 'let-go-long-ago'], 2, 1, 1, 2, 'unless it never went'],
		[{maxUnavailable: 1}, [], 0, 0, 0, 0, 'nothing to protect'],
	];

	test.for(cases)('%j of %j: %i wanted, %i may go, %i needed, %i expected: %s', ([spec, kinds, scale, disruptionsAllowed, desiredHealthy, expectedPods]) => {
		const budget = {
			apiVersion: 'policy/v1',
			kind: 'PodDisruptionBudget',
			metadata: {name: 'b', uid: 'b', resourceVersion: '1', creationTimestamp: '', generation: 4},
			spec,
			status: {disruptedPods: {'pod-1': '2026-11-21T11:59:00Z', 'pod-3': '2026-11-21T11:50:00Z'}},
		} as unknown as DisruptionBudget;
		const pods = kinds.map((kind, index) => podOf(kind, kind === 'let-go' ? 'pod-1' : `other-${index}`));
		const status = budgetStatus(budget, pods, scale, now);
		expect(status).toMatchObject({disruptionsAllowed, desiredHealthy, expectedPods, observedGeneration: 4});
		expect(status.conditions).toMatchObject([{type: 'DisruptionAllowed', status: disruptionsAllowed > 0 ? 'True' : 'False'}]);
		expect(status.disruptedPods).toEqual(kinds.includes('let-go') ? {'pod-1': '2026-11-21T11:59:00Z'} : undefined);
	});
});

describe('an eviction', () => {
	let cluster: SmallCluster;
	const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
	const pods = '/api/v1/namespaces/default/pods';

	beforeEach(async () => {
		cluster = await startSmallCluster('node-1');
		const labels = {app: 'web'};
		const template = {metadata: {labels}, spec: {containers: [{name: 'web', image: 'web:1'}]}};
		await cluster.create('/apis/apps/v1/namespaces/default/deployments', {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'web'},
			spec: {replicas: 3, selector: {matchLabels: labels}, template},
		});
		await cluster.create(budgets, {
			apiVersion: 'policy/v1',
			kind: 'PodDisruptionBudget',
			metadata: {name: 'web'},
			spec: {maxUnavailable: 1, selector: {matchLabels: labels}},
		});
		await cluster.until(async () => (await statusOf()).disruptionsAllowed === 1);
	});
	afterEach(() => cluster.stop());

	const statusOf = async () => (await cluster.get<DisruptionBudget>(`${budgets}/web`)).status ?? {disruptionsAllowed: 0};
	const evict = async (name: string) => {
		const body = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name}};
		return cluster.api.send({method: 'POST', path: `${pods}/${name}/eviction`, body}).catch(error => error);
	};
	const names = async () => (await cluster.list(pods)).map(({metadata}) => metadata.name);

	test('is let through by the budget once, and refused until a new pod is ready', async () => {
		const [first = '', second = ''] = await names();
		expect(await evict(first)).toMatchObject({status: 'Success'});
		const refused = await evict(second);
		expect(refused).toBeInstanceOf(ApiError);
		expect(refused).toMatchObject({status: 429, reason: 'TooManyRequests', causes: ['DisruptionBudget']});
		expect((refused as ApiError).message).toBe("Cannot evict pod as it would violate the pod's disruption budget.");
		await cluster.until(async () => (await statusOf()).disruptionsAllowed === 1 && !(await names()).includes(first));
		expect(await evict(second)).toMatchObject({status: 'Success'});
	});

	test('of a pod that no budget means needs nobody', async () => {
		await cluster.create(pods, {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'alone'}, spec: {containers: [{name: 'web', image: 'web:1'}]}});
		expect(await evict('alone')).toMatchObject({status: 'Success'});
		expect((await statusOf()).disruptionsAllowed).toBe(1);
	});
});

function podOf(kind: string, name: string): Pod {
	const ready = {type: 'Ready', status: kind === 'unready' ? 'False' : 'True'};
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: kind === 'let-go-long-ago' ? 'pod-3' : name,
			namespace: 'default',
			uid: name,
			resourceVersion: '1',
			creationTimestamp: '',
			...(kind === 'going' ? {deletionTimestamp: '2026-11-21T12:00:30Z'} : {}),
		},
		spec: {containers: []},
		status: {phase: 'Running', conditions: [ready]},
	};
}
