import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {ClusterAccess} from './harness/cluster-access.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {joinOwnNode, onOwnNode, ownNodeName} from './harness/own-node.ts';
import {type PodLife, watchPods} from './harness/pod-lives.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

let cluster: ClusterAccess;
let leave: (() => Promise<void>) | undefined;

// Side by side, because most of the time goes into waiting.
describe.runIf(isOwnCluster() && podsAreReachable()).concurrent("what the node's pods do under a real control plane", () => {
	beforeAll(async () => {
		cluster = suiteCluster();
		leave = await joinOwnNode(cluster);
	});
	afterAll(() => leave?.());

	test('init containers run one after the other before the pod', async () => {
		await inNamespace(async namespace => {
			const [life] = await livesUntil(namespace, {initContainers: [shell('one', 'sleep 2'), shell('two', 'sleep 2')], containers: [nginx]}, '1/1 Running');
			expect(withoutBinding(life)).toEqual(['0/1 Init:0/2', '0/1 Init:1/2', '0/1 PodInitializing', '1/1 Running']);
			expect(await namespace.must(['get', 'pod', 'app', '-o', 'jsonpath={.status.conditions[?(@.type=="Initialized")].status}'])).toBe('True');
		});
	});

	test('an init container that fails is told of, and tried again later', async () => {
		await inNamespace(async namespace => {
			const [life] = await livesUntil(namespace, {initContainers: [shell('one', 'sleep 1; exit 3')], containers: [nginx]}, '0/1 Init:CrashLoopBackOff');
			expect(withoutBinding(life)).toEqual(['0/1 Init:0/1', '0/1 Init:Error', '0/1 Init:0/1', '0/1 Init:Error', '0/1 Init:CrashLoopBackOff']);
		});
	});

	test('a sidecar counts beside the container that it is for', async () => {
		await inNamespace(async namespace => {
			const sidecar = {...shell('proxy', 'sleep 600'), restartPolicy: 'Always'};
			const [life] = await livesUntil(namespace, {initContainers: [sidecar], containers: [nginx]}, '2/2 Running');
			expect(withoutBinding(life)[0]).toBe('0/2 Init:0/1');
			expect(life?.states.at(-2)).toMatch(/^1\/2 (PodInitializing|Running)$/);
		});
	});

	test('a startup probe holds back readiness, and a liveness probe restarts', async () => {
		await inNamespace(async namespace => {
			const port = {httpGet: {path: '/', port: 8080}, periodSeconds: 1};
			const container = {name: 'app', image: 'luksa/kubia:v3', startupProbe: {...port, initialDelaySeconds: 3}, livenessProbe: {...port, failureThreshold: 2}};
			const watched = watchPods(cluster, namespace);
			await namespace.apply(pod({containers: [container], terminationGracePeriodSeconds: 2}));
			await watched.until(([life]) => life?.restarts === 1 && life.last === '1/1 Running', 40_000);
			const [life] = await watched.end();
			expect(withoutBinding(life).slice(1)).toEqual(['0/1 Running', '1/1 Running', '0/1 Running', '1/1 Running']);
			await hasEvent(namespace, /^Liveness probe failed: HTTP probe failed with statuscode: 500$/);
			await hasEvent(namespace, /^Container app failed liveness probe, will be restarted$/);
		});
	});

	test('a preStop hook keeps a pod answering, and out of new connections, before it ends', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(pod({containers: [{...nginx, lifecycle: {preStop: {sleep: {seconds: 4}}}}]}));
			await namespace.must(['wait', 'pod/app', '--for=condition=Ready', '--timeout=20s']);
			const ip = await namespace.must(['get', 'pod', 'app', '-o', 'jsonpath={.status.podIP}']);
			await namespace.must(['delete', 'pod', 'app', '--wait=false']);
			const startedAt = performance.now();
			expect((await fetch(`http://${ip}/`)).status).toBe(200);
			await namespace.must(['wait', 'pod/app', '--for=delete', '--timeout=20s']);
			expect(performance.now() - startedAt).toBeGreaterThan(3_500);
		});
	});

	test('a container waits for a ConfigMap that it needs, and gets its values', async () => {
		await inNamespace(async namespace => {
			const env = [{name: 'GREETING', valueFrom: {configMapKeyRef: {name: 'words', key: 'greeting'}}}];
			await namespace.apply(pod({containers: [{...shell('app', 'echo $GREETING; sleep 600'), env}]}));
			await hasEvent(namespace, /^Error: configmap "words" not found$/);
			expect(await namespace.must(['get', 'pod', 'app'])).toMatch(/0\/1 +CreateContainerConfigError /);
			await namespace.must(['create', 'configmap', 'words', '--from-literal=greeting=hello']);
			await namespace.must(['wait', 'pod/app', '--for=condition=Ready', '--timeout=40s']);
			expect(await namespace.must(['logs', 'app'])).toBe('hello\n');
		});
	});

	test('another image is taken up in place', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(pod({containers: [{name: 'app', image: 'testpage:0.5'}]}));
			await namespace.must(['wait', 'pod/app', '--for=condition=Ready', '--timeout=20s']);
			await namespace.must(['set', 'image', 'pod/app', 'app=testpage:0.6']);
			await hasEvent(namespace, /^Container app definition changed, will be restarted$/);
			await vi.waitFor(async () => expect(await namespace.must(['get', 'pod', 'app'])).toMatch(/1\/1 +Running +1 /), 30_000);
		});
	});

	test('kubectl logs -f shows each line when it is printed, and ends with the container', async () => {
		await inNamespace(async namespace => {
			const script = 'echo one; sleep 3; echo two; sleep 2; echo three; exit 0';
			await namespace.apply(pod({containers: [shell('app', script)], restartPolicy: 'Never'}));
			await vi.waitFor(async () => expect((await namespace.kubectl(['logs', 'app'])).stdout).toBe('one\n'), 30_000);
			const child = spawn(cluster.kubectlProgram, ['-n', namespace.name, 'logs', '-f', 'app'], {env: {...process.env, KUBECONFIG: cluster.kubeconfig}});
			const chunks: string[] = [];
			child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
			const [code] = await once(child, 'close');
			expect(code).toBe(0);
			expect(chunks.join('')).toBe('one\ntwo\nthree\n');
			expect(chunks.length).toBeGreaterThan(1);
			expect(await namespace.must(['logs', 'app', '--tail=1', '--timestamps'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z three\n$/);
			expect(await namespace.must(['logs', 'app', '--limit-bytes=5'])).toBe('one\nt');
		});
	});

	test('the node keeps its lease', async () => {
		const renewed = () => cluster.kubectl(['-n', 'kube-node-lease', 'get', 'lease', ownNodeName, '-o', 'jsonpath={.spec.renewTime}']);
		await vi.waitFor(async () => expect((await renewed()).stdout).toMatch(/^20\d\d-/), 30_000);
	});
});

