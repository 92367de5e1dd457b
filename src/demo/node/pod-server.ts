import {createServer, type RequestListener, type Server} from 'node:http';
import type {Socket} from 'node:net';

/** A program's HTTP server. */
export interface PodServer {
	readonly server: Server;
	/** Takes no new connections, and settles when each request that is under way has its answer. */
	readonly drain: () => Promise<void>;
	/** Cuts everything off, as the end of the process does. */
	readonly close: () => Promise<void>;
}

// Longer than the API server's proxy keeps an idle connection, or it would now and then write into a closed one. And no timer for each of
// thousands of servers that looks for slow requests.
const serverOptions = {keepAliveTimeout: 120_000, connectionsCheckingInterval: 2 ** 31 - 1};

/** A server that does not listen yet. */
export function createPodServer(handler: RequestListener): PodServer {
	/** How many requests are under way on each open connection. */
	const connections = new Map<Socket, number>();
	let isDraining = false;
	const add = (socket: Socket, requests: number) => {
		const left = (connections.get(socket) ?? 0) + requests;
		if (connections.has(socket)) connections.set(socket, left);
		if (isDraining && left === 0) socket.destroySoon();
	};
	const server = createServer(serverOptions, (request, response) => {
		const {socket} = request;
		add(socket, 1);
		response.on('close', () => add(socket, -1));
		handler(request, response);
	});
	server.on('connection', socket => {
		connections.set(socket, 0);
		socket.on('close', () => connections.delete(socket));
	});
	const closed = () => new Promise<void>(resolve => server.close(() => resolve()));
	return {
		server,
		drain() {
			isDraining = true;
			const end = closed();
			for (const [socket, requests] of connections) if (requests === 0) socket.destroySoon();
			return end;
		},
		close() {
			const end = closed();
			server.closeAllConnections();
			return end;
		},
	};
}
