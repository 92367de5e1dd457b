import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {buildSync} from 'esbuild';
import {afterAll, beforeAll, expect, it, onTestFinished} from 'vitest';
import type {ProbeResult} from '../../../src/domain/sample.ts';
import {createBudget} from '../../../src/sampler/budget.ts';
import type {ThreadOrder} from '../../../src/sampler/thread/messages.ts';
import {createSamplerThread, type SamplerThread} from '../../../src/sampler/thread/sampler-thread.ts';
import {httpServer, until} from '../servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollwatch-thread-'));
const file = join(folder, 'sampler-thread.mjs');

// As the build makes it: a worker of Node 20 reads no TypeScript.
beforeAll(() => {
	const banner = {js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);"};
	buildSync({entryPoints: ['src/sampler/thread/entry.ts'], outfile: file, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', banner});
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function startThread(): {readonly thread: SamplerThread; readonly worker: Worker} {
	const worker = new Worker(file);
	onTestFinished(async () => void (await worker.terminate()));
	return {thread: createSamplerThread(worker), worker};
}

type Told = {
	readonly results: ProbeResult[];
	readonly paced: (readonly [number, string | undefined])[];
	readonly ended: Promise<void>;
	readonly stop: () => void;
};

function begin(thread: SamplerThread, url: string, order: Partial<ThreadOrder> = {}, budget = createBudget()): Told {
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const results: ProbeResult[] = [];
	const paced: (readonly [number, string | undefined])[] = [];
	const ended = thread.run({
		order: {probe: {url, headers: {'x-canary': 'always'}}, intervalMs: 5, burst: 1, ...order},
		onResult: result => results.push(result),
		onPaced: (intervalMs, reason) => paced.push([intervalMs, reason]),
		budget,
		signal: stop.signal,
	});
	ended.catch(() => {});
	return {results, paced, ended, stop: () => stop.abort()};
}

it('sends what it is told to, and tells each answer', async () => {
	const seen: unknown[] = [];
	const server = await httpServer((request, response) => {
		seen.push([request.url, request.headers['x-canary']]);
		response.end('This is v2');
	});
	const {thread} = startThread();
	const run = begin(thread, server.url, {probe: {url: server.url, paths: ['/a', '/b'], headers: {'x-canary': 'always'}}});
	await until(() => run.results.length >= 3);
	expect(seen.slice(0, 3)).toEqual([
		['/a', 'always'],
		['/b', 'always'],
		['/a', 'always'],
	]);
	expect(run.results[0]).toMatchObject({kind: 'answer', answer: {status: 200, body: 'This is v2'}});
});

it('goes on sending while this thread is busy', async () => {
	// The server is in a thread of its own too, or nobody could answer.
	const counts = new Int32Array(new SharedArrayBuffer(4));
	const code = `const {workerData, parentPort} = require('node:worker_threads');
		require('node:http').createServer((_, response) => { Atomics.add(workerData, 0, 1); response.end('v2'); }).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });`;
	const server = new Worker(code, {eval: true, workerData: counts});
	onTestFinished(async () => void (await server.terminate()));
	const port = await new Promise(resolve => server.once('message', resolve));
	const {thread} = startThread();
	const run = begin(thread, `http://127.0.0.1:${port}/`);
	await until(() => run.results.length >= 1);
	const before = Atomics.load(counts, 0);
	// Nothing else happens here until five more have come.
	const deadline = performance.now() + 20_000;
	while (Atomics.load(counts, 0) < before + 5 && performance.now() < deadline);
	expect(Atomics.load(counts, 0)).toBeGreaterThanOrEqual(before + 5);
});

it('ends with the signal: nothing is told after it, and no connection stays open', async () => {
	const server = await httpServer((_request, response) => response.end('v2'));
	const {thread} = startThread();
	const first = begin(thread, server.url);
	await until(() => first.results.length >= 2);
	first.stop();
	await first.ended;
	const count = first.results.length;
	// The thread takes its messages in order: when the second run answers, the first one has been told to end.
	const second = begin(thread, server.url);
	await until(() => second.results.length >= 2 && server.open() <= 1);
	second.stop();
	await second.ended;
	await until(() => server.open() === 0);
	expect(first.results).toHaveLength(count);
});

it('slows down where the target asks for it, and says why', async () => {
	const server = await httpServer((_request, response) => response.writeHead(429, {'retry-after': '60'}).end('slow down'));
	const {thread} = startThread();
	// The second request isn't due before the first answer is here, even on a machine that is busy.
	const run = begin(thread, server.url, {intervalMs: 10_000});
	await until(() => run.paced.length > 0);
	expect(run.results).toHaveLength(1);
	expect(run.paced[0]).toEqual([10_000, expect.stringContaining('429')]);
});

it('keeps to what is left of the budget by targets that are asked elsewhere', async () => {
	const server = await httpServer((_request, response) => response.end('v2'));
	const {thread} = startThread();
	const budget = createBudget();
	budget.join(() => ({intervalMs: 5, perBeat: 1}));
	const run = begin(thread, server.url, {}, budget);
	await until(() => run.paced.length > 0);
	expect(run.paced[0]).toEqual([10, expect.stringContaining('200 requests a second at most')]);
});

it('is a failed run when the thread ends, and so is each later one', async () => {
	const server = await httpServer((_request, response) => response.end('v2'));
	const {thread, worker} = startThread();
	const run = begin(thread, server.url);
	await until(() => run.results.length >= 1);
	await worker.terminate();
	await expect(run.ended).rejects.toThrow('the thread of the curl loop has ended');
	await expect(begin(thread, server.url).ended).rejects.toThrow('the thread of the curl loop has ended');
});

it('is a failed run when the order can’t be carried out', async () => {
	const {thread} = startThread();
	await expect(begin(thread, 'no URL', {probe: {url: 'no URL', headers: {}}}).ended).rejects.toThrow('Invalid URL');
});
