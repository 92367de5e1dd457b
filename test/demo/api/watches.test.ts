import {connect} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {createManualClock} from '../manual-clock.ts';
import {startTestApi, type TestApi} from './test-api.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const merge = {'content-type': 'application/merge-patch+json'};
const map = (name: string, labels = {}) => ({metadata: {name, labels}});
let api: TestApi | undefined;
afterEach(() => api?.close());

/** An API server for this test, with its revision. */
async function start(options: Parameters<typeof startTestApi>[0] = {}) {
	api = await startTestApi(options);
	return api;
}

const revisionOf = async ({send}: TestApi) => (await send('GET', maps)).body.metadata.resourceVersion as string;

test('without a version, a watch begins with what there is', async () => {
	const {send, watch} = await start();
	await send('POST', maps, map('a'));
	await send('POST', maps, map('b'));
	const events = await watch(`${maps}?watch=true`);
	expect([await events.next(), await events.next()].map(event => [event?.type, event?.object.metadata.name])).toEqual([
		['ADDED', 'a'],
		['ADDED', 'b'],
	]);
	await send('POST', maps, map('c'));
	expect(await events.next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'c'}}});
});

test('a watch-list marks the end of what there was', async () => {
	const server = await start();
	await server.send('POST', maps, map('a'));
	const events = await server.watch(`${maps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`);
	expect(await events.next()).toMatchObject({type: 'ADDED'});
	expect(await events.next()).toEqual({
		type: 'BOOKMARK',
		object: {kind: 'ConfigMap', apiVersion: 'v1', metadata: {resourceVersion: await revisionOf(server), annotations: {'k8s.io/initial-events-end': 'true'}}},
	});
});

test('an object that begins to match is added; one that ceases to is deleted, as it was, with the new version', async () => {
	const {send, watch} = await start();
	const events = await watch(`${maps}?watch=1&labelSelector=on%3Dyes`);
	await send('POST', maps, map('a', {on: 'no'}));
	await send('PATCH', `${maps}/a`, {metadata: {labels: {on: 'yes'}}}, merge);
	await send('PATCH', `${maps}/a`, {data: {x: 'y'}}, merge);
	const {body: left} = await send('PATCH', `${maps}/a`, {metadata: {labels: {on: 'no'}}}, merge);
	await send('PATCH', `${maps}/a`, {metadata: {labels: {on: 'yes'}}}, merge);
	await send('DELETE', `${maps}/a`);
	const seen = [];
	for (let count = 0; count < 5; count++) seen.push(await events.next());
	expect(seen.map(event => event?.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED', 'ADDED', 'DELETED']);
	expect(seen[2]?.object).toMatchObject({metadata: {labels: {on: 'yes'}, resourceVersion: left.metadata.resourceVersion}, data: {x: 'y'}});
});

test('a watch goes on from a version, and only in its namespace', async () => {
	const server = await start();
	const {send, watch} = server;
	await send('POST', maps, map('old'));
	const revision = await revisionOf(server);
	await send('POST', '/api/v1/namespaces/kube-system/configmaps', map('elsewhere'));
	await send('POST', maps, map('new'));
	const events = await watch(`${maps}?watch=1&resourceVersion=${revision}`);
	expect(await events.next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'new'}}});
});

test('a version that is forgotten is an error event, and the end', async () => {
	const server = await start({watchWindow: 4});
	for (let count = 0; count < 12; count++) await server.send('POST', maps, map(`m${count}`));
	const events = await server.watch(`${maps}?watch=1&resourceVersion=2`);
	expect(await events.next()).toMatchObject({
		type: 'ERROR',
		object: {kind: 'Status', code: 410, reason: 'Expired', message: expect.stringMatching(/^too old resource version: 2 \(\d+\)$/)},
	});
	expect(await events.next()).toBeUndefined();
});

test('bookmarks come each minute and shortly before the end, which comes on time', async () => {
	const clock = createManualClock();
	const server = await start({clock});
	const events = await server.watch(`${maps}?watch=1&resourceVersion=${await revisionOf(server)}&allowWatchBookmarks=true&timeoutSeconds=130`);
	await clock.advance(60_000);
	expect(await events.next()).toMatchObject({type: 'BOOKMARK', object: {kind: 'ConfigMap'}});
	await clock.advance(60_000);
	expect(await events.next()).toMatchObject({type: 'BOOKMARK'});
	await clock.advance(8_000);
	expect(await events.next()).toMatchObject({type: 'BOOKMARK'});
	await clock.advance(2_000);
	expect(await events.next()).toBeUndefined();
});

test('closing ends watches and timers', async () => {
	const clock = createManualClock();
	const server = await start({clock});
	const events = await server.watch(`${maps}?watch=1`);
	await server.send('POST', '/api/v1/namespaces/default/events', {metadata: {name: 'e'}, involvedObject: {namespace: 'default'}});
	expect(clock.pendingTimers()).toBeGreaterThan(1);
	await server.close();
	await expect(events.next()).rejects.toThrow();
	expect(clock.pendingTimers()).toBe(0);
	await expect(fetch(server.url)).rejects.toThrow();
});

test('a watcher that does not read is ended, and the others are not', async () => {
	const server = await start();
	const port = Number(new URL(server.url).port);
	const lazy = connect(port, '127.0.0.1');
	const ended = new Promise(resolve => lazy.once('close', resolve));
	lazy.on('error', () => undefined);
	lazy.pause();
	lazy.write(`GET ${maps}?watch=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer administrator\r\n\r\n`);
	const other = await server.watch(`${maps}?watch=1`);
	const text = 'x'.repeat(1_000_000);
	await server.send('POST', maps, {...map('big'), data: {text}});
	expect(await other.next()).toMatchObject({type: 'ADDED'});
	for (let count = 0; count < 60 && !lazy.destroyed; count++) {
		await server.send('PATCH', `${maps}/big`, {data: {count: String(count)}}, merge);
		expect(await other.next()).toMatchObject({type: 'MODIFIED', object: {data: {count: String(count)}}});
	}
	lazy.resume();
	await ended;
});
