import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {type FollowLogsOptions, followLogs} from '../../src/cluster/follow-logs.ts';
import {defaultPolicy} from '../../src/cluster/informer/policy.ts';
import type {LogLine} from '../../src/cluster/log-stream.ts';
import {createCurlLogReader} from '../../src/sampler/curl-log/curl-log-reader.ts';
import {answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

type Answer = (response: ServerResponse, request: Received) => void;

const beganAt = Date.parse('2026-11-21T14:00:00Z');
const stampOf = (number: number) => new Date(beganAt + number * 300).toISOString().replace('Z', '000000Z');
const lineOf = (number: number) => `${stampOf(number)} ${number}  000 0.100000 0.000000 0 ip= Could not resolve host: web 6\n`;
const linesOf = (from: number, to: number) => Array.from({length: to - from + 1}, (_, index) => lineOf(from + index)).join('');

/** A log that is answered differently each time; the last answer stays. */
async function logOf(answers: readonly Answer[], options: Partial<FollowLogsOptions> = {}) {
	let asked = 0;
	const server = await startRestServer({
		'GET /api/v1/namespaces/web/pods/c/log': (request: Received, response: ServerResponse) =>
			answers[Math.min(asked++, answers.length - 1)]?.(response, request),
	});
	const connection = await connectTo(server.url);
	const stop = new AbortController();
	const lines: LogLine[] = [];
	const policy = {...defaultPolicy, startTimer: (ms: number, run: () => void) => defaultPolicy.startTimer(ms / 100, run)};
	const place = {namespace: 'web', pod: 'c', container: 'curl-1'};
	const onLines = (more: readonly LogLine[]) => void lines.push(...more);
	const fixed = {connection, ...place, silenceMs: 600_000, policy, signal: stop.signal, onLines};
	const ended = followLogs({...fixed, isOver: () => false, tooLong: 'refuse', ...options});
	return {server, lines, stop, ended};
}

/** The numbers of the results that a reader makes of the lines. */
function readNumbers(lines: readonly LogLine[]): readonly number[] {
	const reader = createCurlLogReader(() => beganAt);
	return lines.flatMap(line => (reader.read(line) === undefined ? [] : [Number(line.text.split(' ')[0])]));
}

const numbers = (to: number) => Array.from({length: to}, (_, index) => index + 1);

test('goes on from the last line whenever the stream breaks, and no request is lost or counted twice', async () => {
	// A server that knows whole seconds only, as the API does, and cuts off in the middle of a line.
	const from = ({query}: Received) => Math.max(1, Math.ceil((Math.floor((Date.parse(query.sinceTime ?? '') - beganAt) / 1_000) * 1_000) / 300)) || 1;
	const {server, lines, stop, ended} = await logOf([
		response => response.write(`${linesOf(1, 7)}${lineOf(8).slice(0, 50)}`, () => setTimeout(() => response.destroy(), 20)),
		(response, request) => response.end(linesOf(from(request), 12)),
		(response, request) => response.write(linesOf(from(request), 20)),
	]);
	await expect.poll(() => lines.at(-1)?.stamp).toBe(stampOf(20));
	stop.abort();
	await ended;
	expect(readNumbers(lines)).toEqual(numbers(20));
	expect(lines).toHaveLength(20);
	expect(server.requests.map(({query}) => query)).toEqual([
		{container: 'curl-1', follow: 'true', timestamps: 'true'},
		{container: 'curl-1', follow: 'true', timestamps: 'true', sinceTime: stampOf(7)},
		{container: 'curl-1', follow: 'true', timestamps: 'true', sinceTime: stampOf(12)},
	]);
});

test('reads a loop that has ended to its last line', async () => {
	const {lines, ended} = await logOf(
		[response => response.end(linesOf(1, 5)), response => response.end(linesOf(4, 9)), response => response.end(linesOf(8, 9))],
		{
			isOver: () => true,
		},
	);
	await ended;
	expect(readNumbers(lines)).toEqual(numbers(9));
});

test('opens a stream anew that has fallen silent', async () => {
	const {lines, stop, ended} = await logOf([response => response.write(linesOf(1, 2)), response => response.write(linesOf(1, 3))], {silenceMs: 10_000});
	await expect.poll(() => readNumbers(lines)).toEqual(numbers(3));
	stop.abort();
	await ended;
});

test('ends where the log may not be read', async () => {
	const {ended} = await logOf([response => answerStatus(response, 403, 'Forbidden', 'pods "c" is forbidden: cannot get resource "pods/log"')]);
	await expect(ended).rejects.toMatchObject({kind: 'forbidden', message: expect.stringContaining('pods/log')});
});

test('asks again, after a pause, while the container is not there yet', async () => {
	const notYet: Answer = response => answerStatus(response, 400, 'BadRequest', 'container "curl-1" in pod "c" is waiting to start');
	const {lines, stop, ended} = await logOf([notYet, notYet, response => response.write(linesOf(1, 1))]);
	await expect.poll(() => readNumbers(lines)).toEqual([1]);
	stop.abort();
	await ended;
});

test('is not filled by a program that prints without a line’s end', async () => {
	const endless: Answer = response => {
		const more = () => {
			if (!response.destroyed) response.write('x'.repeat(16_384), () => setImmediate(more));
		};
		more();
	};
	const {lines, stop, ended} = await logOf([endless, response => response.write(linesOf(1, 1))]);
	await expect.poll(() => readNumbers(lines)).toEqual([1]);
	stop.abort();
	await ended;
});
