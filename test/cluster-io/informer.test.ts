import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {answerJson, answerStatus, beginWatch, startApiServer} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {listJson, podJson} from './harness/objects.ts';
import {type Answer, emptyList, followPods, quietWatch, until, watchOf} from './harness/scripted.ts';

const added = (name: string, version: string) => ({type: 'ADDED', object: podJson(name, version)});
const bookmark = (version: string) => ({type: 'BOOKMARK', object: {kind: 'Pod', apiVersion: 'v1', metadata: {resourceVersion: version}}});
const expired = {type: 'ERROR', object: {kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'too old resource version: 100 (900)'}};

test('lists from any cache first, then watches from where the list ended', async () => {
	const followed = await followPods({lists: [response => answerJson(response, listJson([podJson('a', '7')], '100'))]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100']));
	expect(followed.events[0]).toMatchObject({type: 'stream-changed', stream: 'pods', condition: {kind: 'syncing'}});
	expect(followed.events[1]).toMatchObject({type: 'listed', stream: 'pods', items: [{name: 'a', uid: 'uid-a'}]});
	expect(followed.events[2]).toMatchObject({type: 'stream-changed', condition: {kind: 'live'}});
	const [list, watch] = followed.server.requests;
	expect(list?.query).toEqual({labelSelector: 'app=web', limit: '500', resourceVersion: '0'});
	expect(watch?.query).toEqual({watch: 'true', labelSelector: 'app=web', resourceVersion: '100', allowWatchBookmarks: 'true', timeoutSeconds: '300'});
});

test('spreads the end of watches over five to ten minutes', async () => {
	const followed = await followPods({policy: {random: () => 0.999}});
	await until(() => expect(followed.server.requests[1]?.query.timeoutSeconds).toBe('599'));
});

test('reads a list in pages and emits it once, whole', async () => {
	const followed = await followPods({
		lists: [
			response => answerJson(response, listJson([podJson('a', '1')], '100', 'page-2')),
			response => answerJson(response, listJson([podJson('b', '2')], '100', 'page-3')),
			response => answerJson(response, listJson([podJson('c', '3')], '100')),
		],
	});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'list after page-2', 'list after page-3', 'watch 100']));
	const listed = followed.events.filter(event => event.type === 'listed');
	expect(listed.map(event => event.items.map(({name}) => name))).toEqual([['a', 'b', 'c']]);
	expect(followed.server.requests[1]?.query.resourceVersion).toBeUndefined();
});

test('reads the list in one piece when its pages expire under way', async () => {
	const followed = await followPods({
		lists: [
			response => answerJson(response, listJson([podJson('a', '1')], '100', 'page-2')),
			response => answerStatus(response, 410, 'Expired', 'the provided continue parameter is too old'),
			response => answerJson(response, listJson([podJson('a', '1'), podJson('b', '2')], '120')),
		],
	});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'list after page-2', 'list 0', 'watch 120']));
	expect(followed.server.requests[2]?.query.limit).toBeUndefined();
	expect(followed.events.find(event => event.type === 'listed')).toMatchObject({items: [{name: 'a'}, {name: 'b'}]});
});

test('lists without a version when the server does not have that of the cache', async () => {
	const tooLarge = {details: {causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}], retryAfterSeconds: 1}};
	const followed = await followPods({
		lists: [response => answerStatus(response, 504, 'Timeout', 'Too large resource version: 9, current: 3', tooLarge), emptyList],
	});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'list newest', 'watch 100']));
	expect(followed.conditions()).toEqual(['syncing', 'live']);
});

test('tells additions, changes and deletions of one chunk in one event, in their order', async () => {
	const changes = [added('a', '101'), {type: 'MODIFIED', object: podJson('a', '102')}, {type: 'DELETED', object: podJson('a', '103')}];
	const followed = await followPods({
		watches: [
			response => {
				beginWatch(response);
				response.write(changes.map(change => `${JSON.stringify(change)}\n`).join(''));
			},
		],
	});
	await until(() => expect(followed.events.some(event => event.type === 'changed')).toBe(true));
	expect(followed.events.filter(event => event.type === 'changed')).toMatchObject([
		{
			stream: 'pods',
			changes: [
				{kind: 'observed', object: {resourceVersion: '101'}},
				{kind: 'observed', object: {resourceVersion: '102'}},
				{kind: 'gone', uid: 'uid-a'},
			],
		},
	]);
});

