import type http from 'node:http';
import type http2 from 'node:http2';
import {TLSSocket} from 'node:tls';
import {describe, expect, it} from 'vitest';
import {preparePodRounds} from '../../src/app/pod-sampling.ts';
import {readProbeSettings} from '../../src/app/probe-settings.ts';
import {toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import type {ClusterConnection} from '../../src/cluster/connect.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {podProxyPath} from '../../src/cluster/pod-proxy.ts';
import {openApiProxy} from '../../src/cluster/proxy-route.ts';
import {serviceProxyRequest} from '../../src/cluster/service-proxy.ts';
import {createPodDirectory} from '../../src/domain/pod-directory.ts';
import type {Sample} from '../../src/domain/sample.ts';
import {parseSampleTarget} from '../../src/domain/sample-target.ts';
import {createRecogniser} from '../../src/sampler/create-recogniser.ts';
import {createProbe, type ProbeOptions} from '../../src/sampler/probe.ts';
import {runPodRounds} from '../../src/sampler/run-pod-rounds.ts';
import {runSampler} from '../../src/sampler/run-sampler.ts';
import {answerStatus, startApiServer} from '../cluster-io/harness/api-server.ts';
import {pem} from '../cluster-io/harness/certificates.ts';
import {connectTo} from '../cluster-io/harness/kubeconfig.ts';
import {podJson, serviceJson} from '../cluster-io/harness/objects.ts';
import {h2cServer, http2Server, httpServer, httpsServer, proxyServer} from './servers.ts';

const requests = 10_000;
/** Where each connection costs a handshake. */
const dearRequests = 1000;
const patientMs = 120_000;

type Counts = Map<string, number>;
type Kind = 'version' | 'error' | 'unavailable' | 'reset' | 'cut' | 'none';

function count(counts: Counts, key: string): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Numbers that look like chance and are the same in each run. */
function createChance(): () => number {
	let state = 20_261_121;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/**
 * A rollout as a server lives through it: v1 gives way to v2, which goes back, then v3 comes; one answer in eight is an error, none at all, or breaks
 * off. What it answered is counted where it answers; after the last one it says nothing.
 */
function createStory(total: number, {reset, cut} = {reset: 'reset', cut: 'reset'}) {
	const truth: Counts = new Map();
	const chance = createChance();
	let answered = 0;
	const newShare = (at: number) => (at < 0.5 ? at * 2 : 2 - at * 2);
	const kinds: readonly Kind[] = ['error', 'unavailable', 'reset', 'cut'];
	function next(): {readonly kind: Kind; readonly version: string} {
		if (answered === total) return {kind: 'none', version: ''};
		const at = answered / total;
		answered += 1;
		const isNew = chance() < newShare(at);
		const version = isNew ? (at < 0.5 ? 'v2' : 'v3') : 'v1';
		const kind = chance() < 7 / 8 ? 'version' : (kinds[Math.floor(chance() * kinds.length)] ?? 'error');
		const keys: Readonly<Record<Kind, string>> = {version, error: 'http-500', unavailable: 'http-503', reset, cut, none: ''};
		count(truth, keys[kind]);
		return {kind, version};
	}
	return {total, truth, next};
}

type Story = ReturnType<typeof createStory>;
type AnyResponse = http.ServerResponse | http2.Http2ServerResponse;

function breakOff(response: AnyResponse): void {
	if ('stream' in response) response.stream.close(2);
	// Node resets plain connections only.
	else if (response.socket instanceof TLSSocket) response.socket.destroy();
	else response.socket?.resetAndDestroy();
}

function tell({next}: Story, response: AnyResponse): void {
	const {kind, version} = next();
	if (kind === 'none') return;
	if (kind === 'reset') {
		breakOff(response);
		return;
	}
	const status = kind === 'error' ? 500 : kind === 'unavailable' ? 503 : 200;
	// `http2` and `http` have the same methods, which their types do not say together.
	const either = response as http.ServerResponse;
	either.writeHead(status, {'x-version': version, 'content-type': 'text/plain'});
	if (kind !== 'cut') return void either.end(`This is ${version}`);
	either.write('This is ');
	setImmediate(() => breakOff(response));
}

function keyOf({outcome}: Sample): string {
	if (outcome.kind === 'version') return outcome.version;
	return outcome.kind === 'failure' ? outcome.reason : outcome.kind;
}

const recogniser = () => createRecogniser({kind: 'header', name: 'x-version'}, () => createPodDirectory([], []));

/** What the API server says itself is no part of the story. */
const isOwn = (sample: Sample) => keyOf(sample) === 'proxy-503';

/** Asks until all of the story has been told; gives what was measured. */
async function measure({total}: Story, options: ProbeOptions, burst = 1): Promise<Counts> {
	const probe = createProbe(options);
	const stop = new AbortController();
	const measured: Counts = new Map();
	let told = 0;
	await runSampler({
		probe: probe.send,
		recognise: recogniser(),
		intervalMs: 0,
		burst,
		mostAtOnce: burst,
		onSample(sample) {
			count(measured, keyOf(sample));
			told += isOwn(sample) ? 0 : 1;
			if (told === total) stop.abort();
		},
		signal: stop.signal,
	});
	await probe.close();
	return measured;
}

function expectSame(measured: Counts, {truth, total}: Story): void {
	expect([...truth.values()].reduce((sum, value) => sum + value, 0)).toBe(total);
	expect(truth.size).toBeGreaterThanOrEqual(6);
	expect(Object.fromEntries([...measured].toSorted())).toEqual(Object.fromEntries([...truth].toSorted()));
}

const authority = pem('ca');
type Answering = (response: AnyResponse) => void;
const plain = (answer: Answering) => httpServer((_request, response) => answer(response));
const tls = (answer: Answering) => httpsServer((_request, response) => answer(response));
const two = (answer: Answering) => http2Server((_request, response) => answer(response));
const cleartext = (answer: Answering) => h2cServer((_request, response) => answer(response));

const routes: readonly (readonly [string, (answer: Answering) => Promise<{readonly url: string}>, Partial<ProbeOptions>, number, number])[] = [
	['HTTP', plain, {}, 1, requests],
	['HTTP on a kept connection', plain, {keepAlive: true}, 1, requests],
	['HTTP in bursts of 50', plain, {}, 50, requests],
	['HTTPS that is not checked', tls, {connecting: {insecure: true}}, 1, dearRequests],
	['HTTPS with an authority, on kept connections in bursts of 10', tls, {keepAlive: true, connecting: {authority}}, 10, requests],
	['HTTP/2 over TLS', two, {connecting: {authority, http2: true}}, 1, dearRequests],
	['HTTP/2 over TLS on a kept connection', two, {keepAlive: true, connecting: {authority, http2: true}}, 1, requests],
	['HTTP/2 without TLS, in bursts of 10', cleartext, {connecting: {http2: true}}, 10, dearRequests],
];

describe('as many answers are counted as the server gave', () => {
	it.each(routes)('%s', {timeout: patientMs}, async (_what, serve, options, burst, total) => {
		const story = createStory(total);
		const {url} = await serve(response => tell(story, response));
		expectSame(await measure(story, {url, ...options}, burst), story);
	});

	it('through a proxy', {timeout: patientMs}, async () => {
		const story = createStory(dearRequests, {reset: 'http-502', cut: 'reset'});
		const {url} = await httpServer((_request, response) => tell(story, response));
		const proxy = await proxyServer();
		expectSame(await measure(story, {url, connecting: {proxy: proxy.url}}), story);
	});
});

describe('through the API server as many are counted as the application gave, and its own failures apart', () => {
	/** A proxy that answers for the application, except where it has its own word: one request in a hundred finds no pod. */
	async function fakeApi(story: Story, pathOf: RegExp) {
		let asked = 0;
		const server = await startApiServer((request, response) => {
			if (!pathOf.test(request.path)) return void response.writeHead(404).end();
			asked += 1;
			if (asked % 100 !== 0) return tell(story, response);
			count(own, 'proxy-503');
			answerStatus(response, 503, 'ServiceUnavailable', 'no endpoints available for service "kubia"');
		});
		const own: Counts = new Map();
		return {server, own};
	}
	const withOwn = (measured: Counts) => {
		const {'proxy-503': own, ...rest} = Object.fromEntries(measured);
		return {own: own ?? 0, rest: new Map(Object.entries(rest))};
	};
	const services = '/api/v1/namespaces/web/services';

	it('its Service proxy', {timeout: patientMs}, async () => {
		const story = createStory(requests, {reset: 'proxy-error', cut: 'proxy-error'});
		const {server, own} = await fakeApi(story, /\/services\/kubia:80\/proxy\/$/);
		const connection = await connectTo(server.url, {user: {token: 'abc'}}, {namespace: 'web'});
		const reading = await startApiServer((_request, response) => void response.end(JSON.stringify(serviceJson('kubia', {}))));
		const service = await serviceProxyRequest(await connectTo(reading.url), {namespace: 'web', name: 'kubia'});
		await reading.close();
		expect(service.path).toBe(`${services}/kubia:80/proxy/`);
		const {origin, dispatcher, headers} = await openApiProxy(connection);
		const probe = {url: `${origin}${service.path}`, dispatcher, viaProxy: true, headers};
		const {own: measuredOwn, rest} = withOwn(await measure(story, probe));
		expect(measuredOwn).toBe(own.get('proxy-503'));
		expectSame(rest, story);
		await server.close();
	});

	it('its pod proxy, of five pods in rounds', {timeout: patientMs}, async () => {
		const story = createStory(requests, {reset: 'proxy-error', cut: 'proxy-error'});
		const {server, own} = await fakeApi(story, /^\/api\/v1\/namespaces\/web\/pods\/kubia-\d:8080\/proxy\/$/);
		const connection = await connectTo(server.url, {user: {token: 'abc'}}, {namespace: 'web'});
		const {origin, dispatcher, headers} = await openApiProxy(connection);
		const pods = Array.from({length: 5}, (_, index) => ({uid: `uid-${index}`, key: '', name: `kubia-${index}`}));
		const stop = new AbortController();
		const measured: Counts = new Map();
		const perPod: Counts = new Map();
		let told = 0;
		await runPodRounds({
			pods: () => pods,
			open: ({name}) => {
				const pathPrefix = podProxyPath(connection, {namespace: 'web', name}, {port: 8080, https: false});
				return createProbe({url: origin, pathPrefix, paths: ['/'], dispatcher, viaProxy: true, headers});
			},
			recognise: recogniser(),
			intervalMs: 0,
			onSample(uid, sample) {
				count(measured, keyOf(sample));
				count(perPod, uid);
				told += isOwn(sample) ? 0 : 1;
				if (told === requests) stop.abort();
			},
			signal: stop.signal,
		});
		const {own: measuredOwn, rest} = withOwn(measured);
		// One of its own may have been under way at the end.
		expect((own.get('proxy-503') ?? 0) - measuredOwn).toBeLessThanOrEqual(1);
		expectSame(rest, story);
		expect(perPod.size).toBe(5);
		await server.close();
	});
});

describe('of pods at their own addresses', () => {
	it('as many are counted as each gave, and for the pod that gave them', {timeout: patientMs}, async () => {
		const stories = Array.from({length: 5}, () => createStory(requests / 5));
		const servers = await Promise.all(stories.map(story => httpServer((_request, response) => tell(story, response))));
		const pods = servers.flatMap(({port}, index) => {
			const spec = {containers: [{name: 'app', image: 'i', ports: [{containerPort: port}]}]};
			return parsePod(podJson(`kubia-${index}`, '1', {spec, status: {podIP: '127.0.0.1'}})) ?? [];
		});
		const target = parseSampleTarget('pod-ips');
		if ('error' in target || target.kind !== 'pods') throw new Error('no pods');
		const begin = await preparePodRounds(
			{
				connection: {} as ClusterConnection,
				settings: await readProbeSettings(toSamplerOptions({}), {}),
				extras: {},
				pods: () => pods,
				services: () => [],
				recognise: recogniser(),
				intervalMs: 0,
				budget: {join: () => ({stretch: () => 1, leave: () => {}})},
				now: Date.now,
			},
			target,
		);
		const stop = new AbortController();
		const measured = new Map<string, Counts>(pods.map(({uid}) => [uid, new Map()]));
		let told = 0;
		await begin(event => {
			if (event.kind !== 'pod-sample') return;
			count(measured.get(event.podUid) ?? new Map(), keyOf(event.sample));
			told += 1;
			if (told === requests) stop.abort();
		}, stop.signal);
		for (const [index, story] of stories.entries()) expectSame(measured.get(`uid-kubia-${index}`) ?? new Map(), story);
	});
});
