import type {Socket} from 'node:net';
import {expect, it, onTestFinished} from 'vitest';
import {createProbe, type ProbeOptions} from '../../src/sampler/probe.ts';
import {rawServer, type TestServer, until} from './servers.ts';

const chunked = 'Transfer-Encoding: chunked\r\n\r\n';
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

function drip(socket: Socket, text: string): void {
	const timer = setInterval(() => socket.write(chunk(text)), 10);
	socket.on('close', () => clearInterval(timer));
}

async function ask(server: TestServer, options: Partial<ProbeOptions>) {
	const probe = createProbe({url: server.url, ...options});
	onTestFinished(() => probe.close());
	const result = await probe.send(new AbortController().signal);
	await until(() => server.open() === 0);
	return result;
}

it('that flow until the time-out are answers, as quick as their first byte', async () => {
	const server = await rawServer(socket => {
		socket.write(`HTTP/1.1 200 OK\r\n${chunked}`);
		drip(socket, 'This is v2\n');
	});
	const result = await ask(server, {timeoutMs: 1000});
	expect(result).toMatchObject({kind: 'answer', answer: {status: 200, truncated: true, body: expect.stringMatching(/^(This is v2\n)+$/)}});
	expect(result.latencyMs).toBeLessThan(1000);
});

it('that stop in the middle hang, and are no answers', async () => {
	const server = await rawServer(socket => void socket.write(`HTTP/1.1 200 OK\r\n${chunked}${chunk('This is v2')}`));
	const result = await ask(server, {timeoutMs: 200});
	expect(result).toMatchObject({kind: 'failure', reason: 'timeout', detail: 'no complete answer within 200 ms'});
	expect(result.latencyMs).toBeGreaterThan(190);
});

it('that bring less than they promised are no answers, however busily they drip', async () => {
	const server = await rawServer(socket => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
		const timer = setInterval(() => socket.write('x'), 10);
		socket.on('close', () => clearInterval(timer));
	});
	expect(await ask(server, {timeoutMs: 300})).toMatchObject({kind: 'failure', reason: 'timeout'});
});

it('of events end with the first one: a minute of silence may follow', async () => {
	const server = await rawServer(socket => {
		socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${chunked}`);
		socket.write(chunk('data: {"version":"v2"}\n\n'));
	});
	expect(await ask(server, {timeoutMs: 60_000})).toMatchObject({kind: 'answer', answer: {truncated: true, body: 'data: {"version":"v2"}\n\n'}});
});

it('that fail are their status’s failure, whatever becomes of the body', async () => {
	const server = await rawServer(socket => void socket.write(`HTTP/1.1 503 Service Unavailable\r\n${chunked}${chunk('no')}`));
	expect(await ask(server, {timeoutMs: 200})).toMatchObject({kind: 'answer', answer: {status: 503, truncated: true, body: 'no'}});
});

it('of which not even the beginning came are no answers', async () => {
	const server = await rawServer(socket => void socket.write(`HTTP/1.1 200 OK\r\n${chunked}`));
	expect(await ask(server, {timeoutMs: 200})).toMatchObject({kind: 'failure', reason: 'timeout'});
});
