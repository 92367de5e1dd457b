import {createServer, type Server} from 'node:http';
import {afterEach, expect, test} from 'vitest';
import {createLoopbackNetwork} from '../../src/demo/network.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve)))));

function answering(text: string): Server {
	const server = createServer((_request, response) => response.end(text));
	servers.push(server);
	return server;
}

async function ask(at: {host: string; port: number} | undefined): Promise<string> {
	if (at === undefined) return 'refused';
	const answer = await fetch(`http://${at.host}:${at.port}/`, {headers: {connection: 'close'}});
	return answer.text();
}

test('addresses of the cluster are ports of loopback, each its own, opened when somebody asks', async () => {
	const network = createLoopbackNetwork();
	const one = answering('one');
	network.listen(one, '10.244.1.2', 8080);
	network.listen(answering('two'), '10.244.1.3', 8080);
	expect(one.listening).toBe(false);
	expect((await network.resolve('10.244.1.2', 8080))?.host).toBe('127.0.0.1');
	expect(await ask(await network.resolve('10.244.1.2', 8080))).toBe('one');
	expect(await ask(await network.resolve('10.244.1.3', 8080))).toBe('two');
	expect(await ask(await network.resolve('10.244.1.3', 8081))).toBe('refused');
});

test('an address is free again when its server is closed, whether it was ever asked or not', async () => {
	const network = createLoopbackNetwork();
	for (const isAsked of [true, false]) {
		const server = createServer();
		network.listen(server, '10.244.1.2', 80);
		if (isAsked) await network.resolve('10.244.1.2', 80);
		await new Promise(resolve => server.close(resolve));
		expect(await network.resolve('10.244.1.2', 80)).toBeUndefined();
	}
});

test('an address that is taken is an error of the second server', async () => {
	const network = createLoopbackNetwork();
	network.listen(answering('first'), '10.244.1.2', 80);
	const second = answering('second');
	const failed = new Promise<NodeJS.ErrnoException>(resolve => second.once('error', resolve));
	network.listen(second, '10.244.1.2', 80);
	expect((await failed).code).toBe('EADDRINUSE');
	expect(await ask(await network.resolve('10.244.1.2', 80))).toBe('first');
});
