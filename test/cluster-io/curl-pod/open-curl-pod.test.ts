import {describe, expect, test, vi} from 'vitest';
import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {type CurlPodWish, curlPodSpec} from '../../../src/cluster/curl-pod/curl-pod-spec.ts';
import {createCurlPod, openCurlPod} from '../../../src/cluster/curl-pod/open-curl-pod.ts';
import {ClusterError} from '../../../src/cluster/errors.ts';
import type {ProbeResult} from '../../../src/domain/sample.ts';
import {createCurlLogReader} from '../../../src/sampler/curl-log/curl-log-reader.ts';
import {requestOf} from '../../sampler/curl-log/run-loop.ts';
import {type Embedded, startEmbedded, webOf} from './embedded.ts';

const ours = 'app.kubernetes.io/managed-by=rollwatch,app.kubernetes.io/component=curl';

function wishOf(more: Partial<CurlPodWish> = {}): CurlPodWish {
	return {requests: [requestOf('http://web.default.svc/')], intervalMs: 100, ...more};
}

async function open({connection}: Embedded, more: Partial<CurlPodWish> = {}, signal = new AbortController().signal) {
	return openCurlPod({connection, spec: curlPodSpec(connection, wishOf(more), Date.now()), signal});
}

async function untilReady(embedded: Embedded, count: number): Promise<void> {
	await vi.waitFor(async () => {
		const pods = await embedded.pods('app=web');
		const ready = pods.filter(({status}) => status.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True'));
		expect(ready).toHaveLength(count);
	}, 15_000);
}

describe('a curl pod on the embedded cluster', () => {
	test('asks the Service through its address, and every pod behind it answers', async () => {
		const embedded = await startEmbedded();
		await embedded.apply(...webOf('testpage:0.8', 3));
		await untilReady(embedded, 3);
		const pod = await open(embedded, {most: 40});
		const reader = createCurlLogReader(Date.now);
		const results: ProbeResult[] = [];
		const end = pod.follow(0, line => results.push(...[reader.read(line) ?? []].flat()), new AbortController().signal);
		await expect(end).rejects.toThrow(/^the curl pod rollwatch-curl-\w+ is over: its time of 30m is over$/);
		const bodies = results.map(result => (result.kind === 'answer' ? result.answer.body : result.reason));
		const addresses = (await embedded.pods('app=web')).map(({status}) => status.podIP);
		expect(bodies).toHaveLength(40);
		expect(new Set(bodies)).toEqual(new Set(addresses.map(ip => `I am: ${ip}, the version is: 0.8\n`)));
		expect(reader.lost()).toBe(0);
		await pod.close();
		expect(await embedded.pods(ours)).toEqual([]);
	});

	test('is deleted when the signal aborts, also while it starts', async () => {
		const embedded = await startEmbedded();
		const stop = new AbortController();
		await open(embedded, {}, stop.signal);
		expect(await embedded.pods(ours)).toHaveLength(1);
		stop.abort();
		await expect.poll(() => embedded.pods(ours)).toEqual([]);
		const early = new AbortController();
		const opening = open(embedded, {image: 'luksa/kubia:v9'}, early.signal);
		await expect.poll(() => embedded.pods(ours)).toHaveLength(1);
		early.abort();
		await expect(opening).rejects.toMatchObject({kind: 'aborted'});
		expect(await embedded.pods(ours)).toEqual([]);
	});

	test('says that its image cannot be pulled, and leaves nothing behind', async () => {
		const embedded = await startEmbedded();
		await expect(open(embedded, {image: 'luksa/kubia:v9'})).rejects.toMatchObject({
			message: expect.stringMatching(/is over: (ImagePullBackOff|ErrImagePull): .*luksa\/kubia:v9/),
			hint: expect.stringContaining('--curl-image'),
		});
		expect(await embedded.pods(ours)).toEqual([]);
	}, 40_000);

	test('says that its image cannot run the loop', async () => {
		const embedded = await startEmbedded();
		await expect(open(embedded, {image: 'crash:1'}).then(pod => pod.follow(0, () => undefined, new AbortController().signal))).rejects.toThrow(
			/is over: its loop ended with 1 \(Error\)/,
		);
	});

	test('says that the namespace has no room for a pod', async () => {
		const embedded = await startEmbedded();
		await embedded.apply({apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'none'}, spec: {hard: {pods: '0'}}});
		await vi.waitFor(() =>
			expect(open(embedded)).rejects.toMatchObject({
				message: expect.stringMatching(
					/^the curl pod cannot be created in namespace "default": the quota of the namespace leaves no room for it \(.*exceeded quota: none/,
				),
				hint: expect.stringContaining('--curl-namespace'),
			}),
		);
	});

	test('needs rights, and says which before it asks for anything', async () => {
		const embedded = await startEmbedded();
		const {viewer: connection} = embedded;
		const opening = openCurlPod({connection, spec: curlPodSpec(connection, wishOf(), Date.now()), signal: new AbortController().signal});
		await expect(opening).rejects.toMatchObject({
			kind: 'forbidden',
			message: 'the curl pod needs rights that you don’t have in namespace "default": create pods, delete pods',
		});
	});

	test('is not created where a Service would select it', async () => {
		const embedded = await startEmbedded();
		const selector = {'app.kubernetes.io/managed-by': 'rollwatch'};
		await embedded.apply({apiVersion: 'v1', kind: 'Service', metadata: {name: 'greedy'}, spec: {selector, ports: [{port: 80}]}});
		await expect(open(embedded)).rejects.toThrow('service "greedy" would select the curl pod as one of its own');
		expect(await embedded.pods(ours)).toEqual([]);
	});

	test('that stays behind although it was stopped is told of: somebody has to delete it', async () => {
		const {connection} = await startEmbedded();
		const stop = new AbortController();
		const json: ClusterConnection['json'] = async request => {
			if (request.method === 'DELETE') throw new ClusterError('the server is gone', {kind: 'unreachable'});
			const answer = await connection.json(request);
			if (request.method === 'POST' && request.path.endsWith('/pods')) stop.abort();
			return answer;
		};
		const spec = curlPodSpec(connection, wishOf(), Date.now());
		await expect(openCurlPod({connection: {...connection, json}, spec, signal: stop.signal})).rejects.toMatchObject({
			message: `the curl pod ${spec.name} could not be deleted: the server is gone`,
			hint: expect.stringContaining(`kubectl delete pod -n default ${spec.name}`),
		});
	});

	test('is only tried by a dry run', async () => {
		const embedded = await startEmbedded();
		const {connection} = embedded;
		expect(await createCurlPod(connection, curlPodSpec(connection, wishOf(), Date.now()), true)).toBeDefined();
		expect(await embedded.pods(ours)).toEqual([]);
	});

	test('is cleared away at the next start when a crash has left it behind, but not somebody else’s', async () => {
		const embedded = await startEmbedded();
		const {connection} = embedded;
		const crashed = curlPodSpec(connection, wishOf({most: 1}), Date.now());
		const foreign = {...curlPodSpec(connection, wishOf({most: 1}), Date.now()), startedBy: 'somebody else'};
		for (const spec of [crashed, foreign]) await createCurlPod(connection, spec, false);
		await vi.waitFor(async () => expect((await embedded.pods(ours)).map(({status}) => status.phase)).toEqual(['Succeeded', 'Succeeded']), 30_000);
		const pod = await open(embedded);
		expect((await embedded.pods(ours)).map(({metadata}) => metadata.name).sort()).toEqual([foreign.name, pod.name].sort());
	});

	test('tells that somebody has deleted it', async () => {
		const embedded = await startEmbedded();
		const pod = await open(embedded);
		const end = pod.follow(0, () => undefined, new AbortController().signal);
		await embedded.cluster.client.send({method: 'DELETE', path: `/api/v1/namespaces/default/pods/${pod.name}`});
		await expect(end).rejects.toMatchObject({message: `the curl pod ${pod.name} is over: somebody deleted it`, hint: 'c starts another one'});
		await pod.close();
	});
});
