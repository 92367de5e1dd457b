import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {createIpPool} from '../../src/demo/node/ip-pool.ts';
import {type NodeOptions, type RunningNode, startNode} from '../../src/demo/node/start-node.ts';
import type {ClusterAccess} from './harness/cluster-access.ts';
import {type ControlPlane, startControlPlane} from './harness/control-plane.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {joinOwnNode, onOwnNode} from './harness/own-node.ts';
import {type PodLife, watchPods} from './harness/pod-lives.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

let cluster: ClusterAccess;
let leave: (() => Promise<void>) | undefined;

// Side by side, because most of the time goes into waiting for back-offs and grace periods.
describe.runIf(isOwnCluster() && podsAreReachable()).concurrent('the node under a real control plane', () => {
	beforeAll(async () => {
		cluster = suiteCluster();
		leave = await joinOwnNode(cluster);
	});
	afterAll(() => leave?.());

	test('runs a Deployment until it is available, serves it through the API server and has its log', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(...kubia({image: 'luksa/kubia:v1', minReadySeconds: 2}));
			await namespace.must(['rollout', 'status', 'deploy/kubia', '--timeout=40s']);
			const body = await namespace.must(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/kubia:80/proxy/`]);
			const [, pod = ''] = /^This is v1 running in pod (kubia-\S+)\n$/.exec(body) ?? [];
			const log = await namespace.must(['logs', pod]);
			expect(log).toMatch(/^Kubia server starting...\nReceived request from \S+ kube-probe\/1.36\n/);
			expect(await namespace.must(['logs', pod, '--tail=1'])).toMatch(/^Received request from .*\n$/);
		});
	});

	test('tells the version of nginx in a header only, on HEAD too', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(...web('nginx:1.16.1', 80));
			await namespace.must(['rollout', 'status', 'deploy/web', '--timeout=40s']);
			const {items} = await namespace.get<{items: readonly {status: {podIP: string}}[]}>(['pods']);
			const answer = await fetch(`http://${items[0]?.status.podIP}/`, {method: 'HEAD'});
			expect(answer.headers.get('server')).toBe('nginx/1.16.1');
			expect(await namespace.must(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/web:80/proxy/`])).toContain(
				'<title>Welcome to nginx!</title>',
			);
		});
	});

	test('blocks a rollout to a version that turns bad before it counts as available', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(...kubia({image: 'luksa/kubia:v2', minReadySeconds: 10}));
			await namespace.must(['rollout', 'status', 'deploy/kubia', '--timeout=40s']);
			const watched = watchPods(cluster, namespace);
			await namespace.must(['set', 'image', 'deploy/kubia', 'kubia=luksa/kubia:v3']);
			// Ready and then not, which no other pod is.
			const isBlocked = ({last, states}: PodLife) => last === '0/1 Running' && states.includes('1/1 Running');
			await watched.until(lives => lives.some(isBlocked), 20_000);
			const lives = await watched.end();
			expectAsCaptured(lives.find(isBlocked), 'deadline');
			expect(await namespace.must(['get', 'deploy', 'kubia'])).toMatch(/kubia +3\/3 +1 +3 /);
			await hasEvent(namespace, /^Readiness probe failed: HTTP probe failed with statuscode: 500$/);
		});
	});

	test('cannot pull an image that does not exist, backs off and tries again', async () => {
		await inNamespace(async namespace => {
			const watched = watchPods(cluster, namespace);
			await namespace.apply(pod({image: 'luksa/kubia:v9'}));
			await watched.until(([life]) => (life?.states.filter(state => state === '0/1 ErrImagePull').length ?? 0) === 2, 40_000);
			const [life] = await watched.end();
			expectAsCaptured(life, 'bad-image');
			await hasEvent(namespace, /^Back-off pulling image "luksa\/kubia:v9"$/);
			expect((await namespace.kubectl(['logs', 'app'])).stderr).toMatch(
				/container "app" in pod "app" is waiting to start: (image can't be pulled|trying and failing to pull image)/,
			);
		});
	});

	test('restarts a container that exits, and waits longer each time', async () => {
		await inNamespace(async namespace => {
			const watched = watchPods(cluster, namespace);
			await namespace.apply(pod({image: 'crash:1', readinessProbe}));
			await watched.until(([life]) => life?.states.at(-1) === '0/1 Error' && life.restarts === 2, 40_000);
			const [life] = await watched.end();
			expectAsCaptured(life, 'crash');
			expect(await namespace.must(['logs', 'app', '--previous'])).toBe(
				'starting\nfatal: cannot read configuration: /etc/app/config.yaml: no such file or directory\n',
			);
			await hasEvent(namespace, /^Back-off restarting failed container app in pod app_/);
		});
	});

	test('ends a program at once if it listens to SIGTERM, and after the grace period if not', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(pod({image: 'nginx'}, 'polite', 30), pod({image: 'luksa/kubia:v1'}, 'deaf', 4));
			await namespace.must(['wait', 'pod', '--all', '--for=condition=Ready', '--timeout=20s']);
			const watched = watchPods(cluster, namespace);
			await watched.until(lives => lives.length === 2, 10_000);
			const startedAt = performance.now();
			await namespace.must(['delete', 'pod', 'polite']);
			const politeMs = performance.now() - startedAt;
			await namespace.must(['delete', 'pod', 'deaf']);
			const deafMs = performance.now() - startedAt - politeMs;
			expect(deafMs).toBeGreaterThan(4_000);
			expect(politeMs).toBeLessThan(deafMs);
			const lives = await watched.end();
			expect(lives.map(({name, states}) => [name, ...states])).toEqual([
				['deaf', '1/1 Running', '1/1 Terminating', '0/1 Error'],
				['polite', '1/1 Running', '1/1 Terminating', '0/1 Completed'],
			]);
		});
	});

	test('gives up its pods when the Deployment is scaled down', async () => {
		await inNamespace(async namespace => {
			await namespace.apply(...web('harbor.example/demo/testpage:0.8', 8080));
			await namespace.must(['rollout', 'status', 'deploy/web', '--timeout=40s']);
			await namespace.must(['scale', 'deploy/web', '--replicas=0']);
			await namespace.must(['wait', 'pod', '-l', 'app=web', '--for=delete', '--timeout=20s']);
			const {stderr} = await namespace.kubectl(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/web:80/proxy/`]);
			expect(stderr).toContain('no endpoints available');
		});
	});
});

