import {once} from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import {onTestFinished} from 'vitest';
import {pem} from '../cluster-io/harness/certificates.ts';

/** A server of this test: where it is, and what it has seen. */
export type TestServer = {readonly url: string; readonly port: number; readonly connections: () => number; readonly open: () => number};

async function listening(server: net.Server, scheme = 'http'): Promise<TestServer> {
	const sockets = new Set<net.Socket>();
	let connections = 0;
	server.on('connection', (socket: net.Socket) => {
		connections += 1;
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => {});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const {port} = server.address() as net.AddressInfo;
	return {url: `${scheme}://127.0.0.1:${port}/`, port, connections: () => connections, open: () => sockets.size};
}

/** A real HTTP server on loopback, closed at the end of the test. */
export function httpServer(answer: http.RequestListener): Promise<TestServer> {
	return listening(http.createServer(answer));
}

/** The same with a certificate of the test authority: for 127.0.0.1, localhost and api.test (`server`), or as the name of the fixture says. */
export function httpsServer(answer: http.RequestListener, certificate = 'server'): Promise<TestServer> {
	return listening(https.createServer({cert: pem(certificate), key: pem(`${certificate}-key`)}, answer), 'https');
}

/** A server that speaks HTTP/2 over TLS, and HTTP/1.1 where a client prefers it. */
export function http2Server(answer: Answering): Promise<TestServer> {
	return listening(http2.createSecureServer({cert: pem('server'), key: pem('server-key'), allowHTTP1: true}, answer), 'https');
}

/** A server that speaks HTTP/2 without TLS, and nothing else. */
export function h2cServer(answer: Answering): Promise<TestServer> {
	return listening(http2.createServer(answer));
}

/** Answers in either protocol. */
export type Answering = (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => void;

/** A proxy as companies have them: asked for whole URLs of http, and for tunnels. `seen`: what it was asked for. */
export async function proxyServer(): Promise<TestServer & {readonly seen: readonly string[]; readonly authorizations: readonly (string | undefined)[]}> {
	const seen: string[] = [];
	const authorizations: (string | undefined)[] = [];
	const note = ({method, url, headers}: http.IncomingMessage) => {
		seen.push(`${method} ${url}`);
		authorizations.push(headers['proxy-authorization']);
	};
	const server = http.createServer((request, response) => {
		note(request);
		const {host, ...headers} = request.headers;
		const onward = http.request(request.url ?? '', {method: request.method, headers: {...headers, host}}, answer => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.on('error', () => response.destroy()).pipe(response);
		});
		onward.on('error', () => response.writeHead(502).end());
		request.pipe(onward);
	});
	server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
		note(request);
		const [host, port] = (request.url ?? '').split(':');
		const onward = net.connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		onward.on('error', () => socket.destroy());
		socket.on('close', () => onward.destroy());
	});
	return {...(await listening(server)), seen, authorizations};
}

/** A server that does with each connection as it likes, from the first byte of the request on. */
export function rawServer(misbehave: (socket: net.Socket, request: string) => void): Promise<TestServer> {
	return listening(net.createServer(socket => socket.once('data', bytes => misbehave(socket, bytes.toString()))));
}

/** A server that takes connections and says nothing. */
export function silentServer(): Promise<TestServer> {
	return listening(net.createServer(socket => void socket.resume()));
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as net.AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** Waits for something that happens by itself; the test's own time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise(resolve => setImmediate(resolve));
}
