import type {ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
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

test('asks for lists compressed, and for watches not', async () => {
	const zipped: Answer = response =>
		response.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'}).end(gzipSync(JSON.stringify(listJson([podJson('a', '7')]))));
	const followed = await followPods({lists: [zipped]});
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100']));
	expect(followed.server.requests.map(({headers}) => headers['accept-encoding'])).toEqual(['gzip', undefined]);
	expect(followed.events[1]).toMatchObject({type: 'listed', items: [{name: 'a'}]});
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

test('gives up a list whose pages have no end', async () => {
	const page: Answer = response => answerJson(response, listJson([podJson('a', '1')], '100', 'page-2'));
	const followed = await followPods({lists: [page, page, page, page]});
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: expect.stringContaining('same page again')}));
	expect(followed.asked()).toEqual(['list 0', 'list after page-2']);
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

/** A collection that is too large to be listed when a question will do. */
const large = {lists: [response => answerJson(response, listJson([podJson('a', '5')]))] as readonly Answer[], policy: {pageSize: 0}};

/** A watch that sends these events, and ends when the test says so. */
function endable(events: readonly object[]): {readonly answer: Answer; readonly end: () => void} {
	let end = () => {};
	const answer: Answer = response => {
		beginWatch(response);
		for (const event of events) response.write(`${JSON.stringify(event)}\n`);
		end = () => response.end();
	};
	return {answer, end: () => end()};
}

test('takes a bookmark as a sign of life and goes on from its version', async () => {
	const watched = endable([bookmark('250')]);
	const followed = await followPods({watches: [watched.answer, quietWatch], policy: {watchSilenceMs: 1e9}});
	await until(() => expect(followed.events.some(({type}) => type === 'stream-heard')).toBe(true));
	followed.time.pass(300_000);
	watched.end();
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 250']));
	expect(followed.events.some(({type}) => type === 'changed')).toBe(false);
});

test('watches on without a new list when the time of a watch is over, and stays live', async () => {
	const [first, second] = [endable([added('a', '101')]), endable([added('b', '102')])];
	const followed = await followPods({watches: [first.answer, second.answer, quietWatch], policy: {watchSilenceMs: 1e9}});
	for (const [round, {end}] of [first, second].entries()) {
		await until(() => expect(followed.events.filter(({type}) => type === 'changed')).toHaveLength(round + 1));
		followed.time.pass(295_000);
		end();
	}
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'watch 101', 'watch 102']));
	expect(followed.conditions()).toEqual(['syncing', 'live']);
});

test('lists anew when a watch ends long before its time, without a word about it: the server may be another one now', async () => {
	const watched = endable([added('a', '101')]);
	const followed = await followPods({watches: [watched.answer, quietWatch]});
	await until(() => expect(followed.events.some(({type}) => type === 'changed')).toBe(true));
	followed.time.pass(60_000);
	watched.end();
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'list 101', 'watch 100']));
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

test.each([
	['nothing at all', '0', 800],
	['an hour', '3600', 10_000],
])('does not take it to the letter when it is asked to wait for %s', async (_what, seconds, ms) => {
	const followed = await followPods({
		lists: [response => answerStatus(response, 503, 'ServiceUnavailable', 'starting', {}, {'retry-after': seconds}), emptyList],
	});
	await until(() => expect(followed.time.pending()).toEqual([ms]));
	expect(followed.lastCondition()).toMatchObject({kind: 'lost', retryAt: followed.time.policy.now() + ms});
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

test('waits longer after each failed list: 0.8 s doubled up to 4 s', async () => {
	const followed = await followPods({lists: [response => answerStatus(response, 503, 'ServiceUnavailable', 'starting')]});
	const waits: number[] = [];
	for (let round = 1; round <= 5; round += 1) {
		await until(() => expect(followed.conditions().filter(kind => kind === 'lost')).toHaveLength(round));
		const [wait = 0] = followed.time.pending();
		waits.push(wait);
		followed.time.pass(wait);
	}
	expect(waits).toEqual([800, 1_600, 3_200, 4_000, 4_000]);
});

test('begins with the short wait again after ten seconds without trouble', async () => {
	const failing = (response: ServerResponse) => answerStatus(response, 503, 'ServiceUnavailable', 'starting');
	const followed = await followPods({lists: [failing, failing, emptyList], watches: [quietWatch], policy: {watchSilenceMs: 1e9}});
	for (const wait of [800, 1_600]) {
		await until(() => expect(followed.time.pending()).toEqual([wait]));
		followed.time.pass(wait);
	}
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	followed.time.pass(11_000);
	followed.server.cut();
	await until(() => expect(followed.time.pending()).toEqual([800]));
});

test('asks a server that was gone for all, since it may not have what it had', async () => {
	const watched = endable([]);
	const followed = await followPods({watches: [watched.answer], policy: {pageSize: 0}});
	await until(() => expect(followed.asked()).toHaveLength(2));
	const closed = followed.server.stopListening();
	followed.server.cut();
	await closed;
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: expect.stringContaining('the connection was broken off')}));
	followed.time.pass(800);
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason: expect.stringContaining('the connection was refused')}));
	const again = await startApiServer(
		(request, response) => (request.query.watch === 'true' ? beginWatch(response) : answerJson(response, listJson([], '130'))),
		undefined,
		followed.server.port,
	);
	cleanup(() => again.close());
	followed.time.pass(1_600);
	await until(() => expect(followed.lastCondition()?.kind).toBe('live'));
	expect(again.requests.map(({query}) => [query.watch, query.resourceVersion])).toEqual([
		[undefined, '100'],
		['true', '130'],
	]);
});

