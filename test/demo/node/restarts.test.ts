import {describe, expect, test} from 'vitest';
import type {ContainerSpec, PodSpec, ProbeSpec} from '../../../src/demo/node/pod-spec.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import type {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {type TestNode, withTestNode} from './test-node.ts';

let node: TestNode;

withTestNode(fresh => {
	node = fresh;
});

describe('a container that fails its liveness probe', () => {
	test('is stopped with the grace period and started again', async () => {
		run({image: 'luksa/kubia:v3', livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1, failureThreshold: 2}}, {terminationGracePeriodSeconds: 5});
		await node.clock.advance(9_000);
		expect(messages()).toContain('Container app failed liveness probe, will be restarted');
		expect(messages()).toContain('Liveness probe failed: HTTP probe failed with statuscode: 500');
		expect(last().containerStatuses?.[0]).toMatchObject({restartCount: 0, ready: true});
		await node.clock.advance(5_000);
		expect(last().containerStatuses?.[0]).toMatchObject({
			restartCount: 1,
			state: {running: {}},
			lastState: {terminated: {exitCode: 137, reason: 'Error'}},
		});
	});

	test('is given the time that the probe says', async () => {
		run({image: 'luksa/kubia:v3', livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 3}});
		await node.clock.advance(12_000);
		expect(last().containerStatuses?.[0]?.restartCount).toBe(1);
	});

	test('waits longer each time, though it never ends by itself', async () => {
		run({image: 'nginx', livenessProbe: {httpGet: {port: 81}, periodSeconds: 1, failureThreshold: 1}});
		await node.clock.advance(120_000);
		const waits = node.statuses.flatMap(({containerStatuses}) => /^back-off (\S+)/.exec(containerStatuses?.[0]?.state.waiting?.message ?? '')?.[1] ?? []);
		expect([...new Set(waits)]).toEqual(['10s', '20s', '40s', '1m20s']);
	});

	test('ends for good when nothing is to be restarted', async () => {
		run({image: 'nginx', livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 1, failureThreshold: 1}}, {restartPolicy: 'Never'});
		await node.clock.advance(10_000);
		expect(last()).toMatchObject({phase: 'Succeeded', containerStatuses: [{restartCount: 0, state: {terminated: {exitCode: 0}}}]});
		expect(messages()).toContain('Stopping container app');
	});

	test('runs a command for it', async () => {
		const command = ['sh', '-c', 'touch /tmp/healthy; sleep 8; rm -f /tmp/healthy; sleep 600'];
		const livenessProbe = {exec: {command: ['cat', '/tmp/healthy']}, initialDelaySeconds: 3, periodSeconds: 2};
		run({image: 'busybox', command, livenessProbe}, {terminationGracePeriodSeconds: 2});
		await node.clock.advance(20_000);
		expect(messages()).toContain("Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n");
		expect(last().containerStatuses?.[0]?.restartCount).toBe(1);
	});

	test('is not restarted any more once its pod is deleted', async () => {
		const worker = run({image: 'luksa/kubia:v3', livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1, failureThreshold: 1}});
		await node.clock.advance(9_000);
		expect(messages()).toContain('Container app failed liveness probe, will be restarted');
		node.remove(worker, 4);
		await node.clock.advance(6_000);
		expect(node.deleted).toHaveLength(1);
		expect(last().containerStatuses?.[0]).toMatchObject({restartCount: 0, state: {terminated: {exitCode: 137}}});
	});
});

describe('a container with a startup probe', () => {
	const startupProbe: ProbeSpec = {httpGet: {port: 8080}, initialDelaySeconds: 5, periodSeconds: 1, failureThreshold: 2};

	test('has not started, nor is it ready, until the probe succeeds', async () => {
		run({image: 'luksa/kubia:v1', startupProbe, readinessProbe: {httpGet: {port: 8080}, periodSeconds: 30}});
		await node.clock.advance(4_000);
		expect(last()).toMatchObject({phase: 'Running', containerStatuses: [{started: false, ready: false, state: {running: {}}}]});
		await node.clock.advance(4_000);
		expect(last().containerStatuses?.[0]).toMatchObject({started: true, ready: true});
		expect(messages().some(message => message.startsWith('Readiness'))).toBe(false);
	});

	test('is ready as soon as it has started, without a readiness probe', async () => {
		run({image: 'luksa/kubia:v1', startupProbe});
		await node.clock.advance(4_000);
		expect(last().containerStatuses?.[0]).toMatchObject({started: false, ready: false});
		await node.clock.advance(4_000);
		expect(last().containerStatuses?.[0]).toMatchObject({started: true, ready: true});
	});

	test('is restarted when it takes too long', async () => {
		run({image: 'nginx', startupProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 3}});
		await node.clock.advance(6_000);
		expect(messages()).toContain('Container app failed startup probe, will be restarted');
		expect(messages().find(message => message.startsWith('Startup'))).toMatch(
			/^Startup probe failed: dial tcp 10\.244\.1\.\d+:8080: connect: connection refused$/,
		);
		expect(last().containerStatuses?.[0]).toMatchObject({restartCount: 1, started: false});
	});
});

describe('a container whose definition has changed', () => {
	test('is restarted in place', async () => {
		const worker = run({image: 'testpage:0.5'});
		await node.clock.advance(5_000);
		const [spec] = worker.pod.spec.containers;
		const containers = spec === undefined ? [] : [{...spec, image: 'testpage:0.6'}];
		worker.update({...worker.pod, metadata: {...worker.pod.metadata, generation: 2}, spec: {...worker.pod.spec, containers}});
		await node.clock.advance(3_000);
		expect(messages()).toContain('Container app definition changed, will be restarted');
		expect(last()).toMatchObject({observedGeneration: 2, containerStatuses: [{image: 'docker.io/library/testpage:0.6', restartCount: 1}]});
	});
});

test('a container that takes more memory than it may is OOMKilled', async () => {
	run({image: 'polinux/stress', command: ['stress'], args: ['--vm', '1', '--vm-bytes', '250M'], resources: {limits: {memory: '100Mi'}}});
	await node.clock.advance(4_000);
	expect(last().containerStatuses?.[0]?.lastState).toMatchObject({terminated: {exitCode: 137, reason: 'OOMKilled'}});
});

test('a script without end breaks nothing but its container', async () => {
	run({image: 'busybox', command: ['sh', '-c', 'true;'.repeat(200_000)]});
	await node.clock.advance(3_000);
	expect(last().containerStatuses?.[0]?.lastState).toMatchObject({terminated: {exitCode: 1}});
});

function run(app: Partial<ContainerSpec>, spec: Partial<PodSpec> = {}, second?: Partial<ContainerSpec>): PodWorker {
	const containers = [{name: 'app', image: '', ...app}, ...(second === undefined ? [] : [{name: 'second', image: '', ...second}])];
	return node.run({metadata: {name: 'app', namespace: 'default', uid: 'uid'}, spec: {containers, restartPolicy: 'Always', ...spec}});
}

function last(): PodStatus {
	return node.statuses.at(-1) ?? {};
}

function messages(): readonly string[] {
	return node.events.map(({message}) => message);
}
