import {describe, expect, it, onTestFinished} from 'vitest';
import type {ProbeResult} from '../../src/domain/sample.ts';
import {createProbe, type ProbeOptions} from '../../src/sampler/probe.ts';
import {httpServer, until} from './servers.ts';

function probeOf(options: ProbeOptions) {
	const probe = createProbe(options);
	onTestFinished(() => probe.close());
	return () => probe.send(new AbortController().signal);
}

function answerOf(result: ProbeResult) {
	if (result.kind === 'failure') throw new Error(`failed: ${result.reason} ${result.detail}`);
	return result.answer;
}

describe('what is sent', () => {
	it('is a plain GET that identifies nobody', async () => {
		const requests: unknown[] = [];
		const server = await httpServer((request, response) => {
			requests.push([request.method, request.url, request.headers]);
			response.setHeader('set-cookie', 'session=1').end('ok');
		});
		const send = probeOf({url: `${server.url}a/b?c=d#e`});
		await send();
		await send();
		const headers = {host: `127.0.0.1:${server.port}`, connection: 'close', accept: '*/*', 'user-agent': 'rollwatch'};
		expect(requests).toEqual([
			['GET', '/a/b?c=d', headers],
			['GET', '/a/b?c=d', headers],
		]);
	});

	it('takes any header from the user, Host too, whatever its spelling', async () => {
		const seen: unknown[] = [];
		const server = await httpServer((request, response) => {
			seen.push(request.headers);
			response.end();
		});
		await probeOf({url: server.url, headers: async () => ({Host: 'canary-demo.com', 'User-Agent': 'me', 'X-Canary': 'always'})})();
		expect(seen).toEqual([{host: 'canary-demo.com', 'user-agent': 'me', 'x-canary': 'always', accept: '*/*', connection: 'close'}]);
	});

	it('asks for the headers before each request, since tokens expire', async () => {
		const seen: unknown[] = [];
		const server = await httpServer((request, response) => {
			seen.push(request.headers.authorization);
			response.end();
		});
		let asked = 0;
		const send = probeOf({url: server.url, headers: async () => ({authorization: `Bearer ${++asked}`})});
		await send();
		await send();
		expect(seen).toEqual(['Bearer 1', 'Bearer 2']);
	});

	it('sends the credentials of the URL as curl does', async () => {
		let seen: unknown;
		const server = await httpServer((request, response) => {
			seen = request.headers.authorization;
			response.end();
		});
		await probeOf({url: server.url.replace('//', '//me:p%40ss@')})();
		expect(seen).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
	});

	it('can be a HEAD', async () => {
		const server = await httpServer((request, response) => response.setHeader('server', 'nginx/1.16.1').end(request.method));
		const {status, headers, body} = answerOf(await probeOf({url: server.url, method: 'HEAD'})());
		expect([status, headers.server, body]).toEqual([200, 'nginx/1.16.1', '']);
	});
});

describe('connections', () => {
	it('are new for each request, since a kept one would pin one pod', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const send = probeOf({url: server.url});
		for (let time = 0; time < 5; time += 1) await send();
		expect(server.connections()).toBe(5);
		await until(() => server.open() === 0);
	});

	it('are kept where that is asked for', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const send = probeOf({url: server.url, keepAlive: true});
		for (let time = 0; time < 5; time += 1) await send();
		expect(server.connections()).toBe(1);
	});

	it('are kept to the API server, which chooses a pod for each request', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const send = probeOf({url: server.url, viaProxy: true});
		for (let time = 0; time < 5; time += 1) await send();
		expect(server.connections()).toBe(1);
	});

	it('are given back when the probe is closed', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const probe = createProbe({url: server.url, keepAlive: true});
		await probe.send(new AbortController().signal);
		await probe.close();
		await until(() => server.open() === 0);
	});
});