test('closes a watch that is silent for too long, and goes on from the same version', async () => {
	let closed = false;
	const watched: Answer = response => {
		beginWatch(response);
		response.on('close', () => {
			closed = true;
		});
	};
	const followed = await followPods({...large, watches: [watched, quietWatch]});
	await until(() => expect(followed.asked()).toHaveLength(2));
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	followed.time.pass(90_000);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'check', 'watch 100']));
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	expect(followed.conditions()).toEqual(['syncing', 'live']);
	await until(() => expect(closed).toBe(true));
});

test.each([
	['went back to an older version', '7', ['list newest', 'watch 7']],
	['has versions that are no numbers', 'seven', ['list 100', 'watch 7']],
] as const)('lists anew after a silence when the server %s', async (_what, version, requests) => {
	const followed = await followPods({
		...large,
		lists: [...large.lists, response => answerJson(response, listJson([podJson('a', '5')], '7'))],
		checks: [response => answerJson(response, listJson([], version))],
	});
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	followed.time.pass(90_000);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'check', ...requests]));
	await until(() => expect(followed.conditions()).toEqual(['syncing', 'live', 'syncing', 'live']));
	expect(followed.server.requests[2]?.query).toEqual({labelSelector: 'app=web', fieldSelector: 'metadata.name=-', limit: '1'});
});

test('says lost when a silent watch can not be opened again, and then lists what is no more than a page', async () => {
	const followed = await followPods({checks: [() => {}]});
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	followed.time.pass(90_000);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'check']));
	expect(followed.time.pending()).toEqual([5_000]);
	followed.time.pass(5_000);
	await until(() => expect(followed.asked()).toEqual(['list 0', 'watch 100', 'check', 'list 100', 'watch 100']));
	await until(() => expect(followed.conditions()).toEqual(['syncing', 'live', 'lost', 'live']));
	const lost = followed.events.find(event => event.type === 'stream-changed' && event.condition.kind === 'lost');
	expect(lost).toMatchObject({condition: {reason: 'no word from the API server for 5 s'}});
});

test('gives a slow server twice as long at each try before it is asked again', async () => {
	const followed = await followPods({watches: [quietWatch, () => {}]});
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
	followed.server.cut();
	await until(() => expect(followed.time.pending()).toEqual([800]));
	followed.time.pass(800);
	for (const patience of [5_000, 10_000, 20_000]) {
		await until(() => expect(followed.time.pending()).toEqual([patience]));
		followed.time.pass(patience);
		await until(() => expect(followed.lastCondition()).toMatchObject({reason: `no word from the API server for ${patience / 1000} s`}));
	}
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
	await until(() => expect(followed.time.pending()).toEqual([90_000]));
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

test('rests longer and longer, up to minutes, where the kind may not be listed', async () => {
	const forbidden: Answer = response => answerStatus(response, 403, 'Forbidden', 'pods is forbidden: User "eve" cannot list resource "pods"');
	const followed = await followPods({lists: [...Array<Answer>(6).fill(forbidden), emptyList]});
	const waits: number[] = [];
	for (let round = 1; round <= 6; round += 1) {
		await until(() => expect(followed.conditions().filter(kind => kind === 'forbidden')).toHaveLength(round));
		const [wait = 0] = followed.time.pending();
		waits.push(wait);
		followed.time.pass(wait);
	}
	expect(waits).toEqual([4_000, 8_000, 16_000, 32_000, 64_000, 120_000]);
	const first = followed.events.find(event => event.type === 'stream-changed' && event.condition.kind === 'forbidden');
	expect(first).toMatchObject({condition: {reason: 'pods is forbidden: User "eve" cannot list resource "pods"'}});
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
	const reason = 'the server did not answer with a Kubernetes list but with text/html';
	await until(() => expect(followed.lastCondition()).toMatchObject({kind: 'lost', reason}));
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

test('never lets an older state of an object replace a newer one, nor bring back what is gone', async () => {
	const deleted = (name: string, version: string) => ({type: 'DELETED', object: podJson(name, version)});
	const modified = (name: string, version: string) => ({type: 'MODIFIED', object: podJson(name, version)});
	const events = [modified('a', '103'), modified('a', '102'), deleted('a', '104'), modified('a', '103'), added('b', '105'), added('b', '99')];
	const followed = await followPods({watches: [watchOf(events)]});
	await until(() => expect(followed.events.some(({type}) => type === 'changed')).toBe(true));
	expect(followed.events.flatMap(event => (event.type === 'changed' ? event.changes : []))).toMatchObject([
		{kind: 'observed', object: {name: 'a', resourceVersion: '103'}},
		{kind: 'gone', uid: 'uid-a'},
		{kind: 'observed', object: {name: 'b', resourceVersion: '105'}},
	]);
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
