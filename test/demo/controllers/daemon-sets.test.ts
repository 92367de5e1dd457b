import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import type {DaemonSet, DaemonSetStatus} from '../../../src/demo/controllers/daemon-set/daemon-set.ts';
import type {ControllerRevision} from '../../../src/demo/controllers/history/controller-revision.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import {type SmallCluster, startSmallCluster} from './small-cluster.ts';

let cluster: SmallCluster;
beforeEach(async () => {
	cluster = await startSmallCluster('node-1', 'node-2', 'node-3');
});
afterEach(() => cluster.stop());

type DaemonPod = Pod & {readonly spec: {readonly containers: readonly {readonly image: string}[]}};

const apps = '/apis/apps/v1/namespaces/default';
const core = '/api/v1/namespaces/default';
const agent = `${apps}/daemonsets/agent`;

function aDaemonSet(spec: object = {}, podSpec: object = {}) {
	const template = {metadata: {labels: {app: 'agent'}}, spec: {containers: [{name: 'app', image: 'a:1'}], ...podSpec}};
	return {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {name: 'agent'}, spec: {selector: {matchLabels: {app: 'agent'}}, template, ...spec}};
}

const set = () => cluster.get<DaemonSet>(agent);
const pods = () => cluster.list<DaemonPod>(`${core}/pods`);
const places = async () => (await pods()).map(({spec}) => `${spec.nodeName} ${spec.containers[0]?.image}`).sort();
const setImage = (image: string) => cluster.patch(agent, {spec: {template: {spec: {containers: [{name: 'app', image}]}}}});
const revisions = async () => (await cluster.list<ControllerRevision>(`${apps}/controllerrevisions`)).toSorted((left, right) => left.revision - right.revision);
const has = (status: Partial<DaemonSetStatus>) => async () => {
	const {metadata, status: now} = await set();
	return (
		now?.observedGeneration === metadata.generation && Object.entries(status).every(([key, value]) => (now?.[key as keyof DaemonSetStatus] ?? 0) === value)
	);
};
const isComplete = has({desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3, numberUnavailable: 0});
const everywhere = (image: string) => ['node-1', 'node-2', 'node-3'].map(node => `${node} ${image}`);

