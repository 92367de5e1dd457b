import type {ServerResponse} from 'node:http';
import {expect, test, vi} from 'vitest';
import {type FollowLogsOptions, followLogs, type LogStreamState} from '../../src/cluster/follow-logs.ts';
import {defaultPolicy} from '../../src/cluster/informer/policy.ts';
import type {LogLine} from '../../src/cluster/log-stream.ts';
import {logText} from '../../src/domain/log/log-text.ts';
import {answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

type Answer = (response: ServerResponse, request: Received) => void;

const at = (second: number, fraction = '000000000') => `2026-11-21T14:00:${String(second).padStart(2, '0')}.${fraction}Z`;

/** A container's log that is answered differently each time; the last answer stays. */
async function follow(answers: readonly Answer[], options: Partial<FollowLogsOptions> = {}) {
	let asked = 0;
	const server = await startRestServer({
		'GET /api/v1/namespaces/web/pods/p/log': (request: Received, response: ServerResponse) =>
			answers[Math.min(asked++, answers.length - 1)]?.(response, request),
	});
	const connection = await connectTo(server.url);
	const stop = new AbortController();
	const lines: LogLine[] = [];
	const states: LogStreamState[] = [];
	const policy = {...defaultPolicy, startTimer: (ms: number, run: () => void) => defaultPolicy.startTimer(ms / 100, run)};
	const ended = followLogs({
		connection,
		namespace: 'web',
		pod: 'p',
		container: 'app',
		silenceMs: 600_000,
		policy,
		signal: stop.signal,
		isOver: () => false,
		onLines: more => void lines.push(...more),
		onState: state => void states.push(state),
		...options,
	});
	return {server, lines, states, stop, ended, texts: () => lines.map(({text}) => text)};
}

test('asks for the newest lines first, and goes on behind the last one without a line twice, within its second, too', async () => {
	const {server, texts, stop, ended} = await follow(
		[
			response => response.write(`${at(1)} a\n${at(2, '1')} b\n${at(2, '1')} b\n`, () => setTimeout(() => response.destroy(), 20)),
			// The whole second again: what was there, one more of the same moment, and a later one.
			response => response.write(`${at(2)} earlier\n${at(2, '100000000')} b\n${at(2, '1')} b\n${at(2, '1')} b\n${at(2, '2')} c\n`),
		],
		{tailLines: 100},
	);
	await expect.poll(() => texts().at(-1)).toBe('c');
	stop.abort();
	await ended;
	expect(texts()).toEqual(['a', 'b', 'b', 'b', 'c']);
	expect(server.requests.map(({query}) => query)).toEqual([
		{container: 'app', follow: 'true', timestamps: 'true', tailLines: '100'},
		{container: 'app', follow: 'true', timestamps: 'true', sinceTime: at(2, '1')},
	]);
});

test('reads a run before the last restart once, to its last line, which may have no end', async () => {
	const {server, texts, states, ended} = await follow([response => response.end(`${at(1)} starting\n${at(2)} Error: no configuration`)], {previous: true});
	await ended;
	expect(texts()).toEqual(['starting', 'Error: no configuration']);
	expect(states.map(({kind}) => kind)).toEqual(['open']);
	expect(server.requests.map(({query}) => query)).toEqual([{container: 'app', previous: 'true', timestamps: 'true'}]);
});

test('says in the kubelet’s words why there are no lines yet, and has them when they come', async () => {
	const words = 'container "app" in pod "p" is waiting to start: ContainerCreating';
	const {texts, states, stop, ended} = await follow([
		response => answerStatus(response, 400, 'BadRequest', words),
		response => response.write(`${at(1)} here\n`),
	]);
	await expect.poll(() => texts()).toEqual(['here']);
	stop.abort();
	await ended;
	expect(states).toEqual([{kind: 'waiting', why: words}, {kind: 'open'}]);
});

test('goes on with the next run when the container was restarted', async () => {
	const {texts, states, stop, ended} = await follow([
		response => response.end(`${at(1)} first run\n`),
		response => response.end(`${at(1)} first run\n`),
		response => response.write(`${at(9)} second run\n`),
	]);
	await expect.poll(() => texts()).toEqual(['first run', 'second run']);
	stop.abort();
	await ended;
	expect(states.map(({kind}) => kind)).toEqual(['open', 'open', 'ended', 'open']);
});

test('comes back before its time when there is a reason to', async () => {
	let wake: () => void = () => undefined;
	const pause = () => new Promise<void>(resolve => (wake = resolve));
	const {server, texts, stop, ended} = await follow([response => response.end(), response => response.write(`${at(1)} more\n`)], {pause});
	await expect.poll(() => server.requests).toHaveLength(1);
	await vi.waitFor(() => {
		wake();
		expect(texts()).toEqual(['more']);
	});
	stop.abort();
	await ended;
});

test('ends where the log may not be read', async () => {
	const {ended, server} = await follow([response => answerStatus(response, 403, 'Forbidden', 'pods "p" is forbidden: cannot get resource "pods/log"')]);
	await expect(ended).rejects.toMatchObject({kind: 'forbidden', message: expect.stringContaining('pods/log')});
	expect(server.requests).toHaveLength(1);
});

test('says that the pod is gone, and ends when it is', async () => {
	const {ended, states} = await follow([response => answerStatus(response, 404, 'NotFound', 'pods "p" not found')], {isOver: () => true});
	await ended;
	expect(states).toEqual([{kind: 'lost', why: expect.stringContaining('not found')}]);
});

test('opens a stream anew that has fallen silent, without a word about it', async () => {
	const {texts, states, stop, ended} = await follow([response => response.write(`${at(1)} a\n`), response => response.write(`${at(1)} a\n${at(2)} b\n`)], {
		silenceMs: 10_000,
	});
	await expect.poll(() => texts()).toEqual(['a', 'b']);
	stop.abort();
	await ended;
	expect(states.map(({kind}) => kind)).toEqual(['open', 'open']);
});

test('leaves no connection behind when it is stopped', async () => {
	const {server, texts, stop, ended} = await follow([response => response.write(`${at(1)} a\n`)]);
	await expect.poll(() => texts()).toEqual(['a']);
	expect(server.sockets.size).toBe(1);
	stop.abort();
	await ended;
	await expect.poll(() => server.sockets.size).toBe(0);
});

test('survives whatever a program prints: escape codes, NUL, broken letters, a megabyte without an end', async () => {
	const hostile = [
		Buffer.from(`${at(1)} \u001B]0;owned\u0007\u001B[2J\u001B[31mred\u0000!\n${at(2)} `),
		Buffer.from([0xc3, 0x28, 0x0a]),
		Buffer.from(`${at(3)} ${'x'.repeat(1024 * 1024)}\n${at(4)}\n${at(5)} after\nunable to retrieve container logs for containerd://1\n`),
	];
	const {lines, texts, stop, ended} = await follow([response => response.write(Buffer.concat(hostile))]);
	await expect.poll(() => texts()).toHaveLength(6);
	stop.abort();
	await ended;
	expect(lines.map(({text}) => logText(text).slice(0, 30))).toEqual(['red !', '\uFFFD(', 'x'.repeat(30), '', 'after', 'unable to retrieve container l']);
	expect(Math.max(...texts().map(text => text.length))).toBeLessThanOrEqual(16 * 1024);
	expect(lines.at(-1)?.stamp).toBe('');
});

test('says once what the kubelet says instead of a log', async () => {
	const sentence: Answer = response => response.end('unable to retrieve container logs for containerd://1');
	const {server, texts, stop, ended} = await follow([sentence]);
	await expect.poll(() => server.requests.length).toBeGreaterThan(2);
	stop.abort();
	await ended;
	expect(texts()).toEqual(['unable to retrieve container logs for containerd://1']);
});

test('reads no faster than it is let, and the server waits meanwhile', async () => {
	let open: () => void = () => undefined;
	const gate = new Promise<void>(resolve => (open = resolve));
	let isWaiting = false;
	let written = 0;
	const flood: Answer = response => {
		const more = () => {
			if (response.destroyed) return;
			written += 65_536;
			isWaiting = !response.write(`${at(1)} ${'y'.repeat(65_500)}\n`);
			if (isWaiting) response.once('drain', more);
			else setImmediate(more);
		};
		more();
	};
	let paced = 0;
	const pace = (bytes: number) => {
		paced += bytes;
		return gate;
	};
	const {stop, ended} = await follow([flood], {pace});
	await expect.poll(() => isWaiting && written > 2 * 65_536).toBe(true);
	const held = paced;
	expect(held).toBeLessThanOrEqual(2 * 65_536);
	open();
	await expect.poll(() => paced).toBeGreaterThan(held + 1_000_000);
	stop.abort();
	await ended;
});