test('puts an event together again that the network split, even inside a character', async () => {
	const event = {type: 'ADDED', object: podJson('a', '101', {status: {phase: 'Running', message: 'schlägt fehl ✖ 🚀'}})};
	const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
	const followed = await followPods({
		watches: [
			response => {
				beginWatch(response);
				response.socket?.setNoDelay(true);
				const send = (index: number) => {
					if (index < bytes.length) response.write(bytes.subarray(index, index + 1), () => setImmediate(send, index + 1));
				};
				send(0);
			},
		],
	});
	await until(() => expect(followed.events.find(({type}) => type === 'changed')).toMatchObject({changes: [{object: {message: 'schlägt fehl ✖ 🚀'}}]}));
});

test('takes a bookmark as a sign of life and goes on from its version', async () => {
	const followed = await followPods({watches: [watchOf([bookmark('250')], 'end'), quietWatch]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 250']));
	expect(followed.events.some(({type}) => type === 'stream-heard')).toBe(true);
	expect(followed.events.some(({type}) => type === 'changed')).toBe(false);
});

test('watches on without a new list after the clean end of a watch, and stays live', async () => {
	const followed = await followPods({watches: [watchOf([added('a', '101')], 'end'), watchOf([added('b', '102')], 'end'), quietWatch]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 101', 'watch 102']));
	expect(followed.conditions()).toEqual(['syncing', 'live']);
});

test('does not spin when the server ends every watch at once', async () => {
	const followed = await followPods({watches: [watchOf([], 'end')]});
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: 'the API server ends watches at once'}));
	expect(followed.asked()).toEqual(['list 0', 'watch 100']);
	followed.time.pass(800);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 100']));
});

test('lists anew at once when an ERROR event says that the version is too old', async () => {
	const followed = await followPods({watches: [watchOf([added('a', '101'), expired]), quietWatch]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 101', 'watch 100']));
	expect(followed.events.some(({type}) => type === 'changed')).toBe(true);
	expect(followed.conditions()).toEqual(['syncing', 'live', 'syncing', 'live']);
	expect(followed.server.requests[2]?.query.limit).toBeUndefined();
});

test('lists anew at once when the watch is refused with 410', async () => {
	const followed = await followPods({watches: [response => answerStatus(response, 410, 'Gone', 'too old'), quietWatch]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 100', 'watch 100']));
});

test('lists without a version when even the list by the last known one has expired', async () => {
	const followed = await followPods({
		lists: [emptyList, response => answerStatus(response, 410, 'Expired', 'too old'), response => answerJson(response, listJson([], '900'))],
		watches: [watchOf([expired]), quietWatch],
	});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 100', 'list newest', 'watch 900']));
});

test('waits before a new list when versions expire again and again', async () => {
	const followed = await followPods({watches: [watchOf([expired])]});
	await until(() => expect(followed.lastCondition()?.kind).toBe('lost'));
	expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 100', 'watch 100']);
	expect(followed.time.pending()).toEqual([800]);
});

test('waits as long as a 429 says, then watches the same version without a new list', async () => {
	const followed = await followPods({
		watches: [response => answerStatus(response, 429, 'TooManyRequests', 'slow down', {}, {'retry-after': '7'}), quietWatch],
	});
	await until(() => expect(followed.lastCondition()?.kind).toBe('lost'));
	expect(followed.time.pending()).toEqual([7_000]);
	expect(followed.lastCondition()).toMatchObject({reason: 'slow down', retryAt: followed.time.policy.now() + 7_000});
	followed.time.pass(7_000);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 100']);
});

test('lists anew after any other ERROR event, once it has waited', async () => {
	const internal = {type: 'ERROR', object: {kind: 'Status', status: 'Failure', code: 500, reason: 'InternalError', message: 'etcd is tired'}};
	const followed = await followPods({watches: [watchOf([added('a', '101'), internal]), quietWatch]});
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: 'etcd is tired'}));
	followed.time.pass(800);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 101', 'watch 100']));
});

test('says lost with the time of the next try when the connection breaks, and live again only with an open watch', async () => {
	const followed = await followPods({watches: [quietWatch, response => answerStatus(response, 500, 'InternalError', 'not yet'), quietWatch]});
	await until(() => expect(followed.asked()).toHaveLength(2));
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	const {now} = followed.time.policy;
	const since = now();
	followed.server.cut();
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', since, retryAt: since + 800}));
	followed.time.pass(800);
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', since, reason: 'not yet', retryAt: now() + 1_600}));
	expect(followed.conditions()).toEqual(['syncing', 'live', 'lost', 'lost']);
	followed.time.pass(1_600);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
});

test('waits longer after each failed list: 0.8 s doubled up to 30 s', async () => {
	const followed = await followPods({lists: [response => answerStatus(response, 503, 'ServiceUnavailable', 'starting')]});
	const waits: number[] = [];
	for (let round = 1; round <= 8; round += 1) {
		await until(() => expect(followed.conditions().filter(kind => kind === 'lost')).toHaveLength(round));
		const [wait = 0] = followed.time.pending();
		waits.push(wait);
		followed.time.pass(wait);
	}
	expect(waits).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
});

test('begins with the short wait again after two minutes without trouble', async () => {
	const failing = (response: ServerResponse) => answerStatus(response, 503, 'ServiceUnavailable', 'starting');
	const followed = await followPods({lists: [failing, failing, emptyList], watches: [quietWatch], policy: {watchSilenceMs: 1e9}});
	for (const wait of [800, 1_600]) {
		await until(() => expect(followed.time.pending()).toEqual([wait]));
		followed.time.pass(wait);
	}
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	followed.time.pass(121_000);
	followed.server.cut();
	await until(() => expect(followed.time.pending()).toEqual([800]));
});

test('re-watches the same version without a list when the server refuses connections', async () => {
	let end: () => void = () => {};
	const followed = await followPods({
		watches: [
			response => {
				response.writeHead(200, {'content-type': 'application/json', connection: 'close'}).flushHeaders();
				end = () => response.end();
			},
		],
	});
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	await until(() => expect(followed.asked()).toHaveLength(2));
	followed.time.pass(60_000);
	const closed = followed.server.stopListening();
	end();
	await closed;
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: expect.stringContaining('the connection was refused')}));
	const again = await startApiServer((_request, response) => beginWatch(response), undefined, followed.server.port);
	cleanup(() => again.close());
	followed.time.pass(800);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	expect(again.requests.map(({query}) => [query.watch, query.resourceVersion])).toEqual([['true', '100']]);
});