describe('a DaemonSet on the embedded API server', () => {
	test('has a pod on each node, made for it by name', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet());
		await cluster.until(isComplete);
		expect(await places()).toEqual(everywhere('a:1'));
		const [pod] = await pods();
		const [revision] = await revisions();
		expect(pod?.metadata.labels).toEqual({
			app: 'agent',
			'pod-template-generation': '1',
			'controller-revision-hash': revision?.metadata.labels?.['controller-revision-hash'],
		});
		expect(pod?.spec.tolerations?.map(({key}) => key)).toContain('node.kubernetes.io/unschedulable');
		const made = await cluster.list<ApiObject & {reason: string; message: string}>(`${core}/events?fieldSelector=involvedObject.kind=DaemonSet`);
		expect(made.map(({reason, message}) => `${reason}: ${message}`).sort()).toEqual(
			(await pods()).map(({metadata}) => `SuccessfulCreate: Created pod: ${metadata.name}`).sort(),
		);
	});

	test('is updated node by node, never with more than one without', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet());
		await cluster.until(isComplete);
		await setImage('a:2');
		await cluster.until(async () => {
			expect((await set()).status?.numberAvailable ?? 0).toBeGreaterThanOrEqual(2);
			return isComplete();
		});
		expect(await places()).toEqual(everywhere('a:2'));
		expect((await revisions()).map(({revision}) => revision)).toEqual([1, 2]);
	});

	test('takes as many nodes at a time as it may, in per cent of all, rounded up', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet({updateStrategy: {rollingUpdate: {maxUnavailable: '40%'}}}));
		await cluster.until(isComplete);
		await setImage('bad');
		await cluster.until(has({updatedNumberScheduled: 2, numberAvailable: 1}), pod => (pod as DaemonPod).spec.containers[0]?.image !== 'bad');
		expect((await places()).filter(place => place.endsWith('a:1'))).toHaveLength(1);
	});

	test('with a surge makes the second pod before the first one goes', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet({updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}));
		await cluster.until(isComplete);
		// Of two pods of a node the older one counts, and the API tells ages in whole seconds.
		await cluster.clock.advance(2_000);
		await setImage('a:2');
		await cluster.until(async () => {
			expect((await set()).status?.numberAvailable).toBe(3);
			expect((await pods()).filter(({metadata}) => metadata.deletionTimestamp === undefined).length).toBeLessThanOrEqual(4);
			return isComplete();
		});
		await cluster.until(async () => (await places()).join() === everywhere('a:2').join());
	});

	test('with OnDelete waits until somebody deletes a pod', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet({updateStrategy: {type: 'OnDelete'}}));
		await cluster.until(isComplete);
		await setImage('a:2');
		await cluster.until(has({updatedNumberScheduled: 0}));
		expect(await places()).toEqual(everywhere('a:1'));
		const [victim] = await pods();
		await cluster.remove(`${core}/pods/${victim?.metadata.name}`);
		await cluster.until(has({updatedNumberScheduled: 1, numberAvailable: 3}));
	});

	test('that goes back to an old template gives its revision the highest number, and keeps only as much history as it may', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet({revisionHistoryLimit: 1}));
		await cluster.until(isComplete);
		const [first] = await revisions();
		for (const image of ['a:2', 'a:1']) {
			await setImage(image);
			await cluster.until(isComplete);
		}
		expect((await revisions()).map(({revision}) => revision)).toEqual([2, 3]);
		expect((await revisions()).at(-1)?.metadata.name).toBe(first?.metadata.name);
		await setImage('a:3');
		await cluster.until(async () => (await isComplete()) && (await revisions()).length === 2);
		expect((await revisions()).map(({revision}) => revision)).toEqual([3, 4]);
	});

	test('follows the nodes: a new one gets a pod, one that is told apart loses it, a cordoned one keeps it', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet({}, {nodeSelector: {disk: 'ssd'}}));
		await cluster.until(has({desiredNumberScheduled: 0}));
		await cluster.patch('/api/v1/nodes/node-2', {metadata: {labels: {disk: 'ssd'}}});
		await cluster.until(has({desiredNumberScheduled: 1, numberAvailable: 1}));
		expect(await places()).toEqual(['node-2 a:1']);
		await cluster.patch('/api/v1/nodes/node-2', {spec: {unschedulable: true}});
		await cluster.remove(`${core}/pods/${(await pods())[0]?.metadata.name}`);
		await cluster.until(has({numberAvailable: 1}));
		await cluster.patch('/api/v1/nodes/node-2', {metadata: {labels: {disk: null}}});
		await cluster.until(async () => (await pods()).length === 0);
	});

	test('keeps away from a taint that its pods do not put up with, and leaves where it says so', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet());
		await cluster.until(isComplete);
		await cluster.patch('/api/v1/nodes/node-1', {spec: {taints: [{key: 'k', effect: 'NoSchedule'}]}});
		await cluster.remove(`${core}/pods/${(await pods()).find(({spec}) => spec.nodeName === 'node-3')?.metadata.name}`);
		await cluster.until(has({desiredNumberScheduled: 2, numberMisscheduled: 1, numberAvailable: 2}));
		await cluster.patch('/api/v1/nodes/node-1', {spec: {taints: [{key: 'k', effect: 'NoExecute'}]}});
		await cluster.until(async () => (await places()).join() === 'node-2 a:1,node-3 a:1');
	});

	test('replaces a pod that has failed, after a while that grows', async () => {
		await cluster.create(`${apps}/daemonsets`, aDaemonSet());
		await cluster.until(isComplete);
		const fail = async () => {
			const {metadata} = (await pods()).find(({spec}) => spec.nodeName === 'node-1') ?? {};
			await cluster.patch(`${core}/pods/${metadata?.name}/status`, {status: {phase: 'Failed', conditions: [{type: 'Ready', status: 'False'}]}});
			return metadata?.name;
		};
		const first = await fail();
		await cluster.until(async () => (await isComplete()) && !(await pods()).some(({metadata}) => metadata.name === first));
		const messages = await cluster.list<ApiObject & {reason: string; message: string}>(`${core}/events?fieldSelector=reason=FailedDaemonPod`);
		expect(messages.map(({message}) => message)).toEqual([`Found failed daemon pod default/${first} on node node-1, will try to kill it`]);
	});
});