describe.runIf(isOwnCluster() && podsAreReachable())('the node in hard times', () => {
	let controlPlane: ControlPlane;
	let busy: RunningNode | undefined;

	beforeAll(async () => {
		controlPlane = await startControlPlane();
		const {info, server} = controlPlane;
		const {token, certificateAuthority} = info.own ?? {};
		const ca = readFileSync(certificateAuthority ?? '', 'utf8');
		busy = await startNode({api: {server, token, ca}, name: 'busy', ip: '10.244.78.1', ips: createIpPool('10.244.78'), capacity: {pods: 250, cpu: '64'}});
	});
	afterAll(async () => {
		await busy?.stop();
		await controlPlane?.stop();
	});

	test('two hundred pods become available side by side, and go so', async () => {
		const namespace = await createNamespace(controlPlane, 'busy');
		const container = {name: 'web', image: 'testpage:0.5', readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 2}};
		const livesMs = async (replicas: number) => {
			const startedAt = performance.now();
			await namespace.apply(deployment('many', {replicas}, container, {}));
			await namespace.must(['rollout', 'status', 'deploy/many', '--timeout=80s']);
			await namespace.must(['delete', 'deploy', 'many']);
			await expect.poll(() => namespace.must(['get', 'pods', '--no-headers']), {interval: 200}).toBe('');
			return performance.now() - startedAt;
		};
		const fewMs = await livesMs(20);
		expect(await livesMs(200)).toBeLessThan(6 * fewMs);
	});

	test('takes no more pods than it has room for', async () => {
		const small = await startNode({api: apiOf(controlPlane), name: 'small', ip: '10.244.79.1', ips: createIpPool('10.244.79'), capacity: {pods: 2}});
		const namespace = await createNamespace(controlPlane, 'small');
		await namespace.apply(deployment('web', {replicas: 3}, {name: 'web', image: 'nginx'}, {nodeSelector: {'kubernetes.io/hostname': 'small'}}));
		await vi.waitFor(async () => expect(await namespace.must(['get', 'deploy', 'web'])).toMatch(/web +2\/3 +3 +2 /), 30_000);
		await hasEvent(namespace, /^0\/2 nodes are available: .*1 Too many pods/);
		await small.stop();
		await controlPlane.kubectl(['delete', 'node', 'small']);
	});

	test('comes back when somebody deletes it', async () => {
		const lost = await startNode({api: apiOf(controlPlane), name: 'lost', ip: '10.244.79.1', ips: createIpPool('10.244.79')});
		await controlPlane.kubectl(['delete', 'node', 'lost']);
		await vi.waitFor(async () => expect((await controlPlane.kubectl(['get', 'node', 'lost'])).stdout).toMatch(/^lost +Ready /m), 30_000);
		await lost.stop();
		await controlPlane.kubectl(['delete', 'node', 'lost']);
	});

	test('its pods outlive the API server, and it goes on when the API server is back', async () => {
		const namespace = await createNamespace(controlPlane, 'outage');
		await namespace.apply(deployment('web', {replicas: 2}, {name: 'web', image: 'testpage:0.5'}, {}));
		await namespace.must(['rollout', 'status', 'deploy/web', '--timeout=20s']);
		const {items} = await namespace.get<{items: readonly {status: {podIP: string}}[]}>(['pods']);
		await controlPlane.killApiServer();
		expect(await (await fetch(`http://${items[0]?.status.podIP}:8080/`)).text()).toMatch(/^I am: 10\.244\.78\.\d+, the version is: 0\.5\n$/);
		await controlPlane.startApiServer();
		await namespace.must(['set', 'image', 'deploy/web', 'web=testpage:0.6']);
		await namespace.must(['rollout', 'status', 'deploy/web', '--timeout=40s']);
	});
});