test('closes a watch that is silent for too long, says lost meanwhile, and goes on from the same version', async () => {
	let closed = false;
	const watched: Answer = response => {
		beginWatch(response);
		response.on('close', () => {
			closed = true;
		});
	};
	const followed = await followPods({watches: [watched, quietWatch]});
	await until(() => expect(followed.asked()).toHaveLength(2));
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	followed.time.pass(90_000);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 100']));
	await until(() => expect(followed.conditions()).toEqual(['syncing', 'live', 'lost', 'live']));
	const lost = followed.events.find(event => event.type === 'stream-changed' && event.condition.kind === 'lost');
	expect(lost).toMatchObject({condition: {reason: 'no word from the API server for 90 s'}});
	await until(() => expect(closed).toBe(true));
});

test('lists anew when one watch after the other is silent, since the server may not have that version (any more)', async () => {
	const tooLarge = {details: {causes: [{reason: 'ResourceVersionTooLarge'}]}};
	const followed = await followPods({
		lists: [
			emptyList,
			response => answerStatus(response, 504, 'Timeout', 'Too large resource version', tooLarge),
			response => answerJson(response, listJson([], '7')),
		],
	});
	for (const watches of [1, 2]) {
		await until(() => expect(followed.asked().filter(words => words === 'watch 100')).toHaveLength(watches));
		await until(() => expect(followed.time.pending()).toEqual([90_000]));
		followed.time.pass(90_000);
	}
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 100', 'list 100', 'list newest', 'watch 7']));
});

test('lets a watch live that is fed by bookmarks', async () => {
	let say: (version: string) => void = () => {};
	const followed = await followPods({
		watches: [
			response => {
				beginWatch(response);
				say = version => response.write(`${JSON.stringify(bookmark(version))}\n`);
			},
		],
	});
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	await until(() => expect(followed.asked()).toHaveLength(2));
	for (const round of [1, 2, 3]) {
		followed.time.pass(60_000);
		say(`${200 + round}`);
		await until(() => expect(followed.events.filter(({type}) => type === 'stream-heard')).toHaveLength(round));
	}
	expect(followed.asked()).toEqual(['list 0', 'watch 100']);
	expect(followed.conditions()).toEqual(['syncing', 'live']);
});

