import {get as httpsGet} from 'node:https';
import {afterAll, beforeAll, expect, inject, test, vi} from 'vitest';
import {startControlPlane} from './harness/control-plane.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';

interface List<T> {
	readonly items: readonly T[];
}

const cluster = suiteCluster();
let namespace: TestNamespace;
beforeAll(async () => {
	namespace = await createNamespace(cluster, 'control-plane');
});
afterAll(() => namespace.delete());

test.runIf(isOwnCluster())('is Kubernetes 1.36.3, kubectl included, and ready in five seconds', async () => {
	const {stdout} = await cluster.kubectl(['version', '-o', 'json']);
	const {clientVersion, serverVersion} = JSON.parse(stdout);
	expect([clientVersion.gitVersion, serverVersion.gitVersion]).toEqual(['v1.36.3', 'v1.36.3']);
	expect(inject('clusterStartMs')).toBeLessThan(5000);
});

test('a Deployment gets its ReplicaSet and pods, and the scheduler says why a pod that fits nowhere waits', async () => {
	const template = {
		metadata: {labels: {app: 'idle'}},
		spec: {containers: [{name: 'idle', image: 'idle'}], nodeSelector: {'rollwatch.test/node': 'none'}},
	};
	await namespace.apply({
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'idle'},
		spec: {replicas: 3, selector: {matchLabels: {app: 'idle'}}, template},
	});
	const conditions = await vi.waitFor(
		async () => {
			const pods = await namespace.get<List<{status: {conditions?: {type: string; reason: string}[]}}>>(['pods']);
			const found = pods.items.map(pod => pod.status.conditions?.find(({type}) => type === 'PodScheduled')?.reason);
			expect(found).toEqual(['Unschedulable', 'Unschedulable', 'Unschedulable']);
			return found;
		},
		{timeout: 20_000, interval: 200},
	);
	expect(conditions).toHaveLength(3);
	const replicaSets = await namespace.must(['get', 'rs', '--no-headers']);
	expect(replicaSets).toMatch(/^idle-[0-9a-z]+ +3 +3 +0 /);
});

test('kubectl can watch: its lines come one by one until it is told to stop', async () => {
	const stop = new AbortController();
	const lines: string[] = [];
	const watching = namespace.kubectl(['get', 'configmaps', '-w', '-o', 'name'], {signal: stop.signal, onLine: line => lines.push(line)});
	await namespace.must(['create', 'configmap', 'seen']);
	await expect.poll(() => lines, {timeout: 30_000}).toContain('configmap/seen');
	stop.abort();
	expect((await watching).stdout).toBe(lines.map(line => `${line}\n`).join(''));
});

test.runIf(isOwnCluster())('the audit log holds what kubectl sent, body included', async () => {
	await namespace.must(['create', 'deployment', 'audited', '--image=idle', '--replicas=0']);
	await namespace.must(['rollout', 'pause', 'deployment/audited']);
	const patch = (await cluster.auditEvents()).find(({verb, objectRef}) => verb === 'patch' && objectRef?.name === 'audited');
	expect(patch).toMatchObject({user: {username: 'admin'}, requestObject: {spec: {paused: true}}, responseStatus: {code: 200}});
});

test('a restricted user may do nothing until a role says so', async () => {
	const kubeconfig = await cluster.kubeconfigFor('restricted-1');
	const refused = await namespace.kubectl(['get', 'pods'], {kubeconfig});
	expect(refused).toMatchObject({code: 1, stderr: expect.stringContaining('User "restricted-1" cannot list resource "pods"')});
	await namespace.must(['create', 'rolebinding', 'view', '--clusterrole=view', '--user=restricted-1']);
	await vi.waitFor(async () => expect(await namespace.kubectl(['get', 'pods'], {kubeconfig})).toMatchObject({code: 0}), {timeout: 30_000});
});

test.runIf(isOwnCluster())('a control plane of one\u2019s own can hang, die, come back with its data, and leaves nothing', async () => {
	const own = await startControlPlane();
	try {
		own.pauseApiServer();
		await expect(ask(own.server)).rejects.toThrow('no answer');
		own.resumeApiServer();
		await expect(ask(own.server)).resolves.toBe(401);
		await own.kubectl(['create', 'namespace', 'kept']);
		await own.killApiServer();
		await expect(ask(own.server)).rejects.toThrow('ECONNREFUSED');
		await own.startApiServer();
		expect(await own.kubectl(['get', 'namespace', 'kept'])).toMatchObject({code: 0});
	} finally {
		await own.stop();
	}
	await expect(ask(own.server)).rejects.toThrow('ECONNREFUSED');
});

test('a control plane that cannot start says why', async () => {
	await expect(startControlPlane({program: '/bin/false'})).rejects.toThrow(/^etcd ended by itself \(code 1\)/);
});

function ask(server: string): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const headers = {authorization: 'Bearer nobody'};
		const request = httpsGet(`${server}/api`, {agent: false, headers, rejectUnauthorized: false, timeout: 1000}, response => {
			response.resume();
			resolve(response.statusCode);
		});
		request.on('timeout', () => request.destroy(new Error('no answer'))).on('error', reject);
	});
}
