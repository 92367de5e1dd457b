import {Agent} from 'undici';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createProbe, type ProbeOptions} from '../../src/sampler/probe.ts';
import {freePort, httpServer, rawServer, silentServer, until} from './servers.ts';

function probeOf(options: ProbeOptions) {
	const probe = createProbe(options);
	onTestFinished(() => probe.close());
	return (signal = new AbortController().signal) => probe.send(signal);
}

const ok = 'HTTP/1.1 200 OK\r\nServer: nginx/1.16.1\r\n';

describe('bodies', () => {
	it('of 100 MB cost no more than what is kept of them', async () => {
		const total = 100 * 1024 * 1024;
		let sent = 0;
		const server = await rawServer(socket => {
			socket.write(`${ok}Content-Length: ${total}\r\n\r\n`);
			const chunk = Buffer.alloc(256 * 1024, 'x');
			const more = () => {
				while (sent < total && !socket.destroyed) {
					sent += chunk.length;
					if (!socket.write(chunk)) return void socket.once('drain', more);
				}
			};
			more();
		});
		const result = await probeOf({url: server.url})();
		expect(result).toMatchObject({kind: 'answer', answer: {status: 200, truncated: true, headers: {server: 'nginx/1.16.1'}}});
		expect(result.kind === 'answer' && result.answer.body.length).toBe(64 * 1024);
		await until(() => server.open() === 0);
		// What fits into the buffers of both sockets is lost; the rest was never sent.
		expect(sent).toBeLessThan(total / 5);
	});

	it('that never end are cut, and the connection with them', async () => {
		const server = await httpServer((_request, response) => {
			const timer = setInterval(() => response.write('This is v2 '.repeat(1000)), 1);
			response.on('close', () => clearInterval(timer));
		});
		expect(await probeOf({url: server.url, bodyBytes: 1000})()).toMatchObject({
			kind: 'answer',
			answer: {truncated: true, body: 'This is v2 '.repeat(91).slice(0, 1000)},
		});
		await until(() => server.open() === 0);
	});

	it('of just the limit are whole', async () => {
		const server = await httpServer((_request, response) => response.end('x'.repeat(1000)));
		expect(await probeOf({url: server.url, bodyBytes: 1000})()).toMatchObject({answer: {truncated: false, body: 'x'.repeat(1000)}});
		expect(await probeOf({url: server.url, bodyBytes: 999})()).toMatchObject({answer: {truncated: true, body: 'x'.repeat(999)}});
	});

	it('that are cut off in the middle are a reset', async () => {
		const server = await rawServer(socket => {
			socket.write(`${ok}Content-Length: 100\r\n\r\nThis is v2`, () => socket.resetAndDestroy());
		});
		expect(await probeOf({url: server.url})()).toMatchObject({kind: 'failure', reason: 'reset'});
	});

	it('shorter than their length says are a reset', async () => {
		const server = await rawServer(socket => socket.end(`${ok}Content-Length: 100\r\n\r\nThis is v2`));
		expect(await probeOf({url: server.url})()).toMatchObject({kind: 'failure', reason: 'reset'});
	});

	it.each([
		['of a length', `${ok}Connection: close\r\nContent-Length: 100\r\n\r\nThis is v2`],
		['in chunks', `${ok}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nThis is \r\n`],
	])('%s that break off where the connection was to be closed anyway are a reset', async (_what, bytes) => {
		const server = await rawServer(socket => socket.end(bytes));
		expect(await probeOf({url: server.url})()).toMatchObject({kind: 'failure', reason: 'reset'});
	});

	it('longer than their length says are read to their length', async () => {
		const server = await rawServer(socket => socket.end(`${ok}Content-Length: 4\r\n\r\nThis is v2`));
		const result = await probeOf({url: server.url})();
		expect(result.kind === 'answer' ? result.answer.body : result.reason).toMatch(/^(This|other)$/);
	});

	it('without any length end with the connection', async () => {
		const server = await rawServer(socket => socket.end(`${ok}\r\nThis is v2`));
		expect(await probeOf({url: server.url})()).toMatchObject({answer: {body: 'This is v2'}});
	});

	it('may be binary', async () => {
		const server = await httpServer((_request, response) => response.end(Buffer.from([0, 255, 254, 128, 27, 91])));
		expect(await probeOf({url: server.url})()).toMatchObject({kind: 'answer', answer: {status: 200, truncated: false}});
	});
});

