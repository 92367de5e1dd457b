import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import type {Deployment, Node, Pod, ReplicaSet} from '../../../src/demo/controllers/kinds.ts';
import {type SmallCluster, startSmallCluster} from './small-cluster.ts';

let cluster: SmallCluster;
beforeEach(async () => {
	cluster = await startSmallCluster('node-1');
});
afterEach(() => cluster.stop());

const apps = '/apis/apps/v1/namespaces/default';
const core = '/api/v1/namespaces/default';
const web = `${apps}/deployments/web`;

function aDeployment(spec: object = {}) {
	const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image: 'a:1', ports: [{name: 'http', containerPort: 8080}]}]}};
	return {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, spec: {replicas: 3, selector: {matchLabels: {app: 'web'}}, template, ...spec}};
}

const deployment = () => cluster.get<Deployment>(web);
const reason = async () => (await deployment()).status?.conditions?.find(({type}) => type === 'Progressing')?.reason;
const isComplete = (revision: number) => async () => {
	const {metadata, spec, status = {}} = await deployment();
	const counts = [status.updatedReplicas, status.availableReplicas, status.replicas];
	return (
		metadata.annotations?.['deployment.kubernetes.io/revision'] === String(revision) &&
		counts.every(count => count === spec.replicas) &&
		status.terminatingReplicas === 0
	);
};
const setImage = (image: string) => cluster.patch(web, {spec: {template: {spec: {containers: [{name: 'app', image}]}}}});
const messages = async (about: string) =>
	(await cluster.list<ApiObject & {reason: string; message: string}>(`${core}/events?fieldSelector=involvedObject.kind=${about}`)).map(
		event => `${event.reason}: ${event.message}`,
	);

describe('a Deployment on the embedded API server', () => {
	beforeEach(async () => {
		await cluster.create(`${apps}/deployments`, aDeployment());
		await cluster.until(isComplete(1));
	});

	test('rolls to a new image, never beyond its limits', async () => {
		await setImage('a:2');
		await cluster.until(async () => {
			const {status = {}} = await deployment();
			expect(status.availableReplicas ?? 0).toBeGreaterThanOrEqual(3);
			expect(status.replicas ?? 0).toBeLessThanOrEqual(4);
			return isComplete(2)();
		});
		expect((await messages('Deployment')).filter(text => text.includes('from 0 to'))).toHaveLength(2);
		const pods = await cluster.list<Pod>(`${core}/pods`);
		expect(pods.map(({spec}) => (spec.containers[0] as {image?: string}).image)).toEqual(['a:2', 'a:2', 'a:2']);
	});

	test('is told overdue a second after its deadline, and goes on with a better image', async () => {
		await cluster.patch(web, {spec: {progressDeadlineSeconds: 30}});
		await setImage('a:bad');
		const isGood = (pod: Pod) => (pod.spec.containers[0] as {image?: string}).image !== 'a:bad';
		await cluster.until(async () => (await cluster.list<Pod>(`${core}/pods`)).filter(pod => pod.status?.phase === 'Running').length === 4, isGood);
		await cluster.clock.advance(28_000);
		expect(await reason()).toBe('ReplicaSetUpdated');
		await cluster.clock.advance(5_000);
		expect(await reason()).toBe('ProgressDeadlineExceeded');
		await setImage('a:2');
		await cluster.until(isComplete(3), isGood);
		expect(await reason()).toBe('NewReplicaSetAvailable');
	});

	test('counts a pod as available when it has been ready for long enough, to the second', async () => {
		await cluster.patch(web, {spec: {minReadySeconds: 20, template: {metadata: {labels: {app: 'web', slow: 'yes'}}}}});
		await cluster.until(async () => (await deployment()).status?.readyReplicas === 4);
		await cluster.clock.advance(18_000);
		expect((await deployment()).status).toMatchObject({readyReplicas: 4, availableReplicas: 3});
		await cluster.clock.advance(2_000);
		const newest = (await cluster.list<ReplicaSet>(`${apps}/replicasets`)).find(({spec}) => spec.template.metadata?.labels?.slow === 'yes');
		expect(newest?.status?.availableReplicas).toBe(1);
	});

	test('does nothing while paused but scale, and rolls when resumed', async () => {
		await cluster.patch(web, {spec: {paused: true}});
		await cluster.until(async () => (await reason()) === 'DeploymentPaused');
		await setImage('a:2');
		await cluster.patch(web, {spec: {replicas: 4}});
		await cluster.until(async () => (await deployment()).status?.availableReplicas === 4);
		expect(await cluster.list(`${apps}/replicasets`)).toHaveLength(1);
		await cluster.patch(web, {spec: {paused: null}});
		await cluster.until(isComplete(2));
	});

	test('keeps its name when another template has the same hash', async () => {
		const [first] = await cluster.list<ReplicaSet>(`${apps}/replicasets`);
		await cluster.remove(web, {propagationPolicy: 'Orphan'});
		await cluster.until(async () => (await cluster.list(`${apps}/deployments`)).length === 0);
		const other = {
			...first,
			metadata: {name: first?.metadata.name, labels: {other: 'one'}},
			spec: {
				...first?.spec,
				selector: {matchLabels: {other: 'one'}},
				template: {metadata: {labels: {other: 'one'}}, spec: {containers: [{name: 'x', image: 'x'}]}},
			},
			status: undefined,
		};
		await cluster.remove(`${apps}/replicasets/${first?.metadata.name}`);
		await cluster.until(async () => (await cluster.list(`${apps}/replicasets`)).length === 0);
		await cluster.create(`${apps}/replicasets`, other);
		await cluster.create(`${apps}/deployments`, aDeployment());
		await cluster.until(isComplete(1));
		expect((await deployment()).status?.collisionCount).toBe(1);
		expect(await cluster.list(`${apps}/replicasets`)).toHaveLength(2);
	});

	test.each([
		['Background', 0, 0],
		['Foreground', 0, 0],
		['Orphan', 1, 3],
	])('deleted with %s leaves %s ReplicaSets and %s pods', async (propagationPolicy, replicaSets, pods) => {
		await cluster.remove(web, {propagationPolicy});
		const left = async () =>
			[await cluster.list(`${apps}/deployments`), await cluster.list(`${apps}/replicasets`), await cluster.list(`${core}/pods`)].map(items => items.length);
		await cluster.until(async () => (await left()).join() === [0, replicaSets, pods].join());
		await cluster.clock.advance(5_000);
		expect(await left()).toEqual([0, replicaSets, pods]);
	});

	test('goes with its namespace', async () => {
		await cluster.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'gone'}});
		await cluster.create('/apis/apps/v1/namespaces/gone/deployments', aDeployment());
		await cluster.until(async () => (await cluster.list<Pod>('/api/v1/namespaces/gone/pods')).filter(pod => pod.status?.phase === 'Running').length === 3);
		await cluster.remove('/api/v1/namespaces/gone');
		await cluster.until(async () => (await cluster.list('/api/v1/namespaces')).every(({metadata}) => metadata.name !== 'gone'));
		expect(await cluster.list('/apis/apps/v1/replicasets')).toHaveLength(1);
	});

	test('loses its pods on a node that falls silent only after they have put up with it', async () => {
		await cluster.clock.advance(49_000);
		const ready = async () => (await cluster.get<Node>('/api/v1/nodes/node-1')).status?.conditions?.find(({type}) => type === 'Ready');
		expect((await ready())?.status).toBe('True');
		await cluster.clock.advance(12_000);
		expect(await ready()).toMatchObject({status: 'Unknown', reason: 'NodeStatusUnknown'});
		const pods = () => cluster.list<Pod>(`${core}/pods`);
		expect((await pods()).map(({status}) => status?.conditions?.find(({type}) => type === 'Ready')?.status)).toEqual(['False', 'False', 'False']);
		expect((await pods()).every(({metadata}) => metadata.deletionTimestamp === undefined)).toBe(true);
		await cluster.clock.advance(302_000);
		expect((await pods()).filter(({metadata}) => metadata.deletionTimestamp !== undefined)).toHaveLength(3);
	});
});

