import type http2 from 'node:http2';
import type {TLSSocket} from 'node:tls';
import {describe, expect, it, onTestFinished} from 'vitest';
import {parseConnectTo} from '../../src/domain/mix/connect-to.ts';
import type {ProbeResult} from '../../src/domain/sample.ts';
import {createProbe, type ProbeOptions} from '../../src/sampler/probe.ts';
import {pem} from '../cluster-io/harness/certificates.ts';
import {freePort, h2cServer, http2Server, httpServer, httpsServer, proxyServer, silentServer, until} from './servers.ts';

function probeOf(options: ProbeOptions) {
	const probe = createProbe(options);
	onTestFinished(() => probe.close());
	return () => probe.send(new AbortController().signal);
}

function bodyOf(result: ProbeResult): string {
	if (result.kind === 'failure') throw new Error(`failed: ${result.reason} ${result.detail}`);
	return result.answer.body;
}

function place(text: string) {
	const rule = parseConnectTo(text);
	if ('error' in rule) throw new Error(rule.error);
	return [rule];
}

const authority = pem('ca');

describe('TLS', () => {
	it('trusts the system’s authorities only, and says what helps', async () => {
		const server = await httpsServer((_request, response) => response.end('ok'));
		const failure = {kind: 'failure', reason: 'tls', detail: 'unable to verify the first certificate (--cacert FILE trusts its authority, -k anybody)'};
		expect(await probeOf({url: server.url})()).toMatchObject(failure);
		expect(bodyOf(await probeOf({url: server.url, connecting: {insecure: true}})())).toBe('ok');
		expect(bodyOf(await probeOf({url: server.url, connecting: {authority}})())).toBe('ok');
	});

	it.each([
		['server-expired', /^certificate has expired \(-k accepts it\)$/],
		['server-other-name', /^Hostname\/IP does not match .* \(-H 'Host: NAME' or --sni NAME asks for another, -k accepts it\)$/],
	])('says what helps with %s', async (certificate, detail) => {
		const server = await httpsServer((_request, response) => response.end('ok'), certificate);
		expect(await probeOf({url: server.url, connecting: {authority}})()).toMatchObject({reason: 'tls', detail: expect.stringMatching(detail)});
	});

	it('says that the port does not speak it', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		expect(await probeOf({url: server.url.replace('http:', 'https:')})()).toMatchObject({reason: 'tls', detail: 'wrong version number (is it http://…?)'});
	});

	it.each([
		['the URL’s name', 'https://api.test', {}, {}, 'api.test', 'api.test'],
		['the Host header’s name', 'https://api.test', {Host: 'shop.test'}, {insecure: true}, 'shop.test', 'shop.test'],
		['--sni, whatever the Host header says', 'https://api.test', {Host: 'shop.test'}, {serverName: 'localhost'}, 'localhost', 'shop.test'],
	] as const)('names %s in the handshake', async (_what, origin, headers, connecting, name, host) => {
		const server = await httpsServer(({socket, headers: {host}}, response) => response.end(`${String((socket as TLSSocket).servername)} ${host}`));
		const connectTo = place(`127.0.0.1:${server.port}`);
		expect(bodyOf(await probeOf({url: origin, headers: async () => headers, connecting: {authority, ...connecting, connectTo}})())).toBe(`${name} ${host}`);
	});

	it('checks the certificate against the URL’s address, not against the one that is connected to', async () => {
		const server = await httpsServer((_request, response) => response.end('ok'));
		const connectTo = place(`127.0.0.1:${server.port}`);
		expect(await probeOf({url: 'https://127.0.0.9/', connecting: {authority, connectTo}})()).toMatchObject({reason: 'tls'});
		expect(bodyOf(await probeOf({url: 'https://127.0.0.1/', connecting: {authority, connectTo}})())).toBe('ok');
	});
});

describe('--connect-to', () => {
	it('leaves the Host header as the URL says', async () => {
		const server = await httpServer(({headers}, response) => response.end(headers.host));
		expect(bodyOf(await probeOf({url: 'http://shop.test:8080/', connecting: {connectTo: place(`127.0.0.1:${server.port}`)}})())).toBe('shop.test:8080');
	});
});

