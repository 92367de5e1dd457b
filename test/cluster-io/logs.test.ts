import type {ServerResponse} from 'node:http';
import {expect, test, vi} from 'vitest';
import {createLogs} from '../../src/app/logs.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {LogScope, LogWish} from '../../src/store/log-feed.ts';
import {podOf} from '../app/log-pods.ts';
import {answerStatus, type Received} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

type Answer = (request: Received, response: ServerResponse) => void;

/** The log of a screen against a real server: one answer for each pod. */
async function logsOf(answers: Readonly<Record<string, Answer>>) {
	const routes = Object.fromEntries(Object.entries(answers).map(([pod, answer]) => [`GET /api/v1/namespaces/web/pods/${pod}/log`, answer]));
	const server = await startRestServer(routes);
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const pods = new Map<string, Pod>(Object.keys(answers).map(name => [`uid-${name}`, podOf(name)]));
	const stop = new AbortController();
	cleanup(() => stop.abort());
	const logs = createLogs({connection, store: {snapshot: () => ({pods}), subscribe: () => () => undefined}, signal: stop.signal});
	const texts = () => logs.feed.snapshot().buffer.entries.map(({kind, text}) => (kind === 'note' ? `— ${text}` : text));
	return {server, logs, stop, texts};
}

const pod = (name: string): LogScope => ({kind: 'pod', uid: `uid-${name}`, name});
const wish = (scope: LogScope, change: Partial<LogWish> = {}): LogWish => ({scope, container: undefined, previous: false, ...change});
const revision: LogScope = {kind: 'revision', replicaSetUid: 'rs', revision: 3};
const stamp = '2026-11-21T14:00:01.000000000Z';

test('closes each connection when another log is opened, when it is closed, and when the session ends', async () => {
	const line: Answer = ({path}, response) => response.write(`${stamp} from ${path.split('/').at(-2)}\n`);
	const {server, logs, stop, texts} = await logsOf({a: line, b: line});
	logs.open(wish(revision));
	await expect.poll(() => texts().toSorted()).toEqual(['from a', 'from b']);
	expect(server.sockets.size).toBe(2);
	logs.open(wish(pod('a')));
	await expect.poll(() => texts()).toEqual(['from a']);
	await expect.poll(() => server.sockets.size).toBe(1);
	logs.close();
	await expect.poll(() => server.sockets.size).toBe(0);
	expect(logs.feed.snapshot().buffer.entries).toEqual([]);
	logs.open(wish(pod('b')));
	await expect.poll(() => texts()).toEqual(['from b']);
	stop.abort();
	await expect.poll(() => server.sockets.size).toBe(0);
});

test('holds a flood of lines within its limits, says how many it skipped, and goes on publishing', async () => {
	const part = Array.from({length: 1_000}, (_, index) => `${stamp} line ${index} ${'x'.repeat(60)}\n`).join('');
	const flood: Answer = (_request, response) => {
		const more = () => {
			if (response.destroyed) return;
			if (response.write(part)) setImmediate(more);
			else response.once('drain', more);
		};
		more();
	};
	const {server, logs, texts} = await logsOf({a: flood});
	let published = 0;
	logs.feed.subscribe(() => published++);
	logs.open(wish(pod('a')));
	await vi.waitFor(() => expect(logs.feed.snapshot().buffer.dropped).toBeGreaterThan(1_000), 30_000);
	const {entries} = logs.feed.snapshot().buffer;
	expect(entries.length).toBeLessThanOrEqual(10_000);
	expect(texts().some(text => /^— \d+ lines skipped/.test(text))).toBe(true);
	expect(published).toBeGreaterThan(5);
	logs.close();
	await expect.poll(() => server.sockets.size).toBe(0);
});

test.each<[what: string, answer: Answer, said: RegExp]>([
	[
		'a container that waits',
		(_request, response) => answerStatus(response, 400, 'BadRequest', 'container "app" in pod "a" is waiting to start: ContainerCreating'),
		/^— container "app" in pod "a" is waiting to start: ContainerCreating$/,
	],
	['a pod that is gone', (_request, response) => answerStatus(response, 404, 'NotFound', 'pods "a" not found'), /^— the stream was lost: .*not found/],
	['a run that has ended', (_request, response) => response.end(`${stamp} bye\n`), /^— this run of the container has ended$/],
])('says in a line of %s', async (_what, answer, said) => {
	const {logs, texts} = await logsOf({a: answer});
	logs.open(wish(pod('a')));
	await vi.waitFor(() => expect(texts()).toContainEqual(expect.stringMatching(said)), 30_000);
});

test('says that logs may not be read, and asks no more', async () => {
	const {server, logs} = await logsOf({
		a: (_request, response) => answerStatus(response, 403, 'Forbidden', 'pods "a" is forbidden: cannot get resource "pods/log"'),
	});
	logs.open(wish(pod('a')));
	await expect.poll(() => logs.feed.snapshot().problem).toContain('pods/log');
	expect(server.requests).toHaveLength(1);
});
