import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {type ClusterConnection, connect} from '../../src/cluster/connect.ts';
import {followLogs, type LogStreamState} from '../../src/cluster/follow-logs.ts';
import {defaultPolicy} from '../../src/cluster/informer/policy.ts';
import type {LogLine} from '../../src/cluster/log-stream.ts';
import {podLogs} from '../../src/cluster/pod-logs.ts';
import type {ClusterAccess} from './harness/cluster-access.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {joinOwnNode, onOwnNode} from './harness/own-node.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

describe.runIf(isOwnCluster() && podsAreReachable())('logs under a real control plane', () => {
	let cluster: ClusterAccess;
	let leave: (() => Promise<void>) | undefined;
	let namespace: TestNamespace;
	let connection: ClusterConnection;

	beforeAll(async () => {
		cluster = suiteCluster();
		leave = await joinOwnNode(cluster);
		namespace = await createNamespace(cluster, 'logs');
		connection = await connect({kubeconfig: cluster.kubeconfig, namespace: namespace.name, env: {HOME: '/nonexistent'}});
	});
	afterAll(async () => {
		await connection.close();
		await namespace.delete();
		await leave?.();
	});

	async function run(name: string, script: string): Promise<void> {
		const container = {name: 'app', image: 'busybox', command: ['sh', '-c', script]};
		const spec = {...onOwnNode, containers: [container], terminationGracePeriodSeconds: 0};
		await namespace.apply({apiVersion: 'v1', kind: 'Pod', metadata: {name}, spec});
	}

	function follow(pod: string, change: {readonly previous?: boolean; readonly isOver?: () => boolean} = {}) {
		const lines: LogLine[] = [];
		const states: LogStreamState[] = [];
		const stop = new AbortController();
		const ended = followLogs({
			connection,
			namespace: namespace.name,
			pod,
			container: 'app',
			tailLines: 100,
			silenceMs: 60_000,
			policy: defaultPolicy,
			signal: stop.signal,
			onLines: more => void lines.push(...more),
			onState: state => void states.push(state),
			isOver: () => false,
			...change,
		});
		return {lines, states, stop, ended, texts: () => lines.map(({text}) => text)};
	}

	test('go on over restarts, each line once', async () => {
		await run('crash', 'echo one; sleep 1; echo two; exit 3');
		const log = follow('crash');
		await vi.waitFor(() => expect(log.texts().length).toBeGreaterThanOrEqual(4), 40_000);
		log.stop.abort();
		await log.ended;
		expect(log.texts().slice(0, 4)).toEqual(['one', 'two', 'one', 'two']);
		expect(new Set(log.lines.map(({stamp}) => stamp)).size).toBe(log.lines.length);
		expect(log.states.map(({kind}) => kind)).toContain('ended');
	});

	test('of the run before a restart are read once, to their end', async () => {
		await run('again', 'echo last words; exit 3');
		await vi.waitFor(async () => expect(await podLogs(connection, {pod: 'again', container: 'app', previous: true})).toEqual(['last words']), 40_000);
		const log = follow('again', {previous: true});
		await log.ended;
		expect(log.texts()).toEqual(['last words']);
	});

	test('say in the kubelet’s words that a container waits', async () => {
		const container = {name: 'app', image: 'no-such-image:v9'};
		await namespace.apply({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'waits'}, spec: {...onOwnNode, containers: [container]}});
		const log = follow('waits');
		await vi.waitFor(() => expect(log.states).toContainEqual({kind: 'waiting', why: expect.stringMatching(/is waiting to start: .*pull/)}), 40_000);
		log.stop.abort();
		await log.ended;
	});

	test('end when the pod is gone', async () => {
		await run('leaves', 'echo here; sleep 1000');
		let isGone = false;
		const log = follow('leaves', {isOver: () => isGone});
		await vi.waitFor(() => expect(log.texts()).toEqual(['here']), 40_000);
		await namespace.must(['delete', 'pod', 'leaves', '--wait=true']);
		isGone = true;
		await log.ended;
		expect(log.texts()).toEqual(['here']);
	});
});