const nginx = {name: 'app', image: 'nginx'};

function shell(name: string, script: string): object {
	return {name, image: 'busybox', command: ['sh', '-c', script]};
}

function pod(spec: object): object {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'app'}, spec: {...onOwnNode, terminationGracePeriodSeconds: 30, ...spec}};
}

async function livesUntil(namespace: TestNamespace, spec: object, last: string): Promise<readonly PodLife[]> {
	const watched = watchPods(cluster, namespace);
	await namespace.apply(pod(spec));
	await watched.until(([life]) => life?.last === last, 40_000);
	return watched.end();
}

/** Without what comes before the node's own work. */
function withoutBinding(life: PodLife | undefined): readonly string[] {
	return (life?.states ?? []).filter(state => !state.endsWith(' Pending'));
}

async function inNamespace(work: (namespace: TestNamespace) => Promise<void>): Promise<void> {
	const namespace = await createNamespace(cluster, 'lifecycle');
	try {
		await work(namespace);
	} finally {
		await namespace.delete();
	}
}

/** Events are written beside the status and may come a little later. */
async function hasEvent(namespace: TestNamespace, message: RegExp): Promise<void> {
	await vi.waitFor(async () => {
		const {items} = await namespace.get<{items: readonly {message: string}[]}>(['events']);
		expect(items.map(event => event.message)).toContainEqual(expect.stringMatching(message));
	}, 20_000);
}
