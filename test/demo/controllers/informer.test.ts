import {afterEach, beforeEach, expect, test} from 'vitest';
import {type ApiClient, createApiClient} from '../../../src/demo/api-client.ts';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import {createInformer, type Informer} from '../../../src/demo/controllers/informer.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';
import {type Call, reply, type ScriptedApi, startScriptedApi} from '../scripted-api.ts';

interface Colored extends ApiObject {
	readonly spec: {readonly color: string};
}

let server: ScriptedApi;
let api: ApiClient;
let clock: ManualClock;
let life: AbortController;
let informer: Informer<Colored, 'color'>;
let told: string[];

beforeEach(async () => {
	server = await startScriptedApi();
	api = createApiClient({server: server.server});
	clock = createManualClock();
	life = new AbortController();
	told = [];
	const trim = (object: Colored) => ({...object, spec: {color: object.spec.color}});
	informer = createInformer({api, clock, signal: life.signal, path: '/x', apiVersion: 'v1', kind: 'Thing', indexes: {color: ({spec}) => [spec.color]}, trim});
	informer.onChange(({before, now}) => told.push(`${before?.spec.color ?? '-'}→${now?.spec.color ?? '-'}`));
});
afterEach(async () => {
	life.abort();
	await informer.ended;
	await api.close();
	await server.close();
});

const thing = (name: string, color: string, version: number, uid = name) => ({
	metadata: {name, namespace: 'ns', uid, resourceVersion: String(version), managedFields: [{}]},
	spec: {color, heavy: 'as lead'},
});
const names = (color: string) => [...informer.with('color', color)].map(({metadata}) => metadata.name);

async function listed(...items: readonly unknown[]): Promise<Call> {
	reply(await server.next(), {items, metadata: {resourceVersion: '10'}});
	const watch = await server.next();
	watch.response.writeHead(200).flushHeaders();
	return watch;
}

async function say(watch: Call, type: string, object: unknown): Promise<void> {
	watch.response.write(`${JSON.stringify({type, object})}\n`);
	await clock.advance(0);
}

test('holds what the list and the watch tell, without what nobody reads, and says what the objects are', async () => {
	const watch = await listed(thing('a', 'red', 3), thing('b', 'blue', 4));
	await informer.ready;
	expect(informer.get('ns/a')).toEqual({
		apiVersion: 'v1',
		kind: 'Thing',
		metadata: {name: 'a', namespace: 'ns', uid: 'a', resourceVersion: '3'},
		spec: {color: 'red'},
	});
	expect(informer.version()).toBe(10);
	await say(watch, 'MODIFIED', thing('a', 'blue', 11));
	await say(watch, 'ADDED', thing('c', 'red', 12));
	await say(watch, 'DELETED', thing('b', 'blue', 13));
	expect([names('red'), names('blue'), informer.version()]).toEqual([['c'], ['a'], 13]);
	expect(told).toEqual(['-→red', '-→blue', 'red→blue', '-→red', 'blue→-']);
});

test('another object with a known name is a new one: the old one is gone first', async () => {
	const watch = await listed(thing('a', 'red', 3, 'first'));
	await say(watch, 'ADDED', thing('a', 'blue', 11, 'second'));
	expect(told).toEqual(['-→red', 'red→-', '-→blue']);
});

test('after a break it tells only what has changed meanwhile', async () => {
	const watch = await listed(thing('a', 'red', 3), thing('b', 'blue', 4));
	await say(watch, 'ERROR', {code: 410, reason: 'Expired'});
	watch.response.end();
	told.length = 0;
	const again = server.next();
	await clock.advance(2_000);
	reply(await again, {items: [thing('a', 'red', 3), thing('c', 'green', 14)], metadata: {resourceVersion: '14'}});
	await server.next();
	expect(told).toEqual(['blue→-', '-→green']);
});

test('what is no object is left out, and a listener that fails keeps no other from hearing', async () => {
	const deaf = new Error('cannot make sense of it');
	informer.onChange(() => {
		throw deaf;
	});
	informer.onChange(({now}) => told.push(`also ${now?.spec.color}`));
	const watch = await listed({metadata: {name: 'no spec', uid: 'x', resourceVersion: '1'}}, null, thing('a', 'red', 3));
	await say(watch, 'ADDED', {spec: 1});
	await say(watch, 'MODIFIED', thing('a', 'blue', 12));
	expect([...informer.all()]).toHaveLength(1);
	expect(told).toEqual(['-→red', 'also red', 'red→blue', 'also blue']);
});
