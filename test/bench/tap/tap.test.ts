import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {connect, createSecureServer, type Http2SecureServer} from 'node:http2';
import {request} from 'node:https';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {loopbackCertificate} from '../../../src/demo/certificate.ts';
import {countBetween, startTap, type Tap} from './tap.mjs';
import {createMarkerFinder, createTextCounter} from './texts.mjs';

let server: Http2SecureServer;
let tap: Tap;
let way: Awaited<ReturnType<Tap['open']>>;
let target: {readonly url: string; readonly ca: string};

/** Answers like a watch: an event, and later a second one. */
beforeAll(async () => {
	const {key, cert} = await loopbackCertificate(Date.now());
	server = createSecureServer({key, cert, allowHTTP1: true}, (_, response) => {
		response.write('{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"first"}}}\n');
		setImmediate(() => response.end('{"type":"MODIFIED","object":{"kind":"Pod","status":{"restartCount":7001}}}\n'));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	tap = await startTap({server: `https://127.0.0.1:${port}`, ca: cert, cert: undefined, key: undefined, token: 'secret'});
	way = await tap.open('client');
	const {clusters} = JSON.parse(readFileSync(way.kubeconfig, 'utf8'));
	const {server: url, 'certificate-authority-data': ca} = clusters[0].cluster;
	target = {url, ca: Buffer.from(ca, 'base64').toString()};
});
afterAll(async () => {
	await tap?.close();
	server?.close();
});

test('counts requests, bytes and events of pods of a client of HTTP/1.1, and hands on what was sent', async () => {
	const before = await way.count();
	const answer = await new Promise<string>((resolve, reject) => {
		const sent = request(target.url, {ca: target.ca}, response => {
			let text = '';
			response.setEncoding('utf8').on('data', part => (text += part));
			response.on('end', () => resolve(text));
		});
		sent.on('error', reject).end();
	});
	const {requests, podEvents, bytesDown, connections} = countBetween(before, await way.count());
	expect(answer).toContain('"restartCount":7001');
	expect({requests, podEvents, connections}).toEqual({requests: 1, podEvents: 2, connections: 1});
	expect(bytesDown).toBeGreaterThan(answer.length);
});

test('counts the requests that share a connection of HTTP/2, whatever else is on it', async () => {
	const before = await way.count();
	const session = connect(target.url, {ca: target.ca});
	const ask = () =>
		new Promise<string>((resolve, reject) => {
			const stream = session.request({':path': '/api/v1/pods', 'x-long': 'x'.repeat(500)});
			let text = '';
			stream.setEncoding('utf8').on('data', part => (text += part));
			stream
				.on('error', reject)
				.on('end', () => resolve(text))
				.end();
		});
	await Promise.all([ask(), ask(), ask()]);
	await ask();
	session.close();
	const {requests, connections} = countBetween(before, await way.count());
	expect({requests, connections}).toEqual({requests: 4, connections: 1});
});

test('says when a text came, on the clock of the one who asks', async () => {
	const expected = await way.expect('"restartCount":7001');
	const askedAt = performance.now();
	const session = connect(target.url, {ca: target.ca});
	const stream = session.request({':path': '/'}).resume();
	const ended = once(stream.end(), 'end');
	const at = await expected.at();
	await ended;
	session.close();
	// Two clocks are compared here, and that of the other process is read in between.
	expect(at).toBeGreaterThanOrEqual(askedAt - 1);
	expect(at).toBeLessThanOrEqual(performance.now() + 1);
});

test('does not find again what came before', () => {
	const found = createMarkerFinder();
	expect(found(Buffer.from('"restartCount":7001'), [])).toEqual([]);
	expect(found(Buffer.from('}}}\n'), ['"restartCount":7001'])).toEqual([]);
	expect(found(Buffer.from('"restartCount":7001'), ['"restartCount":7001'])).toEqual(['"restartCount":7001']);
});

test('finds a text in whatever pieces it comes', () => {
	const bytes = Buffer.from('a kind:Pod and a kind:Pod');
	for (let piece = 1; piece <= bytes.length; piece++) {
		const [count, found] = [createTextCounter('kind:Pod'), createMarkerFinder()];
		const pieces = Array.from({length: Math.ceil(bytes.length / piece)}, (_, index) => bytes.subarray(index * piece, (index + 1) * piece));
		expect(pieces.reduce((sum, part) => sum + count(part), 0)).toBe(2);
		expect(pieces.some(part => found(part, ['and', 'nowhere']).includes('and'))).toBe(true);
	}
});