describe('what is no HTTP', () => {
	it.each([
		['garbage', 'SSH-2.0-OpenSSH_9.6\r\n'],
		['binary', Buffer.from([0x15, 3, 1, 0, 2, 2, 80])],
		['a broken header', `${ok}no colon here\r\n\r\n`],
		['a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
	])('is a failure that says so: %s', async (_what, bytes) => {
		const server = await rawServer(socket => socket.end(bytes));
		expect(await probeOf({url: server.url})()).toMatchObject({
			kind: 'failure',
			reason: 'other',
			detail: expect.stringMatching(/^Response does not match the HTTP\/1.1 protocol/),
		});
	});

	it('with headers too large is a failure', async () => {
		const server = await rawServer(socket => socket.write(`${ok}${`X-Filler: ${'x'.repeat(1000)}\r\n`.repeat(200)}\r\n`));
		expect(await probeOf({url: server.url})()).toMatchObject({kind: 'failure', reason: 'other', detail: 'Headers Overflow Error'});
		await until(() => server.open() === 0);
	});

	it('is a reset where the server hangs up without a word', async () => {
		const closing = await rawServer(socket => socket.end());
		expect(await probeOf({url: closing.url})()).toMatchObject({kind: 'failure', reason: 'reset'});
		const resetting = await rawServer(socket => socket.resetAndDestroy());
		expect(await probeOf({url: resetting.url})()).toMatchObject({kind: 'failure', reason: 'reset'});
	});

	it('is a TLS failure where https is asked of plain HTTP', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		expect(await probeOf({url: server.url.replace('http:', 'https:')})()).toMatchObject({kind: 'failure', reason: 'tls'});
	});
});

describe('servers that do not answer', () => {
	it('run into the time-out, and keep no connection', async () => {
		const server = await silentServer();
		const send = probeOf({url: server.url, timeoutMs: 100});
		expect(await send()).toMatchObject({kind: 'failure', reason: 'timeout'});
		expect(await send()).toMatchObject({kind: 'failure', reason: 'timeout'});
		expect(server.connections()).toBe(2);
		await until(() => server.open() === 0);
	});

	it('keep none through somebody else’s dispatcher either', async () => {
		const server = await silentServer();
		const dispatcher = new Agent();
		onTestFinished(() => dispatcher.destroy());
		const send = probeOf({url: server.url, timeoutMs: 100, dispatcher, viaProxy: true});
		expect(await send()).toMatchObject({kind: 'failure', reason: 'timeout'});
		await until(() => server.open() === 0);
	});

	it('are refused where nobody listens', async () => {
		const port = await freePort();
		const result = await probeOf({url: `http://127.0.0.1:${port}/`})();
		expect(result).toMatchObject({kind: 'failure', reason: 'refused', detail: `connect ECONNREFUSED 127.0.0.1:${port}`});
	});

	it('are refused under a name of several addresses, too', async () => {
		expect(await probeOf({url: `http://localhost:${await freePort()}/`})()).toMatchObject({
			kind: 'failure',
			reason: 'refused',
			detail: expect.stringContaining('ECONNREFUSED'),
		});
	});

	it('have no name', async () => {
		expect(await probeOf({url: 'http://no-such-host.invalid/', timeoutMs: 10_000})()).toMatchObject({
			kind: 'failure',
			reason: 'dns',
			detail: expect.stringContaining('no-such-host.invalid'),
		});
	});

	it('do not spoil the next request', async () => {
		let requests = 0;
		const server = await rawServer(socket => {
			requests += 1;
			if (requests % 2 === 1) socket.resetAndDestroy();
			else socket.end(`${ok}Content-Length: 2\r\n\r\nv2`);
		});
		const send = probeOf({url: server.url});
		const kinds: string[] = [];
		for (let time = 0; time < 4; time += 1) kinds.push((await send()).kind);
		expect(kinds).toEqual(['failure', 'answer', 'failure', 'answer']);
	});
});

describe('the signal', () => {
	it('ends a request at once', async () => {
		const server = await silentServer();
		const stop = new AbortController();
		const result = probeOf({url: server.url})(stop.signal);
		await until(() => server.open() === 1);
		stop.abort();
		expect(await result).toMatchObject({kind: 'failure', detail: 'stopped'});
		await until(() => server.open() === 0);
	});

	it('that is aborted already sends nothing', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		expect(await probeOf({url: server.url})(AbortSignal.abort())).toMatchObject({kind: 'failure', detail: 'stopped'});
		expect(server.connections()).toBe(0);
	});
});

describe('headers that cannot be', () => {
	it('sent are a failure that names them', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const send = probeOf({url: server.url, headers: async () => ({'x-bad': 'a\r\nb'}), timeoutMs: 500});
		expect(await send()).toMatchObject({kind: 'failure', reason: 'other', detail: expect.stringContaining('x-bad')});
	});

	it('made (a credential plugin fails) are a failure that says why', async () => {
		const send = probeOf({url: 'http://127.0.0.1:1/', headers: async () => Promise.reject(new Error('exec: plugin not found')), viaProxy: true});
		expect(await send()).toMatchObject({kind: 'failure', reason: 'proxy-error', detail: 'API server: exec: plugin not found'});
	});
});
