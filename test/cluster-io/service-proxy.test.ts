import {expect, test} from 'vitest';
import {serviceProxyRequest} from '../../src/cluster/service-proxy.ts';
import {createProbe} from '../../src/sampler/probe.ts';
import {answerStatus} from './harness/api-server.ts';
import {connectTo, temporaryDirectory, writeFile} from './harness/kubeconfig.ts';
import {serviceJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';

const services = '/api/v1/namespaces/web/services';

async function request(service: object | undefined, port?: string, more: object = {}) {
	const server = await startRestServer({[`GET ${services}/kubia`]: service, [`GET ${services}`]: [serviceJson('kubia', {}), serviceJson('web', {})], ...more});
	const connection = await connectTo(server.url, {user: {token: 'abc'}}, {namespace: 'web'});
	return serviceProxyRequest(connection, {namespace: 'web', name: 'kubia', port, path: '/x?y=1'});
}

test.each([
	['its only port', [{port: 8080}], undefined, 'kubia:8080'],
	['its only named port', [{name: 'web', port: 8080}], undefined, 'kubia:8080'],
	[
		'the one for HTTP of several',
		[
			{name: 'metrics', port: 9090},
			{name: 'http', port: 8080},
		],
		undefined,
		'kubia:8080',
	],
	[
		'port 80 of several',
		[
			{name: 'a', port: 9090},
			{name: 'b', port: 80},
		],
		undefined,
		'kubia:80',
	],
	[
		'a port by name',
		[
			{name: 'metrics', port: 9090},
			{name: 'http', port: 80},
		],
		'metrics',
		'kubia:9090',
	],
	[
		'a port by number',
		[
			{name: 'metrics', port: 9090},
			{name: 'http', port: 80},
		],
		'9090',
		'kubia:9090',
	],
	[
		'the TCP one',
		[
			{name: 'dns', port: 53, protocol: 'UDP'},
			{name: 'web', port: 8080, protocol: 'TCP'},
		],
		undefined,
		'kubia:8080',
	],
	['TLS for 443', [{port: 443}], undefined, 'https:kubia:443'],
] as const)('asks for %s', async (_what, ports, port, segment) => {
	const {path} = await request(serviceJson('kubia', {}, ports), port);
	expect(path).toBe(`${services}/${segment}/proxy/x?y=1`);
});

test.each([
	['no port at all', [], undefined, 'service "kubia" has no TCP port; it has no ports'],
	['no such port', [{name: 'http', port: 80}, {port: 9090}], '81', 'service "kubia" has no TCP port 81; its ports: 80 (http), 9090'],
	[
		'several, none of them for HTTP',
		[
			{name: 'a', port: 1},
			{name: 'b', port: 2},
		],
		undefined,
		'service "kubia" has several ports; its ports: 1 (a), 2 (b)',
	],
] as const)('says that a Service has %s, and which it has', async (_what, ports, port, message) => {
	await expect(request(serviceJson('kubia', {}, ports), port)).rejects.toMatchObject({kind: 'not-found', message, hint: 'name one: svc/kubia:PORT'});
});

test('says that there is no such Service, and which was probably meant', async () => {
	const server = await startRestServer({[`GET ${services}`]: [serviceJson('kubia', {})]});
	const connection = await connectTo(server.url);
	await expect(serviceProxyRequest(connection, {namespace: 'web', name: 'kuiba'})).rejects.toMatchObject({
		kind: 'not-found',
		message: 'there is no service "kuiba" in namespace "web"',
		hint: 'did you mean "kubia"?',
	});
});

test('does not need to read the Service where the user names its port', async () => {
	const forbidden = (_request: unknown, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 403, 'Forbidden', 'services is forbidden');
	expect((await request(forbidden as never, '8080')).path).toBe(`${services}/kubia:8080/proxy/x?y=1`);
});

test('sends the sampler’s requests with fresh credentials and every group of --as-group', async () => {
	const directory = temporaryDirectory();
	const server = await startRestServer({
		[`GET ${services}/kubia`]: serviceJson('kubia', {}),
		[`GET ${services}/kubia:80/proxy/`]: (_request: unknown, response: {end(text: string): void}) => response.end('This is v2'),
	});
	const connection = await connectTo(server.url, {user: {tokenFile: writeFile('token', 'abc', directory)}}, {as: 'bob', asGroups: ['dev', 'ops']});
	const {origin, path, dispatcher, headers} = await serviceProxyRequest(connection, {namespace: 'web', name: 'kubia'});
	const probe = createProbe({url: `${origin}${path}`, dispatcher, viaProxy: true, headers});
	const result = await probe.send(new AbortController().signal);
	expect(result).toMatchObject({kind: 'answer', answer: {status: 200, body: 'This is v2'}});
	const {headers: sent, rawHeaders = []} = server.requests.at(-1) ?? {};
	expect(sent).toMatchObject({authorization: 'Bearer abc', 'impersonate-user': 'bob'});
	expect(rawHeaders.filter((_value, index) => rawHeaders[index - 1]?.toLowerCase() === 'impersonate-group')).toEqual(['dev', 'ops']);
	await probe.close();
});
