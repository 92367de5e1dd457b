import {Agent, request} from 'undici';
import {afterEach, expect, test} from 'vitest';
import type {RequestRecord} from '../../../src/demo/api/http/handle-request.ts';
import {loopbackCertificate} from '../../../src/demo/certificate.ts';
import {createManualClock} from '../manual-clock.ts';
import {startTestApi, type TestApi, token} from './test-api.ts';

let api: TestApi | undefined;
afterEach(() => api?.close());

/** An API server for this test. */
async function start(options: Parameters<typeof startTestApi>[0] = {}) {
	api = await startTestApi(options);
	return api;
}

const maps = '/api/v1/namespaces/default/configmaps';
const pods = '/api/v1/namespaces/default/pods';
const pod = (name: string) => ({metadata: {name}, spec: {containers: [{name: 'a', image: 'a'}]}});
const merge = {'content-type': 'application/merge-patch+json'};

test('generated names are the prefix and five characters that no one misreads', async () => {
	const {send} = await start();
	const {body} = await send('POST', maps, {metadata: {generateName: 'web-'}});
	expect(body.metadata).toMatchObject({name: expect.stringMatching(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/), generateName: 'web-'});
	const long = await send('POST', maps, {metadata: {generateName: 'a'.repeat(80)}});
	expect(long.body.metadata.name).toMatch(/^a{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('a generated name that somebody has is drawn again, eight times at most', async () => {
	// The dice show the same five letters for the first eleven draws.
	let throws = 0;
	const {send} = await start({random: () => (throws++ < 5 * 11 ? 0 : 0.5)});
	const create = () => send('POST', maps, {metadata: {generateName: 'web-'}});
	expect((await create()).body.metadata.name).toBe('web-bbbbb');
	expect(await create()).toMatchObject({code: 409, body: {reason: 'AlreadyExists'}});
	expect((await create()).body.metadata.name).toBe('web-rrrrr');
});

test('a namespace is held until its finalizer is gone, and takes nothing new meanwhile', async () => {
	const {send, watch} = await start();
	await send('POST', '/api/v1/namespaces', {metadata: {name: 'web'}});
	const deleted = await send('DELETE', '/api/v1/namespaces/web');
	expect(deleted.body).toMatchObject({metadata: {deletionTimestamp: expect.any(String)}, spec: {finalizers: ['kubernetes']}, status: {phase: 'Terminating'}});
	expect(await send('POST', '/api/v1/namespaces/web/configmaps', {metadata: {name: 'late'}})).toMatchObject({
		code: 403,
		body: {message: 'configmaps "late" is forbidden: unable to create new content in namespace web because it is being terminated'},
	});
	const events = await watch(`/api/v1/namespaces?watch=1&resourceVersion=${deleted.body.metadata.resourceVersion}`);
	await send('PUT', '/api/v1/namespaces/web/finalize', {...deleted.body, spec: {}});
	expect(await events.next()).toMatchObject({type: 'DELETED', object: {metadata: {name: 'web'}}});
	expect((await send('GET', '/api/v1/namespaces/web')).code).toBe(404);
});

test('a pod on a node goes when its grace is over and the node says so, not before', async () => {
	const clock = createManualClock();
	const {send} = await start({clock});
	await send('POST', pods, pod('a'));
	await send('POST', `${pods}/a/binding`, {metadata: {name: 'a'}, target: {name: 'node'}});
	const {body} = await send('DELETE', `${pods}/a`);
	expect(Date.parse(body.metadata.deletionTimestamp) - clock.now()).toBe(30_000);
	expect(body.metadata).toMatchObject({deletionGracePeriodSeconds: 30, generation: 2});
	await clock.advance(60_000);
	expect((await send('GET', `${pods}/a`)).code).toBe(200);
	const {uid} = body.metadata;
	await send('DELETE', `${pods}/a`, {gracePeriodSeconds: 0, preconditions: {uid}});
	expect((await send('GET', `${pods}/a`)).code).toBe(404);
});

test('deleting a collection takes what the selector means', async () => {
	const {send} = await start();
	for (const [name, on] of [
		['a', 'yes'],
		['b', 'no'],
		['c', 'yes'],
	])
		await send('POST', maps, {metadata: {name, labels: {on}}});
	await send('DELETE', `${maps}?labelSelector=on%3Dyes`);
	const {body} = await send('GET', maps);
	expect(body.items.map((item: {metadata: {name: string}}) => item.metadata.name)).toEqual(['b']);
});

test('an event is forgotten an hour after it was written last', async () => {
	const clock = createManualClock();
	const {send} = await start({clock});
	const events = '/api/v1/namespaces/default/events';
	const event = (name: string) => ({metadata: {name}, involvedObject: {namespace: 'default'}});
	await send('POST', events, event('once'));
	await send('POST', events, event('twice'));
	await clock.advance(30 * 60_000);
	await send('PATCH', `${events}/twice`, {count: 2}, merge);
	await clock.advance(31 * 60_000);
	expect((await send('GET', `${events}/once`)).code).toBe(404);
	expect((await send('GET', `${events}/twice`)).code).toBe(200);
	await clock.advance(30 * 60_000);
	expect((await send('GET', `${events}/twice`)).code).toBe(404);
});

test('each request is told to who wants to know', async () => {
	const records: RequestRecord[] = [];
	const {send} = await start({onRequest: record => records.push(record)});
	await send('POST', `${maps}?fieldManager=me`, {metadata: {name: 'a'}});
	await send('GET', `${maps}/none`);
	await expect.poll(() => records.length).toBe(2);
	expect(records[0]).toMatchObject({method: 'POST', path: maps, user: 'admin', code: 201, contentType: 'application/json', body: '{"metadata":{"name":"a"}}'});
	expect(records[0]?.query.get('fieldManager')).toBe('me');
	expect(records[1]).toMatchObject({method: 'GET', code: 404, body: ''});
});

test('the same is served over TLS, on the loopback interface only', async () => {
	const {key, cert} = await loopbackCertificate(Date.now());
	const {send, tlsUrl} = await start({tls: {key, cert}});
	await send('POST', maps, {metadata: {name: 'a'}});
	const dispatcher = new Agent({connect: {ca: cert}});
	const answer = await request(`${tlsUrl}${maps}/a`, {dispatcher, headers: {authorization: `Bearer ${token}`}});
	expect(await answer.body.json()).toMatchObject({metadata: {name: 'a'}});
	await dispatcher.close();
	expect(tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
});

test('a custom resource goes with its definition, and so do watches of it', async () => {
	const {send, watch} = await start();
	const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
	const versions = [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}];
	await send('POST', definitions, {
		metadata: {name: 'things.example.com'},
		spec: {group: 'example.com', scope: 'Cluster', names: {plural: 'things', kind: 'Thing'}, versions},
	});
	const things = '/apis/example.com/v1/things';
	await send('POST', things, {apiVersion: 'example.com/v1', kind: 'Thing', metadata: {name: 'a'}});
	const events = await watch(`${things}?watch=1`);
	expect(await events.next()).toMatchObject({type: 'ADDED'});
	await send('DELETE', `${definitions}/things.example.com`);
	expect(await events.next()).toMatchObject({type: 'DELETED', object: {kind: 'Thing', metadata: {name: 'a'}}});
	expect(await events.next()).toBeUndefined();
	expect((await send('GET', things)).code).toBe(404);
});

test('YAML that means far more than it says is refused', async () => {
	const {send} = await start();
	const lines = [
		'a: &a [x,x,x,x,x,x,x,x,x]',
		...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
	];
	const answer = await send('POST', maps, `${lines.join('\n')}\n`, {'content-type': 'application/yaml'});
	expect(answer.code).toBe(400);
});
