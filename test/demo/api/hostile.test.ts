import {request} from 'node:http';
import {connect} from 'node:net';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {startTestApi, type TestApi} from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
	api = await startTestApi();
});
afterAll(() => api.close());

interface Raw {
	readonly code: number;
	readonly text: string;
}

/** Sends a path as it is, which fetch would tidy up. */
function send(method: string, path: string, body = '', headers: Readonly<Record<string, string>> = {}): Promise<Raw> {
	return new Promise((resolve, reject) => {
		const {port} = new URL(api.url);
		const sent = request({
			host: '127.0.0.1',
			port,
			method,
			path,
			headers: {authorization: 'Bearer administrator', 'content-length': String(Buffer.byteLength(body)), ...headers},
		});
		sent.on('response', response => {
			let text = '';
			response.setEncoding('utf8').on('data', chunk => (text += chunk));
			response.on('end', () => resolve({code: response.statusCode ?? 0, text}));
			// A watch that was opened by chance has no end.
			if (/[?&]watch/.test(path)) response.destroy();
			response.on('close', () => resolve({code: response.statusCode ?? 0, text}));
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

const isAlive = async () => (await send('GET', '/api/v1/namespaces/default')).code === 200;

test.each([
	['dots', 'GET', '/api/v1/namespaces/../pods', 400],
	['encoded dots', 'GET', '/api/v1/namespaces/default/pods/%2e%2e', 400],
	['an encoded slash', 'GET', '/api/v1/namespaces/default/pods/a%2Fb', 400],
	['a NUL', 'GET', '/api/v1/namespaces/default/pods/a%00b', 404],
	['a broken escape', 'GET', '/api/v1/namespaces/default/pods/%zz', 404],
	['half a character', 'GET', '/api/v1/namespaces/default/pods/%C3', 404],
	['nothing but slashes', 'GET', '//////', 404],
	['a very long name', 'GET', `/api/v1/namespaces/default/pods/${'a'.repeat(8_000)}`, 404],
	['an object of Object', 'GET', '/api/v1/constructor', 404],
	['its prototype', 'GET', '/apis/__proto__/v1/toString', 404],
	['a method nobody knows', 'OPTIONS', '/api/v1/pods', 405],
	['DELETE of everything', 'DELETE', '/api/v1/pods', 405],
])('%s: a Status, no crash', async (_, method, path, code) => {
	const answer = await send(method, path);
	expect(answer.code).toBe(code);
	expect(answer.text).toMatch(/^\{"kind":"Status".*"status":"Failure"|^404 page not found/);
	expect(await isAlive()).toBe(true);
});

test('a body of more than 3 MiB is 413, however it comes', async () => {
	const big = JSON.stringify({metadata: {name: 'big'}, data: {text: 'x'.repeat(3_200_000)}});
	const json = {'content-type': 'application/json'};
	const answer = await send('POST', '/api/v1/namespaces/default/configmaps', big, json);
	expect(answer).toMatchObject({code: 413});
	expect(JSON.parse(answer.text)).toMatchObject({kind: 'Status', reason: 'RequestEntityTooLarge'});
	expect(await isAlive()).toBe(true);
});

test('members called __proto__ change nobody', async () => {
	const body = '{"metadata":{"name":"proto","labels":{"__proto__":"x"}},"data":{"__proto__":{"polluted":"yes"}},"__proto__":{"polluted":"yes"}}';
	const json = {'content-type': 'application/json'};
	await send('POST', '/api/v1/namespaces/default/configmaps', body, json);
	await send('PATCH', '/api/v1/namespaces/default/configmaps/proto', body, {'content-type': 'application/merge-patch+json'});
	await send('PATCH', '/api/v1/namespaces/default/configmaps/proto', '[{"op":"add","path":"/__proto__/polluted","value":"yes"}]', {
		'content-type': 'application/json-patch+json',
	});
	expect(({} as {polluted?: string}).polluted).toBeUndefined();
	expect(await isAlive()).toBe(true);
});

test('bytes that are no HTTP at all', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({maxLength: 300}), async bytes => {
			await new Promise<void>(resolve => {
				const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.end(bytes));
				socket.on('close', () => resolve()).on('error', () => resolve());
				socket.resume();
			});
		}),
		{numRuns: 30},
	);
	expect(await isAlive()).toBe(true);
});

const word = fc.constantFrom(
	'api',
	'apis',
	'v1',
	'apps',
	'namespaces',
	'default',
	'pods',
	'deployments',
	'events',
	'status',
	'scale',
	'binding',
	'a',
	'..',
	'%2F',
	'%',
	'',
	'proxy',
	'x'.repeat(300),
);
const path = fc.array(word, {maxLength: 9}).map(words => `/${words.join('/')}`);
const query = fc
	.array(
		fc.tuple(
			fc.constantFrom('limit', 'continue', 'labelSelector', 'fieldSelector', 'resourceVersion', 'watch', 'dryRun', 'timeoutSeconds'),
			fc.oneof(fc.constantFrom('1', '0', 'true', 'All', '=', 'a in (', '-1'), fc.string()),
		),
		{maxLength: 3},
	)
	.map(pairs => {
		const text = new URLSearchParams(pairs).toString();
		return text === '' ? '' : `?${text}`;
	});
// Things that look like objects, with anything where something else belongs.
const object = fc.record(
	{
		apiVersion: fc.constantFrom('v1', 'apps/v1', 'nonsense'),
		kind: fc.constantFrom('Pod', 'Deployment', 'Event', 'Service', 'Nonsense'),
		metadata: fc.oneof(
			fc.anything(),
			fc.record({
				name: fc.oneof(fc.constantFrom('a', 'b'), fc.string()),
				labels: fc.anything(),
				annotations: fc.anything(),
				finalizers: fc.anything(),
				ownerReferences: fc.anything(),
			}),
		),
		spec: fc.oneof(
			fc.anything(),
			fc.record({
				template: fc.anything(),
				selector: fc.anything(),
				replicas: fc.anything(),
				ports: fc.anything(),
				strategy: fc.anything(),
				containers: fc.oneof(fc.anything(), fc.array(fc.record({name: fc.anything(), image: fc.anything(), env: fc.anything(), ports: fc.anything()}))),
			}),
		),
		status: fc.anything(),
	},
	{requiredKeys: []},
);
const body = fc.oneof(
	fc.string(),
	fc.json(),
	object.map(value => JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? String(member) : member)) ?? ''),
);
const contentType = fc.constantFrom(
	'application/json',
	'application/yaml',
	'application/merge-patch+json',
	'application/strategic-merge-patch+json',
	'application/json-patch+json',
	'application/apply-patch+yaml',
	'text/plain',
);
const target = fc.oneof(
	path,
	fc.constantFrom(
		'/api/v1/namespaces/default/pods',
		'/api/v1/namespaces/default/pods/a',
		'/api/v1/namespaces/default/pods/a/status',
		'/api/v1/namespaces/default/services',
		'/api/v1/namespaces/default/events',
		'/apis/apps/v1/namespaces/default/deployments',
		'/apis/apps/v1/namespaces/default/deployments/a',
		'/apis/apps/v1/namespaces/default/deployments/a/scale',
		'/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
	),
);

test('any method, path, query and body gets an answer, and never "internal error"', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
			target,
			query,
			body,
			contentType,
			async (method, where, search, text, type) => {
				const answer = await send(method, where + search, text, {'content-type': type});
				expect(answer.code).toBeGreaterThanOrEqual(200);
				expect(answer.text).not.toMatch(/TypeError|Cannot read|is not a function|not iterable|undefined \(/);
				if (answer.code === 500) expect(answer.text).not.toContain('InternalError');
			},
		),
		{numRuns: 600},
	);
	expect(await isAlive()).toBe(true);
});
