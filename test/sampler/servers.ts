import {once} from 'node:events';
import http from 'node:http';
import net from 'node:net';
import {onTestFinished} from 'vitest';

/** A server of this test: where it is, and what it has seen. */
export type TestServer = {readonly url: string; readonly port: number; readonly connections: () => number; readonly open: () => number};

async function listening(server: net.Server): Promise<TestServer> {
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
	return {url: `http://127.0.0.1:${port}/`, port, connections: () => connections, open: () => sockets.size};
}

/** A real HTTP server on loopback, closed at the end of the test. */
export function httpServer(answer: http.RequestListener): Promise<TestServer> {
	return listening(http.createServer(answer));
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