function apiOf({server, own}: ClusterAccess): NodeOptions['api'] {
	return {server, token: own?.token, ca: readFileSync(own?.certificateAuthority ?? '', 'utf8')};
}

async function inNamespace(work: (namespace: TestNamespace) => Promise<void>): Promise<void> {
	const namespace = await createNamespace(cluster, 'node');
	try {
		await work(namespace);
	} finally {
		await namespace.delete();
	}
}

/** As long as the life was watched, `kubectl get pods -w` said of it what it said of a pod on a real node. */
function expectAsCaptured(life: PodLife | undefined, scenario: string): void {
	const {columns} = JSON.parse(readFileSync(new URL(`../demo/captures/${scenario}.json`, import.meta.url), 'utf8'));
	// A kubelet whose server is slow sends the newer of two states only, and these two come right after one another.
	// So does a watch that begins in that moment: it lists a pod that is bound already. Neither is the node's doing.
	const hasty: Readonly<Record<string, string>> = {'0/1 Running': '1/1 Running', '0/1 Pending': '0/1 ContainerCreating'};
	const withoutHaste = (states: readonly string[]) => states.filter((state, index) => hasty[state] === undefined || states[index + 1] !== hasty[state]);
	const seen = withoutHaste(life?.states ?? []);
	expect(seen).toEqual(withoutHaste(columns).slice(0, seen.length));
}

/** Events are written beside the status and may come a little later. */
async function hasEvent(namespace: TestNamespace, message: RegExp): Promise<void> {
	const isThere = async () => {
		const {items} = await namespace.get<{items: readonly {message: string}[]}>(['events']);
		expect(items.map(event => event.message)).toContainEqual(expect.stringMatching(message));
	};
	// Not by expect.poll, which finds no test where several run side by side.
	await vi.waitFor(isThere, {timeout: 30_000, interval: 200});
}

const readinessProbe = {httpGet: {path: '/', port: 8080}, periodSeconds: 1};

function pod(container: object, name = 'app', terminationGracePeriodSeconds = 1): object {
	return {apiVersion: 'v1', kind: 'Pod', metadata: {name}, spec: {...onOwnNode, terminationGracePeriodSeconds, containers: [{name: 'app', ...container}]}};
}

function kubia({image, minReadySeconds}: {image: string; minReadySeconds: number}): readonly object[] {
	const container = {name: 'kubia', image, ports: [{name: 'web-port', containerPort: 8080}], readinessProbe};
	return [deployment('kubia', {minReadySeconds, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}, container), service('kubia', 'web-port')];
}

function web(image: string, port: number): readonly object[] {
	return [deployment('web', {}, {name: 'web', image, readinessProbe: {tcpSocket: {port}, periodSeconds: 1}}), service('web', port)];
}

function deployment(app: string, spec: object, container: object, where: object = onOwnNode): object {
	const template = {metadata: {labels: {app}}, spec: {...where, containers: [container]}};
	return {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: app}, spec: {replicas: 3, selector: {matchLabels: {app}}, template, ...spec}};
}

function service(app: string, targetPort: number | string): object {
	return {apiVersion: 'v1', kind: 'Service', metadata: {name: app}, spec: {selector: {app}, ports: [{port: 80, targetPort}]}};
}