describe('what comes back', () => {
	it('is status, headers in lower case, and body', async () => {
		const server = await httpServer((_request, response) => {
			response.writeHead(200, {Server: 'nginx/1.16.1', 'X-Twice': ['a', 'b'], 'Content-Type': 'text/plain; charset=utf-8'});
			response.end('grüße');
		});
		const result = await probeOf({url: server.url, clock: () => 42})();
		expect(result).toMatchObject({kind: 'answer', at: 42, answer: {status: 200, body: 'grüße', truncated: false}});
		expect(answerOf(result).headers).toMatchObject({server: 'nginx/1.16.1', 'x-twice': 'a,b', 'content-type': 'text/plain; charset=utf-8'});
		expect(result.latencyMs).toBeGreaterThan(0);
	});

	it('is the redirect itself', async () => {
		let requests = 0;
		const server = await httpServer((_request, response) => {
			requests += 1;
			response.writeHead(302, {location: '/elsewhere'}).end();
		});
		expect(answerOf(await probeOf({url: server.url})())).toMatchObject({status: 302, headers: {location: '/elsewhere'}});
		expect(requests).toBe(1);
	});

	it('is an answer, too, when it is an error', async () => {
		const server = await httpServer((_request, response) => response.writeHead(500).end('Some internal error has occurred!'));
		expect(answerOf(await probeOf({url: server.url})())).toMatchObject({status: 500, body: 'Some internal error has occurred!'});
	});
});

describe('through the API server’s proxy', () => {
	function status(code: number, message: string, type = 'application/json') {
		return httpServer((_request, response) => {
			response.writeHead(code, {'content-type': type}).end(JSON.stringify({kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code}));
		});
	}

	it.each([
		[503, 'no endpoints available for service "kubia"', 'proxy-503'],
		[503, 'error trying to reach service: dial tcp 10.1.0.24:8080: connect: connection refused', 'proxy-503'],
		[403, 'services "kubia" is forbidden: User "me" cannot get resource "services/proxy"', 'proxy-forbidden'],
		[401, 'Unauthorized', 'proxy-forbidden'],
		[404, 'services "kubia" not found', 'proxy-error'],
	])('its own %d is told apart: %s', async (code, message, reason) => {
		const server = await status(code, message);
		expect(await probeOf({url: server.url, viaProxy: true})()).toMatchObject({
			kind: 'failure',
			reason,
			detail: message.slice(0, 119).trimEnd() + (message.length > 120 ? '…' : message.slice(119)),
		});
		expect(answerOf(await probeOf({url: server.url})()), 'not asked through the proxy').toMatchObject({status: code});
	});

	it.each([
		['text', 503, 'text/plain', 'upstream sent Status'],
		['JSON of its own', 503, 'application/json', '{"kind": "Error"}'],
		['JSON that is none', 503, 'application/json', '{"kind": "Status"'],
		['nothing', 503, 'application/json', ''],
		['success', 200, 'application/json', '{"kind": "Status", "apiVersion": "v1"}'],
	])('the application’s answer stays the application’s: %s', async (_what, code, type, body) => {
		const server = await httpServer((_request, response) => response.writeHead(code, {'content-type': type}).end(body));
		expect(answerOf(await probeOf({url: server.url, viaProxy: true})())).toMatchObject({status: code, body});
	});

	it('an answer to HEAD without a body is said to be either’s, unless its headers tell', async () => {
		const own = await status(503, 'no endpoints available for service "kubia"');
		expect(await probeOf({url: own.url, viaProxy: true, method: 'HEAD'})()).toMatchObject({
			kind: 'failure',
			reason: 'http-503',
			detail: 'from the application or the API server: an answer to HEAD does not tell',
		});
		const application = await httpServer((_request, response) => response.writeHead(503, {'content-type': 'application/json', server: 'nginx/1.16.1'}).end());
		expect(answerOf(await probeOf({url: application.url, viaProxy: true, method: 'HEAD'})())).toMatchObject({status: 503});
	});

	it('a broken connection is the API server’s, not the application’s', async () => {
		const {url} = await httpServer(request => request.socket.destroy());
		expect(await probeOf({url, viaProxy: true})()).toMatchObject({kind: 'failure', reason: 'proxy-error', detail: expect.stringMatching(/^API server: /)});
	});

	it('its message is data', async () => {
		const server = await status(503, '\u001b[2Jgone\naway');
		expect(await probeOf({url: server.url, viaProxy: true})()).toMatchObject({reason: 'proxy-503', detail: 'gone away'});
	});
});
