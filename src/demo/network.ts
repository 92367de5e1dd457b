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
	readonly resolve: (ip: string, port: number) => SocketAddress | undefined;
}

/** A network in which the cluster's addresses are the machine's own, as in the network namespace of the cluster tests. */
export const ownAddresses: Network = {
	listen: (server, host, port) => server.listen({host, port}),
	resolve: (host, port) => ({host, port}),
};

/** A network for machines without any: each address of the cluster is some free port of 127.0.0.1, so nothing is reachable from elsewhere. */
export function createLoopbackNetwork(): Network {
	const places = new Map<string, SocketAddress>();
	return {
		listen(server, ip, port) {
			const name = `${ip}:${port}`;
			server.once('listening', () => places.set(name, {host: '127.0.0.1', port: (server.address() as AddressInfo).port}));
			server.once('close', () => places.delete(name));
			server.listen({host: '127.0.0.1', port: 0});
		},
		resolve: (ip, port) => places.get(`${ip}:${port}`),
	};
}
