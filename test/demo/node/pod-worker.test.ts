import {describe, expect, test} from 'vitest';
import type {ContainerSpec, PodSpec} from '../../../src/demo/node/pod-spec.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import type {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {createTestNode, type TestNode, withTestNode} from './test-node.ts';

let node: TestNode;

withTestNode(fresh => {
	node = fresh;
});

describe('the end of a pod', () => {
	test('comes sooner when it is deleted again with less time', async () => {
		const worker = run([{name: 'app', image: 'luksa/kubia:v1'}]);
		await node.clock.advance(5_000);
		node.remove(worker, 30);
		await node.clock.advance(10_000);
		node.remove(worker, 60);
		node.remove(worker, 5);
		await node.clock.advance(4_000);
		expect(node.deleted).toEqual([]);
		await node.clock.advance(2_000);
		expect(node.deleted).toHaveLength(1);
	});

	test('does not wait for a pull that never ends', async () => {
		node = createTestNode({pullMs: 3_600_000});
		const worker = run([{name: 'app', image: 'luksa/kubia:v1'}]);
		await node.clock.advance(5_000);
		node.remove(worker);
		await node.clock.advance(1_000);
		expect(node.deleted).toHaveLength(1);
		expect(last().phase).toBe('Failed');
	});

	test('waits for the slowest of its containers', async () => {
		const worker = run([
			{name: 'quick', image: 'nginx'},
			{name: 'deaf', image: 'luksa/kubia:v1'},
		]);
		await node.clock.advance(5_000);
		node.remove(worker, 10);
		await node.clock.advance(9_000);
		expect(node.deleted).toEqual([]);
		await node.clock.advance(2_000);
		expect(last().containerStatuses?.map(({state}) => state.terminated?.exitCode)).toEqual([0, 137]);
		expect(last().phase).toBe('Failed');
	});

	test('of itself: with restartPolicy Never nothing runs again and the address is free', async () => {
		run([{name: 'job', image: 'busybox', command: ['sh', '-c', 'sleep 2; exit 0']}], {restartPolicy: 'Never'});
		await node.clock.advance(60_000);
		expect(last()).toMatchObject({phase: 'Succeeded', containerStatuses: [{restartCount: 0, state: {terminated: {reason: 'Completed'}}}]});
		expect(last().conditions?.map(({status, reason}) => [status, reason])).toEqual([
			['False', undefined],
			['True', 'PodCompleted'],
			['False', 'PodCompleted'],
			['False', 'PodCompleted'],
			['True', undefined],
		]);
	});
});

describe('a pod with several containers', () => {
	test('is ready when all are', async () => {
		run([
			{name: 'web', image: 'nginx'},
			{name: 'app', image: 'luksa/kubia:v1', readinessProbe: {httpGet: {port: 8080}, initialDelaySeconds: 4, periodSeconds: 1}},
		]);
		await node.clock.advance(3_000);
		expect(last()).toMatchObject({phase: 'Running', containerStatuses: [{ready: true}, {ready: false}]});
		expect(ready()).toMatchObject({status: 'False', message: 'containers with unready status: [app]'});
		await node.clock.advance(4_000);
		expect(ready()).toMatchObject({status: 'True'});
	});

	test('runs what can run, and is pending while one cannot be pulled', async () => {
		run([
			{name: 'missing', image: 'luksa/kubia:v9'},
			{name: 'web', image: 'nginx'},
		]);
		await node.clock.advance(5_000);
		expect(last()).toMatchObject({phase: 'Pending', containerStatuses: [{state: {waiting: {reason: 'ErrImagePull'}}}, {ready: true}]});
	});
});

test('a change of the pod is confirmed with its generation', async () => {
	const worker = run([{name: 'app', image: 'nginx'}]);
	await node.clock.advance(5_000);
	worker.update({...worker.pod, metadata: {...worker.pod.metadata, generation: 2}});
	await node.clock.advance(0);
	expect(last().observedGeneration).toBe(2);
});

describe('an image', () => {
	test.each<[string, Partial<ContainerSpec>, string, string]>([
		[
			'has no valid name',
			{image: 'Nginx'},
			'InvalidImageName',
			`Failed to apply default image tag "Nginx": couldn't parse image name "Nginx": invalid reference format`,
		],
		['may not be pulled', {image: 'nginx', imagePullPolicy: 'Never'}, 'ErrImageNeverPull', 'Container image "nginx" is not present with pull policy of Never'],
	])('that %s keeps its container waiting', async (_name, container, reason, message) => {
		run([{name: 'app', image: '', ...container}]);
		await node.clock.advance(5_000);
		expect(last().containerStatuses?.[0]?.state).toEqual({waiting: {reason, message}});
	});

	test('is pulled once, or each time if that is asked for', async () => {
		run([{name: 'a', image: 'luksa/kubia:v1'}]);
		await node.clock.advance(3_000);
		run([{name: 'b', image: 'luksa/kubia:v1', imagePullPolicy: 'IfNotPresent'}]);
		run([{name: 'c', image: 'luksa/kubia:v1', imagePullPolicy: 'Always'}]);
		await node.clock.advance(3_000);
		const pulls = node.events.filter(({reason}) => reason.startsWith('Pull')).map(({reason, message}) => `${reason} ${message.split(' ')[0]}`);
		expect(pulls).toEqual(['Pulling Pulling', 'Pulled Successfully', 'Pulled Container', 'Pulling Pulling', 'Pulled Successfully']);
	});
});

describe('a crash loop', () => {
	test('waits ten seconds, then twenty, forty and so on up to five minutes', async () => {
		run([{name: 'app', image: 'crash'}]);
		await node.clock.advance(1_800_000);
		const waits = new Set(
			node.statuses.flatMap(({containerStatuses}) => /^back-off (\S+)/.exec(containerStatuses?.[0]?.state.waiting?.message ?? '')?.[1] ?? []),
		);
		expect([...waits]).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s']);
	});
});

let pods = 0;

function run(containers: readonly ContainerSpec[], spec: Partial<PodSpec> = {}): PodWorker {
	const name = `app-${++pods}`;
	return node.run({metadata: {name, namespace: 'default', uid: name}, spec: {containers, restartPolicy: 'Always', ...spec}});
}

function last(): PodStatus {
	return node.statuses.at(-1) ?? {};
}

function ready() {
	return last().conditions?.find(({type}) => type === 'Ready');
}