test('a pod that fits nowhere is told why, and gets its node when one comes', async () => {
	const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'large'}, spec: {containers: [{name: 'a', image: 'a', resources: {requests: {cpu: '6'}}}]}};
	await cluster.create(`${core}/pods`, pod);
	await cluster.clock.advance(500);
	const {status} = await cluster.get<Pod>(`${core}/pods/large`);
	expect(status?.conditions?.find(({type}) => type === 'PodScheduled')).toMatchObject({
		status: 'False',
		reason: 'Unschedulable',
		message: expect.stringContaining('1 Insufficient cpu'),
	});
	await cluster.addNode('node-2', {cpu: '8', memory: '8Gi', pods: '9'});
	await cluster.clock.advance(12_000);
	expect((await cluster.get<Pod>(`${core}/pods/large`)).spec.nodeName).toBe('node-2');
	expect(await messages('Pod')).toEqual([
		expect.stringContaining('FailedScheduling: 0/1 nodes are available'),
		'Scheduled: Successfully assigned default/large to node-2',
	]);
});

test('a quota that is used up fails the ReplicaSet until there is room', async () => {
	await cluster.create(`${core}/resourcequotas`, {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few'}, spec: {hard: {pods: '2'}}});
	await cluster.clock.advance(500);
	await cluster.create(`${apps}/deployments`, aDeployment());
	await cluster.until(async () => (await deployment()).status?.conditions?.some(({type}) => type === 'ReplicaFailure') ?? false);
	expect((await deployment()).status?.replicas).toBe(2);
	await cluster.patch(`${core}/resourcequotas/few`, {spec: {hard: {pods: '5'}}});
	await cluster.clock.advance(60_000);
	await cluster.until(isComplete(1));
	expect((await deployment()).status?.conditions?.map(({type}) => type).toSorted()).toEqual(['Available', 'Progressing']);
});

test('a Service has its endpoints, and loses them with itself', async () => {
	await cluster.create(`${core}/services`, {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 'http'}]},
	});
	await cluster.create(`${apps}/deployments`, aDeployment());
	await cluster.until(isComplete(1));
	const slices = () => cluster.list<ApiObject & {endpoints: {conditions: {ready: boolean}}[]}>('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices');
	await cluster.until(async () => (await slices())[0]?.endpoints.filter(({conditions}) => conditions.ready).length === 3);
	const endpoints = await cluster.get<ApiObject & {subsets: {addresses: object[]; ports: object[]}[]}>(`${core}/endpoints/web`);
	expect(endpoints.subsets).toMatchObject([{addresses: [{}, {}, {}], ports: [{port: 8080, protocol: 'TCP'}]}]);
	await cluster.remove(`${core}/services/web`);
	await cluster.until(async () => (await slices()).length === 0 && (await cluster.list(`${core}/endpoints`)).every(({metadata}) => metadata.name !== 'web'));
});