test('gives up a list that stops in the middle, and says so', async () => {
	const followed = await followPods({
		lists: [
			response => {
				response.writeHead(200, {'content-type': 'application/json'});
				response.write('{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":[');
			},
		],
	});
	await until(() => expect(followed.time.pending()).toEqual([30_000]));
	followed.time.pass(30_000);
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: 'no word from the API server for 30 s'}));
});

test('rests for minutes where the kind may not be listed, then tries again', async () => {
	const followed = await followPods({
		lists: [response => answerStatus(response, 403, 'Forbidden', 'pods is forbidden: User "eve" cannot list resource "pods"'), emptyList],
	});
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'forbidden', reason: 'pods is forbidden: User "eve" cannot list resource "pods"'}));
	await until(() => expect(followed.time.pending()).toEqual([120_000]));
	followed.time.pass(120_000);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
});

test('keeps what it listed where it may not watch', async () => {
	const followed = await followPods({
		lists: [response => answerJson(response, listJson([podJson('a', '1')]))],
		watches: [response => answerStatus(response, 403, 'Forbidden', 'cannot watch')],
	});
	await until(() => expect(followed.lastCondition()?.kind).toBe('forbidden'));
	expect(followed.events.find(({type}) => type === 'listed')).toMatchObject({items: [{name: 'a'}]});
});

test('drops an object that cannot be, says which, and keeps the rest', async () => {
	const followed = await followPods({
		lists: [response => answerJson(response, listJson([{kind: 'Pod', metadata: {name: 'no-uid'}}, podJson('a', '1')]))],
		watches: [watchOf([{type: 'ADDED', object: {kind: 'Pod', metadata: {name: 'bad'}}}, added('b', '101')])],
	});
	await until(() => expect(followed.events.filter(({type}) => type === 'malformed')).toHaveLength(2));
	expect(followed.events.filter(event => event.type === 'malformed').map(({what}) => what)).toEqual(['Pod no-uid', 'Pod bad']);
	expect(followed.events.find(({type}) => type === 'listed')).toMatchObject({items: [{name: 'a'}]});
	await until(() => expect(followed.events.some(({type}) => type === 'changed')).toBe(true));
});

test('calls a page of HTML no list, and garbage in a watch no event', async () => {
	const followed = await followPods({
		lists: [response => response.writeHead(200, {'content-type': 'text/html'}).end('<html>log in</html>'), emptyList],
		watches: [watchOf([added('a', '101')]), quietWatch],
	});
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost'}));
	followed.time.pass(800);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	const garbled = await followPods({
		watches: [
			response => {
				beginWatch(response);
				response.write(`${JSON.stringify(added('a', '101'))}\nwhat is this\n`);
			},
		],
	});
	await until(() => expect(garbled.lastCondition()).toMatchObject({kind: 'lost', reason: 'the API server sent something that is no JSON'}));
});

test.each([
	['while the list is under way', {lists: [() => {}]}, 1],
	['while a watch is open', {}, 2],
	['while it waits', {lists: [(response: ServerResponse) => answerStatus(response, 503, 'ServiceUnavailable', 'starting')]}, 1],
] as const)('ends at once and leaves no timer and no stream behind when stopped %s', async (_when, script, requests) => {
	const followed = await followPods(script);
	await until(() => expect(followed.asked()).toHaveLength(requests));
	await until(() => expect(followed.time.pending().length).toBeGreaterThan(0));
	const emitted = followed.events.length;
	followed.stop.abort();
	await followed.ended;
	expect(followed.time.pending()).toEqual([]);
	expect(followed.events.length - emitted).toBeLessThanOrEqual(1);
	expect(followed.server.requests).toHaveLength(requests);
});

test('sends nothing when it is stopped before it starts', async () => {
	const followed = await followPods({});
	followed.stop.abort();
	await followed.ended;
	const before = followed.server.requests.length;
	await new Promise(resolve => setImmediate(resolve));
	expect(followed.server.requests).toHaveLength(before);
});
