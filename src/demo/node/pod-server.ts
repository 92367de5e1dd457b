import {createServer, type RequestListener, type Server, type ServerResponse} from 'node:http';

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
	const underWay = new Set<ServerResponse>();
	let isDraining = false;
	const server = createServer(serverOptions, (request, response) => {
		underWay.add(response);
		if (isDraining) response.setHeader('connection', 'close');
		response.on('close', () => {
			underWay.delete(response);
			// A connection counts as idle a moment later.
			if (isDraining) setImmediate(() => server.closeIdleConnections());
		});
		handler(request, response);
	});
	const closed = () => new Promise<void>(resolve => server.close(() => resolve()));
	return {
		server,
		drain() {
			isDraining = true;
			for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
			// Node ends the idle connections by itself.
			return closed();
		},
		close() {
			const end = closed();
			server.closeAllConnections();
			return end;
		},
	};
}
