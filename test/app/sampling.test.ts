import {writeFileSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createSampling, type Sampling, type SamplingEvent, type SamplingOptions} from '../../src/app/sampling.ts';
import {type SamplerFlags, toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import type {ClusterConnection} from '../../src/cluster/connect.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseService} from '../../src/cluster/parse/service.ts';
import {createPodDirectory} from '../../src/domain/pod-directory.ts';
import {parseSampleTarget} from '../../src/domain/sample-target.ts';
import {connectTo, writeFile} from '../cluster-io/harness/kubeconfig.ts';
import {podJson, serviceJson} from '../cluster-io/harness/objects.ts';
import {startRestServer} from '../cluster-io/harness/rest-server.ts';
import {httpServer, httpsServer, proxyServer} from '../sampler/servers.ts';
import {actionsOn} from './act/actions-on.ts';

const emptyDirectory = createPodDirectory([], []);

function podsOf(...pods: readonly object[]) {
	return pods.flatMap(pod => parsePod(pod) ?? []);
}

function samplingWith(flags: SamplerFlags, more: Partial<SamplingOptions>): Sampling {
	return createSampling({
		connection: {} as ClusterConnection,
		actions: actionsOn({} as ClusterConnection),
		options: toSamplerOptions({interval: 5, ...flags}),
		rule: {kind: 'auto'},
		directory: () => emptyDirectory,
		pods: () => [],
		services: () => [],
		env: {},
		confirmCurlPod: async () => false,
		now: Date.now,
		...more,
	});
}

/** Runs a target until it has told so many things. */
async function run(text: string, flags: SamplerFlags, count: number, more: Partial<SamplingOptions> = {}): Promise<readonly SamplingEvent[]> {
	const target = parseSampleTarget(text);
	if ('error' in target) throw new Error(target.error);
	const begin = await samplingWith(flags, more).prepare(target, {}, new AbortController().signal);
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const events: SamplingEvent[] = [];
	await begin(event => {
		if (events.length < count) events.push(event);
		if (events.length === count) stop.abort();
	}, stop.signal);
	return events;
}

function versionsIn(events: readonly SamplingEvent[]): readonly string[] {
	return events.map(event => {
		if (event.kind === 'paced') return `paced ${event.intervalMs}`;
		const {outcome} = event.sample;
		return outcome.kind === 'version' ? outcome.version : `${outcome.kind} ${outcome.kind === 'failure' ? outcome.detail : ''}`;
	});
}

describe('a URL', () => {
	it('is asked with everything that the options say', async () => {
		const seen: string[] = [];
		const server = await httpsServer(({url, method, headers}, response) => {
			seen.push(`${method} ${url} ${headers.host} ${headers.cookie}`);
			response.setHeader('set-cookie', 'a=1').setHeader('x-version', 'v3').end();
		});
		const paths = writeFile('paths', '/a\n# no\n/b\n');
		const flags = {header: [{name: 'Host', value: 'shop.test'}], head: true, insecure: true, cookies: true, paths};
		// No more than 64 are under way before the first answer has set its cookie.
		const versions = versionsIn(await run(server.url, flags, 65)).filter(told => !told.startsWith('paced'));
		expect(new Set(versions)).toEqual(new Set(['v3']));
		expect(seen).toContain('HEAD /a shop.test undefined');
		expect(new Set(seen.map(line => line.replace(/ \S*$/, '')))).toEqual(new Set(['HEAD /a shop.test', 'HEAD /b shop.test']));
		expect(seen.filter(line => line.endsWith(' a=1')).length).toBeGreaterThan(0);
	});

	it('goes through the proxy of the environment only where that is asked for', async () => {
		const server = await httpServer((_request, response) => response.end('This is v2'));
		const proxy = await proxyServer();
		// Loopback is never reached through a proxy, so the name must be another.
		const url = `http://shop.test:${server.port}/`;
		const env = {HTTP_PROXY: proxy.url};
		const connect = [{fromHost: undefined, fromPort: undefined, host: '127.0.0.1', port: server.port}];
		await run(url, {connectTo: connect}, 1, {env});
		expect(proxy.seen).toEqual([]);
		await run(url, {proxyFromEnv: true}, 1, {env});
		expect(proxy.seen[0]).toBe(`GET ${url}`);
		await run(server.url, {proxyFromEnv: true}, 1, {env: {...env, NO_PROXY: '127.0.0.1'}});
		expect(proxy.seen.filter(line => line !== `GET ${url}`)).toEqual([]);
	});

	it('is asked in bursts, not more often than the cap allows, which is said first', async () => {
		const server = await httpServer((_request, response) => response.end('This is v2'));
		expect(versionsIn(await run(server.url, {interval: 1, burst: 2}, 3))).toEqual(['paced 10', 'v2', 'v2']);
	});
});

describe('files', () => {
	const missing = '/nonexistent/file';
	it.each([
		['a missing authority', () => ({cacert: missing}), `--cacert: cannot read ${missing}: ENOENT`],
		['an authority that is none', () => ({cacert: writeFile('ca', 'no certificate')}), /^--cacert: .* holds no certificate in PEM form$/],
		['missing paths', () => ({paths: missing}), `--paths: cannot read ${missing}: ENOENT`],
		['paths that are none', () => ({paths: writeFile('paths', '/a\nb\n')}), /^--paths: .*: line 2: expected a path that begins with a slash, got "b"$/],
	])('%s is said before anything is sent', async (_what, flags, message) => {
		await expect(run('http://127.0.0.1:1/', flags(), 1)).rejects.toThrow(message);
	});
});

it('reads a file again that could not be used', async () => {
	const paths = writeFile('paths', '/a\nb\n');
	const sampling = samplingWith({paths}, {});
	const prepare = () => sampling.prepare({kind: 'url', url: 'http://127.0.0.1:1/', label: ''}, {}, new AbortController().signal);
	await expect(prepare()).rejects.toThrow('--paths');
	writeFileSync(paths, '/a\n/b\n');
	await expect(prepare()).resolves.toBeTypeOf('function');
});

describe('the thread that sends the requests', () => {
	const target = {kind: 'url', url: 'http://127.0.0.1:1/', label: ''} as const;

	it('is started once, and once more when it has died', async () => {
		let hasFailed = false;
		let starts = 0;
		const startThread = () => {
			starts += 1;
			hasFailed = false;
			return {run: async () => {}, hasFailed: () => hasFailed};
		};
		const sampling = samplingWith({}, {startThread});
		const prepare = () => sampling.prepare(target, {}, new AbortController().signal);
		await prepare();
		await prepare();
		expect(starts).toBe(1);
		hasFailed = true;
		await prepare();
		expect(starts).toBe(2);
	});
});

describe('single pods', () => {
	const web = '/api/v1/namespaces/web';
	const answer = (text: string) => (_request: unknown, response: ServerResponse) => response.end(text);
	const spec = {containers: [{name: 'app', image: 'i', ports: [{containerPort: 8080}]}]};
	const owner = {ownerReferences: [{kind: 'ReplicaSet', name: 'rs', uid: 'uid-rs', controller: true}]};

	it('are asked through the API server’s proxy, each at its port', async () => {
		const server = await startRestServer({
			[`GET ${web}/pods/a:8080/proxy/version`]: answer('This is v1'),
			[`GET ${web}/pods/https:b:8443/proxy/version`]: answer('This is v2'),
		});
		const connection = await connectTo(server.url, {user: {token: 'abc'}}, {namespace: 'web'});
		const pods = podsOf(
			podJson('a', '1', {spec, metadata: owner, status: {podIP: '10.1.0.1'}}),
			podJson('b', '1', {spec: {containers: [{name: 'app', image: 'i', ports: [{containerPort: 8443}]}]}, status: {podIP: '10.1.0.2', phase: 'Pending'}}),
			podJson('waits', '1', {spec}),
			podJson('done', '1', {spec, status: {podIP: '10.1.0.3', phase: 'Succeeded'}}),
			podJson('mute', '1', {status: {podIP: '10.1.0.4'}}),
		);
		const events = await run('pods/version', {interval: 60_000}, 3, {connection, pods: () => pods});
		const byPod = new Map(events.map(event => [event.kind === 'pod-sample' ? event.podUid : '', event]));
		expect([...byPod.keys()].toSorted()).toEqual(['uid-a', 'uid-b', 'uid-mute']);
		expect(versionsIn([...byPod.values()]).toSorted()).toEqual(['failure it declares no port: ask pods:PORT', 'v1', 'v2']);
		expect(byPod.get('uid-a')).toMatchObject({sample: {podName: 'a', ownerUid: 'uid-rs', outcome: {version: 'v1'}}});
		expect(server.requests[0]?.headers.authorization).toBe('Bearer abc');
	});

	it('are asked at their own address where the Service sends', async () => {
		const server = await httpServer(({headers}, response) => response.end(`This is v4 at ${headers.host}`));
		const pods = podsOf(podJson('a', '1', {metadata: {labels: {app: 'kubia'}}, spec, status: {podIP: '127.0.0.1'}}));
		const services = [serviceJson('kubia', {app: 'kubia'}, [{port: 80, targetPort: server.port}])].flatMap(json => parseService(json) ?? []);
		const [event] = await run('pod-ips', {}, 1, {pods: () => pods, services: () => services});
		expect(event).toMatchObject({kind: 'pod-sample', podUid: 'uid-a', sample: {podName: 'a', outcome: {kind: 'version', version: 'v4'}}});
	});
});
