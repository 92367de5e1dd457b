import {readFileSync, writeFileSync} from 'node:fs';
import {createServer, connect as dial, type Socket} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {type ClusterConnection, connect} from '../../src/cluster/connect.ts';
import {type CurlPodWish, curlPodSpec} from '../../src/cluster/curl-pod/curl-pod-spec.ts';
import {openCurlPod} from '../../src/cluster/curl-pod/open-curl-pod.ts';
import type {ProbeResult} from '../../src/domain/sample.ts';
import {createCurlLogReader} from '../../src/sampler/curl-log/curl-log-reader.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

const cluster = suiteCluster();

/** A way to the API server that can be cut. */
let wire: {readonly url: string; readonly opened: () => number; readonly cut: () => void; readonly close: () => void};
let connection: ClusterConnection;
/** Where the applications are, and where the curl pods are to be. */
let web: TestNamespace;
let curls: TestNamespace;

describe.runIf(isOwnCluster() && podsAreReachable())('a curl pod under a real control plane', () => {
	beforeAll(async () => {
		[web, curls, wire] = await Promise.all([createNamespace(cluster, 'curl-web'), createNamespace(cluster, 'curl-pods'), openWire(cluster.server)]);
		const kubeconfig = join(cluster.folder, `kubeconfig-${curls.name}`);
		writeFileSync(kubeconfig, readFileSync(cluster.kubeconfig, 'utf8').replace(cluster.server, wire.url), {mode: 0o600});
		connection = await connect({kubeconfig, namespace: curls.name, env: {}});
		await cluster.kubectl(['label', 'namespace', curls.name, 'pod-security.kubernetes.io/enforce=restricted']);
		await web.apply(...application('old', 'luksa/kubia:v1'), ...application('new', 'luksa/kubia:v2'), service);
		await Promise.all(['old', 'new'].map(name => web.must(['rollout', 'status', `deploy/${name}`, '--timeout=40s'])));
	});
	afterAll(async () => {
		await connection?.close();
		wire?.close();
		await Promise.all([web?.delete(), curls?.delete()]);
	});

	test('is admitted where only pods of the restricted profile are', async () => {
		const {stderr} = await curls.kubectl(['run', 'ordinary', '--image=busybox']);
		expect(stderr).toContain('violates PodSecurity "restricted:latest"');
		const pod = await open({}, 'nobody');
		expect(await curlPods()).toHaveLength(1);
		await pod.close();
	});

	// The other tests ask for other Services, so what these servers count is this test's.
	test('counts what the servers count, over a broken log stream too, and is gone afterwards', async () => {
		const pod = await open({most: 60});
		const [created] = await curlPods();
		expect(created?.spec.activeDeadlineSeconds).toBe(1_800);
		expect(created?.metadata.annotations['rollwatch/started-by']).toBe('admin');

		const reader = createCurlLogReader(Date.now);
		const results: ProbeResult[] = [];
		let openedBefore = 0;
		const follow = pod.follow(
			0,
			line => {
				const result = reader.read(line);
				if (result === undefined || results.push(result) !== 20) return;
				openedBefore = wire.opened();
				wire.cut();
			},
			new AbortController().signal,
		);
		await expect(follow).rejects.toThrow('its time of 30m is over');
		await pod.close();

		const bodies = results.map(result => (result.kind === 'answer' ? result.answer.body : result.reason));
		expect(bodies).toHaveLength(60);
		expect(countsOf(bodies, /^This is v\d running in pod (\S+)\n$/)).toEqual(await served());
		expect(new Set(bodies.map(body => body.slice(0, 10)))).toEqual(new Set(['This is v1', 'This is v2']));
		expect(reader.lost()).toBe(0);
		// The stream began again with what had been seen.
		// What was cut was opened anew.
		expect(openedBefore).toBeGreaterThan(0);
		expect(wire.opened()).toBeGreaterThan(openedBefore);
		expect(await curlPods()).toEqual([]);
	});

	test('sees a Service whose pods are gone as everybody inside does', async () => {
		await web.apply({...service, metadata: {name: 'empty'}, spec: {...service.spec, selector: {app: 'nobody'}}});
		const pod = await open({most: 3}, 'empty', 'no-such-service');
		const reasons = await Promise.all([0, 1].map(index => resultsOf(pod, index)));
		expect(reasons).toEqual([Array(3).fill('refused'), Array(3).fill('dns')]);
		await pod.close();
	});

	test('is deleted as soon as nobody wants it any more', async () => {
		const stop = new AbortController();
		await open({}, 'nobody', undefined, stop.signal);
		expect(await curlPods()).toHaveLength(1);
		stop.abort();
		await vi.waitFor(async () => expect(await curlPods()).toEqual([]), {timeout: 30_000, interval: 50});
	});

	test('says what stands against it: its quota, its limit range', async () => {
		await curls.apply({apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'no-pods'}, spec: {hard: {pods: '0'}}});
		await vi.waitFor(() => expect(open({})).rejects.toThrow(/the quota of the namespace leaves no room for it \(.*exceeded quota: no-pods/), {timeout: 30_000});
		await curls.must(['delete', 'quota', 'no-pods']);
		await curls.apply({
			apiVersion: 'v1',
			kind: 'LimitRange',
			metadata: {name: 'large'},
			spec: {limits: [{type: 'Container', min: {memory: '1Gi'}}]},
		});
		await vi.waitFor(() => expect(open({})).rejects.toThrow(/the quota or limit range of the namespace refuses it/), {timeout: 30_000});
		await curls.must(['delete', 'limitrange', 'large']);
	});
});

