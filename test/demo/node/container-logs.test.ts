import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {answerLogs} from '../../../src/demo/node/container-logs.ts';
import type {PodWorker} from '../../../src/demo/node/pod-worker.ts';
import {createTestNode, type TestNode} from './test-node.ts';

let node: TestNode;
let worker: PodWorker;
let server: ReturnType<typeof createServer>;
let address: string;

beforeEach(async () => {
	node = createTestNode();
	server = createServer(({url}, response) => {
		const [slot] = worker.slots;
		const status = worker.status.containerStatuses?.[0];
		if (slot !== undefined) answerLogs(response, new URL(url ?? '/', 'http://kubelet').searchParams, {pod: 'app', slot, status, clock: node.clock});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
	await node.stop();
	server.closeAllConnections();
	await new Promise(resolve => server.close(resolve));
});

describe('the log of a container', () => {
	test.each([
		['', 'one\ntwo\nthree\n'],
		['tailLines=2', 'two\nthree\n'],
		['tailLines=0', ''],
		['limitBytes=5', 'one\nt'],
		['sinceSeconds=15', 'three\n'],
		['sinceTime=2026-11-21T02:00:05Z', 'two\nthree\n'],
		['timestamps=true&tailLines=1', '2026-11-21T02:00:20.660000000Z three\n'],
	])('with %j', async (query, text) => {
		run('echo one; sleep 10; echo two; sleep 10; echo three; sleep 100');
		await node.clock.advance(30_660);
		expect(await (await fetch(`${address}/?${query}`)).text()).toBe(text);
	});

	test('goes on while it is followed, until the container ends', async () => {
		run('echo one; sleep 10; echo two; exit 0');
		await node.clock.advance(5_000);
		const answer = await fetch(`${address}/?follow=true`);
		const text = answer.text();
		await node.clock.advance(10_000);
		expect(await text).toBe('one\ntwo\n');
	});

	test('is kept of the run before', async () => {
		run('echo hello; sleep 3; exit 1');
		expect(await ask('previous=true')).toEqual([400, 'previous terminated container "main" in pod "app" not found']);
		await node.clock.advance(6_000);
		expect(await ask('previous=true')).toEqual([200, 'hello\n']);
	});

	test('is not there before the container', async () => {
		run('sleep 100');
		await node.clock.advance(0);
		expect(await ask('')).toEqual([400, 'container "main" in pod "app" is waiting to start: ContainerCreating']);
	});
});

async function ask(query: string): Promise<readonly unknown[]> {
	const answer = await fetch(`${address}/?${query}`);
	return [answer.status, await answer.text()];
}

function run(script: string): void {
	const container = {name: 'main', image: 'busybox', command: ['sh', '-c', script]};
	worker = node.run({metadata: {name: 'app', namespace: 'default', uid: 'u'}, spec: {containers: [container], restartPolicy: 'Always'}});
}
