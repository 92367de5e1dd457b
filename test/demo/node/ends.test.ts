import {describe, expect, test} from 'vitest';
import type {ContainerSpec, PodSpec} from '../../../src/demo/node/pod-spec.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import type {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {type TestNode, withTestNode} from './test-node.ts';

let node: TestNode;

withTestNode(fresh => {
	node = fresh;
});

describe('a preStop hook', () => {
	test('runs before SIGTERM, while the program still answers', async () => {
		const worker = run({image: 'nginx', lifecycle: {preStop: {sleep: {seconds: 5}}}});
		await node.clock.advance(3_000);
		node.remove(worker);
		await node.clock.advance(4_500);
		expect((await ask(worker)).status).toBe(200);
		await node.clock.advance(1_000);
		expect(node.deleted).toHaveLength(1);
		expect(last().containerStatuses?.[0]?.state.terminated?.exitCode).toBe(0);
	});

	test('takes its time from the grace period, and two seconds are left in any case', async () => {
		const worker = run({image: 'luksa/kubia:v1', lifecycle: {preStop: {sleep: {seconds: 60}}}});
		await node.clock.advance(3_000);
		node.remove(worker, 10);
		await node.clock.advance(11_500);
		expect(worker.slots[0]?.run.kind).toBe('running');
		await node.clock.advance(1_000);
		expect(node.deleted).toHaveLength(1);
	});

	test('that fails is told of, and SIGTERM comes at once', async () => {
		const worker = run({image: 'nginx', lifecycle: {preStop: {httpGet: {port: 81, path: '/bye'}}}});
		await node.clock.advance(3_000);
		node.remove(worker);
		await node.clock.advance(1_000);
		expect(node.deleted).toHaveLength(1);
		expect(node.events.slice(-2).map(({type, reason, message}) => [type, reason, message])).toEqual([
			['Normal', 'Killing', 'Stopping container app'],
			['Warning', 'FailedPreStopHook', 'PreStopHook failed'],
		]);
	});

	test('asks the program', async () => {
		const worker = run({image: 'canarydemo:v1', lifecycle: {preStop: {httpGet: {port: 8080, path: 'bye'}}}});
		await node.clock.advance(3_000);
		node.remove(worker);
		await node.clock.advance(0);
		expect(logOf(worker)).toContain('GET /bye');
	});

	test('ends with the node', async () => {
		const worker = run({image: 'nginx', lifecycle: {preStop: {sleep: {seconds: 60}}}});
		await node.clock.advance(3_000);
		node.remove(worker, 100);
		await node.clock.advance(1_000);
		await node.stop();
	});
});

describe('a postStart hook', () => {
	test('holds up the status until it has run', async () => {
		run({image: 'nginx', lifecycle: {postStart: {sleep: {seconds: 5}}}});
		await node.clock.advance(5_000);
		expect(last().containerStatuses?.[0]?.state.waiting?.reason).toBe('ContainerCreating');
		await node.clock.advance(2_000);
		expect(last().containerStatuses?.[0]).toMatchObject({ready: true});
	});

	test('that fails ends the container', async () => {
		run({image: 'nginx', lifecycle: {postStart: {httpGet: {port: 81}}}});
		await node.clock.advance(3_000);
		expect(last().containerStatuses?.[0]?.state.waiting).toMatchObject({
			reason: 'PostStartHookError',
			message: expect.stringMatching(
				/^HTTP lifecycle hook \(\) for Container "app" in Pod "app_default\(uid\)" failed - error: Get "http:.*connection refused$/,
			),
		});
		expect(node.events.map(({message}) => message)).toContain('PostStartHook failed');
	});
});

describe('a pod with a deadline', () => {
	test('fails when its time is over, its program is killed, and it says why ever after', async () => {
		const worker = run({image: 'luksa/kubia:v1'}, {activeDeadlineSeconds: 20, terminationGracePeriodSeconds: 1});
		await node.clock.advance(19_000);
		expect(last().phase).toBe('Running');
		await node.clock.advance(5_000);
		const why = {phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline'};
		expect(last()).toMatchObject(why);
		expect(worker.slots[0]?.run.kind).toBe('exited');
		await node.clock.advance(60_000);
		expect(last()).toMatchObject(why);
		expect(node.clock.pendingTimers()).toBe(0);
	});
});

describe('a pod that ends', () => {
	test('is still probed for its readiness', async () => {
		const worker = run({image: 'luksa/kubia:v3', readinessProbe: {httpGet: {port: 8080}, periodSeconds: 3, failureThreshold: 1}});
		await node.clock.advance(3_000);
		node.remove(worker);
		expect(last().containerStatuses?.[0]?.ready).toBe(true);
		await node.clock.advance(15_000);
		expect(last().containerStatuses?.[0]?.ready).toBe(false);
	});
});

function run(app: Partial<ContainerSpec>, spec: Partial<PodSpec> = {}): PodWorker {
	const containers = [{name: 'app', image: '', ...app}];
	return node.run({metadata: {name: 'app', namespace: 'default', uid: 'uid'}, spec: {containers, restartPolicy: 'Always', ...spec}});
}

function last(): PodStatus {
	return node.statuses.at(-1) ?? {};
}

async function place(worker: PodWorker): Promise<{readonly host: string; readonly port: number}> {
	const ip = worker.status.podIP ?? '';
	const at = (await node.node.network.resolve(ip, 8080)) ?? (await node.node.network.resolve(ip, 80));
	if (at === undefined) throw new Error('nobody listens');
	return at;
}

async function ask(worker: PodWorker): Promise<Response> {
	const {host, port} = await place(worker);
	return fetch(`http://${host}:${port}/`, {headers: {connection: 'close'}});
}

function logOf({slots: [slot]}: PodWorker): readonly string[] {
	return slot !== undefined && slot.run.kind !== 'none' ? slot.run.log.lines().map(({text}) => text) : [];
}
