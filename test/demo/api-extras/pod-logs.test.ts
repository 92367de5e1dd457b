import {once} from 'node:events';
import {request} from 'node:http';
import {expect, test} from 'vitest';
import {type EmbeddedApi, embeddedApi, podAt, refusalOf} from './embedded-api.ts';

const place = '/api/v1/namespaces/default/pods';

async function apiWithNode(): Promise<EmbeddedApi> {
	const api = await embeddedApi();
	const status = {addresses: [{type: 'InternalIP', address: '10.240.0.1'}], daemonEndpoints: {kubeletEndpoint: {Port: 10_250}}};
	await api.create('/api/v1/nodes', {apiVersion: 'v1', kind: 'Node', metadata: {name: 'node-1'}, status});
	await api.create(place, podAt('one', '10.244.1.5', ['app'], {nodeName: 'node-1'}));
	await api.create(place, podAt('two', '10.244.1.6', ['a', 'b'], {nodeName: 'node-1', initContainers: [{name: 'first', image: 'x'}]}));
	return api;
}

test('asks the kubelet of the pod’s node, with the options of kubectl logs', async () => {
	const api = await apiWithNode();
	const seen: string[] = [];
	await api.listen('10.240.0.1', 10_250, (received, response) => {
		seen.push(received.url ?? '');
		response.writeHead(200, {'content-type': 'text/plain'}).end('a line\n');
	});
	const plain = await api.ask(`${place}/one/log`);
	expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([200, 'text/plain', 'a line\n']);
	await api.ask(`${place}/two/log?container=b&previous=true&tailLines=3&sinceSeconds=60&timestamps=true&limitBytes=10&follow=false&stream=All`);
	await api.ask(`${place}/two/log?container=first&sinceTime=2026-11-21T02:00:00Z`);
	expect(seen).toEqual([
		'/containerLogs/default/one/app',
		'/containerLogs/default/two/b?previous=true&timestamps=true&tailLines=3&limitBytes=10&sinceSeconds=60',
		'/containerLogs/default/two/first?sinceTime=2026-11-21T02%3A00%3A00Z',
	]);
});

test('follows: each line as it comes, and the kubelet hears when nobody listens any more', async () => {
	const api = await apiWithNode();
	let write = (_line: string) => {};
	let tell = () => {};
	const gone = new Promise<void>(resolve => {
		tell = resolve;
	});
	await api.listen('10.240.0.1', 10_250, (_, response) => {
		response.writeHead(200, {'content-type': 'text/plain'}).flushHeaders();
		response.on('close', tell);
		write = line => response.write(line);
	});
	const client = request(`${api.url}${place}/one/log?follow=true`, {headers: {authorization: 'Bearer admin'}}).end();
	const [answer] = await once(client, 'response');
	for (const line of ['first\n', 'second\n']) {
		write(line);
		expect(String((await once(answer, 'data'))[0])).toBe(line);
	}
	answer.on('error', () => {});
	client.on('error', () => {});
	client.destroy();
	await gone;
});

test.for([
	['nobody/log', 404, 'NotFound', 'pods "nobody" not found'],
	['two/log', 400, 'BadRequest', 'a container name must be specified for pod two, choose one of: [first a b]'],
	['two/log?container=c', 400, 'BadRequest', 'container c is not valid for pod two'],
	['one/log?tailLines=-1', 422, 'Invalid', 'PodLogOptions "one" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
	['one/log?limitBytes=0', 422, 'Invalid', 'PodLogOptions "one" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
	['one/log?tailLines=x', 400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax'],
	['one/log', 500, '', 'Get "http://10.240.0.1:10250/containerLogs/default/one/app": dial tcp 10.240.0.1:10250: connect: connection refused'],
] as const)('refuses %s', async ([path, code, reason, message]) => {
	const api = await apiWithNode();
	expect(await refusalOf(await api.ask(`${place}/${path}`))).toEqual({code, reason, message});
});

test.for([
	[400, 'container "app" in pod "one" is waiting to start: ContainerCreating', 400, 'container "app" in pod "one" is waiting to start: ContainerCreating'],
	[404, 'gone', 404, 'the server could not find the requested resource ( pods/log one)'],
	[500, 'oh', 500, 'Internal error occurred: oh'],
] as const)('tells what the kubelet refuses with %s', async ([status, text, code, message]) => {
	const api = await apiWithNode();
	await api.listen('10.240.0.1', 10_250, (_, response) => response.writeHead(status).end(text));
	expect(await refusalOf(await api.ask(`${place}/one/log`))).toMatchObject({code, message});
});

test('a pod that is nowhere yet has no log, and one whose node is not known is not found', async () => {
	const api = await apiWithNode();
	await api.create(place, {...podAt('new', ''), status: {phase: 'Pending'}});
	const answer = await api.ask(`${place}/new/log`);
	expect([answer.status, await answer.text()]).toEqual([204, '']);
	await api.create(place, podAt('lost', '10.244.1.9', ['app'], {nodeName: 'node-9'}));
	expect(await refusalOf(await api.ask(`${place}/lost/log`))).toMatchObject({code: 404, message: 'pods "node-9" not found'});
});