describe('HTTP/2', () => {
	const version: (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => void = ({httpVersion, authority: name, method}, response) =>
		response.end(`${method} ${httpVersion} ${name}`);

	it('is spoken over TLS where the server does, with a new connection for each request', async () => {
		const server = await http2Server(version);
		const send = probeOf({url: server.url, connecting: {authority, http2: true}});
		for (let time = 0; time < 3; time += 1) expect(bodyOf(await send())).toBe(`GET 2.0 127.0.0.1:${server.port}`);
		expect(server.connections()).toBe(3);
		await until(() => server.open() === 0);
	});

	it('falls back to HTTP/1.1 over TLS', async () => {
		const server = await httpsServer(({httpVersion}, response) => response.end(httpVersion));
		expect(bodyOf(await probeOf({url: server.url, connecting: {authority, http2: true}})())).toBe('1.1');
	});

	it('is spoken at once without TLS', async () => {
		const server = await h2cServer(version);
		const send = probeOf({url: server.url, connecting: {http2: true}, headers: async () => ({Host: 'shop.test'})});
		for (let time = 0; time < 3; time += 1) expect(bodyOf(await send())).toBe('GET 2.0 shop.test');
		expect(server.connections()).toBe(3);
	});

	it('keeps the connection where that is asked for', async () => {
		for (const server of [await http2Server(version), await h2cServer(version)]) {
			const send = probeOf({url: server.url, keepAlive: true, connecting: {authority, http2: true}});
			for (let time = 0; time < 5; time += 1) expect(bodyOf(await send())).toContain('2.0');
			expect(server.connections()).toBe(1);
		}
	});

	it('can be a HEAD, and an error', async () => {
		const server = await h2cServer((_request, response) => response.writeHead(503, {server: 'nginx/1.16.1'}).end());
		const result = await probeOf({url: server.url, method: 'HEAD', connecting: {http2: true}})();
		expect(result).toMatchObject({kind: 'answer', answer: {status: 503, headers: {server: 'nginx/1.16.1'}, body: ''}});
	});

	it('says what helps where the server does not speak it', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const failure = {kind: 'failure', reason: 'other', detail: 'Protocol error (without --http2 it is asked in HTTP/1.1)'};
		expect(await probeOf({url: server.url, connecting: {http2: true}})()).toMatchObject(failure);
	});

	it.each([
		['a stream that the server resets', ({stream}: http2.Http2ServerRequest) => stream.close(2)],
		['a stream that the server closes without a word', ({stream}: http2.Http2ServerRequest) => stream.close(0)],
		['a session that the server ends', ({stream}: http2.Http2ServerRequest) => stream.session?.destroy()],
		['a session that the server wants to end', ({stream}: http2.Http2ServerRequest) => stream.session?.goaway(2)],
		['a connection that breaks', ({stream}: http2.Http2ServerRequest) => stream.session?.socket.destroySoon()],
	])('calls %s a reset', async (_what, misbehave) => {
		const server = await h2cServer(misbehave);
		expect(await probeOf({url: server.url, connecting: {http2: true}})()).toMatchObject({kind: 'failure', reason: 'reset'});
	});

	it('waits no longer than it may, and keeps no connection', async () => {
		for (const server of [await h2cServer(() => {}), await silentServer()]) {
			const send = probeOf({url: server.url, timeoutMs: 100, connecting: {http2: true}});
			expect(await send()).toMatchObject({kind: 'failure', reason: 'timeout'});
			await until(() => server.open() === 0);
		}
	});

	it('reads no more of a body than is kept', async () => {
		const server = await h2cServer((_request, response) => response.end('x'.repeat(1_000_000)));
		const result = await probeOf({url: server.url, bodyBytes: 1000, connecting: {http2: true}})();
		expect(result).toMatchObject({kind: 'answer', answer: {truncated: true, body: 'x'.repeat(1000)}});
		await until(() => server.open() === 0);
	});
});

