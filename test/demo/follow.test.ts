import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type ApiClient, createApiClient} from '../../src/demo/api-client.ts';
import {follow} from '../../src/demo/follow.ts';
import {createManualClock, type ManualClock} from './manual-clock.ts';
import {type Call, refuse, reply, type ScriptedApi, startScriptedApi} from './scripted-api.ts';

let api: ScriptedApi;
let client: ApiClient;
let clock: ManualClock;
let life: AbortController;
let seen: unknown[];
let following: Promise<void>;

beforeEach(async () => {
	api = await startScriptedApi();
	client = createApiClient({server: api.server});
	clock = createManualClock();
	life = new AbortController();
	seen = [];
	following = follow({
		api: client,
		clock,
		signal: life.signal,
		path: '/api/v1/pods',
		query: {fieldSelector: 'spec.nodeName=a'},
		onList: objects => seen.push(['list', ...objects]),
		onChange: (type, object) => seen.push([type, object]),
	});
});
afterEach(async () => {
	life.abort();
	await following;
	await client.close();
	await api.close();
	expect(clock.pendingTimers()).toBe(0);
});

describe('following a kind', () => {
	test("lists page by page, then watches from the list's version with bookmarks", async () => {
		const first = await api.next();
		expect(Object.fromEntries(first.query)).toEqual({fieldSelector: 'spec.nodeName=a', limit: '500'});
		reply(first, {items: [1, 2], metadata: {resourceVersion: '7', continue: 'more'}});
		const second = await api.next();
		expect(second.query.get('continue')).toBe('more');
		reply(second, {items: [3], metadata: {resourceVersion: '7'}});
		const {query} = await api.next();
		expect(seen).toEqual([['list', 1, 2, 3]]);
		expect(Object.fromEntries(query)).toMatchObject({watch: 'true', resourceVersion: '7', allowWatchBookmarks: 'true', fieldSelector: 'spec.nodeName=a'});
		expect(Number(query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
	});

	test('reads events wherever the chunks are cut, and goes on from the last version', async () => {
		const watch = await listed();
		const text = `${JSON.stringify(event('ADDED', 11, 'ä'))}\n${JSON.stringify(event('BOOKMARK', 15))}\n`;
		const bytes = Buffer.from(text);
		const cut = bytes.indexOf(0xc3) + 1;
		watch.response.writeHead(200);
		watch.response.write(bytes.subarray(0, cut));
		await clock.advance(2_000);
		watch.response.end(bytes.subarray(cut));
		const again = await api.next();
		expect(seen.slice(1)).toEqual([['ADDED', event('ADDED', 11, 'ä').object]]);
		expect([again.query.get('watch'), again.query.get('resourceVersion')]).toEqual(['true', '15']);
	});

	test.each([
		[
			'an event',
			(call: Call) => call.response.end(`${JSON.stringify({type: 'ERROR', object: {kind: 'Status', code: 410, reason: 'Expired', message: 'too old'}})}\n`),
		],
		['a status', (call: Call) => refuse(call, 410, 'Expired')],
	])('lists again when its version is too old, said by %s', async (_name, answer) => {
		answer(await listed());
		const again = await nextAfter(2_000);
		expect(again.query.has('watch')).toBe(false);
	});

	test('watches from the same version when the server is busy', async () => {
		refuse(await listed(), 429, 'TooManyRequests');
		const again = await nextAfter(2_000);
		expect([again.query.get('watch'), again.query.get('resourceVersion')]).toEqual(['true', '10']);
	});

	test('goes on, from where it was or with a list, when the server comes back', async () => {
		const {response} = await listed();
		const port = Number(new URL(api.server).port);
		response.writeHead(200);
		response.write(`${JSON.stringify(event('ADDED', 12, 'x'))}\n`);
		await clock.advance(2_000);
		response.end();
		await api.close();
		await clock.advance(3_000);
		api = await startScriptedApi(port);
		const again = await nextAfter(20_000);
		expect(again.query.get('resourceVersion') ?? 'list').toMatch(/^(12|list)$/);
	});

	test('pauses before it asks again when a watch ends at once', async () => {
		(await listed()).response.writeHead(200).end();
		await clock.advance(300);
		expect(api.calls).toHaveLength(2);
		await nextAfter(2_000);
		expect(api.calls).toHaveLength(3);
	});

	test('gives up a stream that is silent for longer than bookmarks may be', async () => {
		const watch = await listed();
		watch.response.writeHead(200).flushHeaders();
		await clock.advance(149_000);
		expect(api.calls).toHaveLength(2);
		await nextAfter(10_000);
		expect(api.calls).toHaveLength(3);
	});
});

async function listed(): Promise<Call> {
	reply(await api.next(), {items: [], metadata: {resourceVersion: '10'}});
	return api.next();
}

async function nextAfter(ms: number): Promise<Call> {
	const next = api.next();
	await clock.advance(ms);
	return next;
}

function event(type: string, version: number, name = 'pod') {
	return {type, object: {metadata: {name, resourceVersion: String(version)}}};
}