function wishOf(more: Partial<CurlPodWish>, names: readonly string[]): CurlPodWish {
	const requests = names.map(name => ({url: `http://${name}.${web.name}.svc/`, method: 'GET', headers: [], timeoutMs: 3_000}) as const);
	return {requests, intervalMs: 100, ...more};
}

async function open(more: Partial<CurlPodWish>, first = 'web', second?: string, signal = new AbortController().signal) {
	const names = second === undefined ? [first] : [first, second];
	return openCurlPod({connection, spec: curlPodSpec(connection, wishOf(more, names), Date.now()), signal});
}

async function resultsOf(pod: Awaited<ReturnType<typeof open>>, index: number): Promise<readonly string[]> {
	const reader = createCurlLogReader(Date.now);
	const reasons: string[] = [];
	const take = (result: ProbeResult | undefined) => result && reasons.push(result.kind === 'failure' ? result.reason : result.answer.body);
	await pod.follow(index, line => take(reader.read(line)), new AbortController().signal).catch(() => undefined);
	return reasons;
}

type CurlPodObject = {readonly metadata: {readonly annotations: Readonly<Record<string, string>>}; readonly spec: {readonly activeDeadlineSeconds: number}};

async function curlPods(): Promise<readonly CurlPodObject[]> {
	return (await curls.get<{items: readonly CurlPodObject[]}>(['pods', '-l', 'app.kubernetes.io/managed-by=rollwatch'])).items;
}

/** How many requests of ours each pod has written into its own log. */
async function served(): Promise<Readonly<Record<string, number>>> {
	const {items} = await web.get<{items: readonly {metadata: {name: string}}[]}>(['pods']);
	const names = items.map(({metadata}) => metadata.name);
	const logs = await Promise.all(names.map(name => web.must(['logs', name])));
	return Object.fromEntries(names.map((name, index) => [name, logs[index]?.match(/ rollwatch$/gm)?.length ?? 0]));
}

function countsOf(bodies: readonly string[], pattern: RegExp): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const body of bodies) {
		const name = pattern.exec(body)?.[1] ?? body;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]}};

function application(name: string, image: string): readonly object[] {
	const labels = {app: 'web', track: name};
	const readinessProbe = {httpGet: {path: '/', port: 8080}, periodSeconds: 1};
	const template = {metadata: {labels}, spec: {containers: [{name: 'web', image, readinessProbe}]}};
	return [{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name}, spec: {replicas: 2, selector: {matchLabels: labels}, template}}];
}

async function openWire(server: string): Promise<typeof wire> {
	const {port} = new URL(server);
	const sockets = new Set<Socket>();
	let opened = 0;
	const relay = createServer(client => {
		opened += 1;
		const out = dial(Number(port), '127.0.0.1');
		for (const socket of [client, out]) {
			sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				out.destroy();
			});
		}
		client.pipe(out).pipe(client);
	});
	await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve));
	const address = relay.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		url: `https://127.0.0.1:${address.port}`,
		opened: () => opened,
		cut,
		close() {
			relay.close();
			cut();
		},
	};
}