describe('a proxy', () => {
	it('is asked for the whole URL of an http target', async () => {
		const server = await httpServer(({headers}, response) => response.end(headers.host));
		const proxy = await proxyServer();
		const send = probeOf({url: `${server.url}a?b`, connecting: {proxy: proxy.url}});
		expect([bodyOf(await send()), bodyOf(await send())]).toEqual([`127.0.0.1:${server.port}`, `127.0.0.1:${server.port}`]);
		expect(proxy.seen).toEqual([`GET ${server.url}a?b`, `GET ${server.url}a?b`]);
		expect(proxy.connections()).toBe(2);
	});

	it('gives a tunnel to an https target, in which the name of the Host header is asked for', async () => {
		const server = await httpsServer(({socket}, response) => response.end(String((socket as TLSSocket).servername)));
		const proxy = await proxyServer();
		const send = probeOf({url: server.url, headers: async () => ({host: 'api.test'}), connecting: {proxy: proxy.url, authority}});
		expect([bodyOf(await send()), bodyOf(await send())]).toEqual(['api.test', 'api.test']);
		expect(proxy.seen).toEqual([`CONNECT 127.0.0.1:${server.port}`, `CONNECT 127.0.0.1:${server.port}`]);
		expect(server.connections()).toBe(2);
	});

	it('is told the credentials of its URL, and no failure tells them', async () => {
		const server = await httpServer((_request, response) => response.end('ok'));
		const proxy = await proxyServer();
		const uri = proxy.url.replace('//', '//me:secret@');
		expect(bodyOf(await probeOf({url: server.url, connecting: {proxy: uri}})())).toBe('ok');
		expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`]);
		const refusing = `http://me:secret@127.0.0.1:${await freePort()}/`;
		const result = await probeOf({url: server.url, connecting: {proxy: refusing}})();
		expect(result).toMatchObject({kind: 'failure', reason: 'refused'});
		expect(JSON.stringify(result)).not.toContain('secret');
	});

	it('that never answers is a time-out, and keeps no connection', async () => {
		const proxy = await silentServer();
		for (const scheme of ['http', 'https']) {
			const send = probeOf({url: `${scheme}://shop.test/`, timeoutMs: 100, connecting: {proxy: proxy.url}});
			expect(await send()).toMatchObject({kind: 'failure', reason: 'timeout'});
			await until(() => proxy.open() === 0);
		}
	});
});

describe('several requests at once', () => {
	it('each have a connection, which is used again where connections are kept', async () => {
		const waiting: (() => void)[] = [];
		const server = await httpServer((_request, response) => {
			waiting.push(() => response.end('ok'));
			if (waiting.length === 10) for (const answer of waiting.splice(0)) answer();
		});
		const send = probeOf({url: server.url, keepAlive: true});
		for (let time = 0; time < 3; time += 1) {
			const results = await Promise.all(Array.from({length: 10}, send));
			expect(results.map(bodyOf)).toEqual(Array(10).fill('ok'));
		}
		expect(server.connections()).toBe(10);
	});
});

describe('paths', () => {
	it('are asked in turn, behind what the proxy takes away', async () => {
		const seen: unknown[] = [];
		const server = await httpServer((request, response) => {
			seen.push(request.url);
			response.end();
		});
		const send = probeOf({url: `${server.url}ignored`, pathPrefix: '/api/proxy', paths: ['/a?x=1', '/b/']});
		for (let time = 0; time < 3; time += 1) await send();
		expect(seen).toEqual(['/api/proxy/a?x=1', '/api/proxy/b/', '/api/proxy/a?x=1']);
	});
});

describe('cookies', () => {
	async function sticky() {
		const seen: (string | undefined)[] = [];
		const server = await httpServer((request, response) => {
			seen.push(request.headers.cookie);
			response.setHeader('set-cookie', ['session=1; Path=/; HttpOnly', 'shop=a,b; Path=/shop']).end();
		});
		return {url: server.url, seen};
	}

	it('are sent back where that is asked for, after the user’s own', async () => {
		const {url, seen} = await sticky();
		const send = probeOf({url, cookies: true, headers: async () => ({Cookie: 'mine=0'}), pathPrefix: '/proxy', paths: ['/', '/shop/x?y', '/other']});
		for (let time = 0; time < 3; time += 1) await send();
		expect(seen).toEqual(['mine=0', 'mine=0; shop=a,b; session=1', 'mine=0; session=1']);
	});

	it('are forgotten otherwise', async () => {
		const {url, seen} = await sticky();
		const send = probeOf({url});
		await send();
		await send();
		expect(seen).toEqual([undefined, undefined]);
	});
});
