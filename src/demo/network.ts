import type {AddressInfo, Server} from 'node:net';

/** An address that the machine itself knows. */
export interface SocketAddress {
	readonly host: string;
	readonly port: number;
}

/** Where the cluster's addresses (of pods, of nodes) lead. One for all parts of a cluster that speak to each other. */
export interface Network {
	/** Opens a server at an address of the cluster. What fails is told by the server's `error` event, as with `listen`. */
	readonly listen: (server: Server, ip: string, port: number) => void;
	/** Where to connect for an address of the cluster; undefined where surely nobody listens (a connection would be refused). */
	readonly resolve: (ip: string, port: number) => Promise<SocketAddress | undefined>;
}

/** A network in which the cluster's addresses are the machine's own, as in the network namespace of the cluster tests. */
export const ownAddresses: Network = {
	listen: (server, host, port) => server.listen({host, port}),
	resolve: async (host, port) => ({host, port}),
};

/**
 * A network for machines without any: each address of the cluster is some free port of 127.0.0.1, so nothing is reachable from elsewhere. A port
 * is opened when somebody first asks for the address: of thousands of pods few are ever asked.
 */
export function createLoopbackNetwork(): Network {
	const servers = new Map<string, Server>();
	return {
		listen(server, ip, port) {
			const name = `${ip}:${port}`;
			if (servers.has(name)) {
				const error = Object.assign(new Error(`listen EADDRINUSE: address already in use ${name}`), {code: 'EADDRINUSE'});
				queueMicrotask(() => server.emit('error', error));
				return;
			}
			servers.set(name, server);
			server.once('close', () => servers.delete(name));
		},
		async resolve(ip, port) {
			const server = servers.get(`${ip}:${port}`);
			if (server === undefined) return undefined;
			if (!server.listening) await opened(server);
			const address = server.address() as AddressInfo | null;
			return address === null ? undefined : {host: '127.0.0.1', port: address.port};
		},
	};
}

const opening = new WeakMap<Server, Promise<void>>();

/** Opens a server's port, once however many ask at the same time; settles also when that fails, which the server's own `error` event tells. */
function opened(server: Server): Promise<void> {
	const known = opening.get(server);
	if (known !== undefined) return known;
	const open = new Promise<void>(resolve => {
		for (const event of ['listening', 'error', 'close']) server.once(event, () => resolve());
		server.listen({host: '127.0.0.1', port: 0});
	});
	opening.set(server, open);
	return open;
}
