import {createServer, connect as dial, type Server, type Socket} from 'node:net';
import type {Network, SocketAddress} from './network.ts';
import type {ServiceDirectory, ServiceObject} from './services/service-directory.ts';
import {serviceEndpoints} from './services/service-endpoints.ts';

/** What a Service's address needs to be made. */
export interface ServiceAddressesOptions {
	readonly directory: ServiceDirectory;
	readonly network: Network;
	/** 0…1. */
	readonly random: () => number;
}

/** Addresses at which the machine reaches the cluster's Services: kube-proxy's part. */
export interface ServiceAddresses {
	/** Where a Service's first port is answered; undefined while nobody listens for it. */
	readonly find: (namespace: string, name: string) => SocketAddress | undefined;
	readonly stop: () => Promise<void>;
}

/** Each Service's first port gets a listener on loopback, at its NodePort's number where that is free. */
export function startServiceAddresses({directory, network, random}: ServiceAddressesOptions): ServiceAddresses {
	const listeners = new Map<string, ServiceListener>();
	let isStopped = false;
	const pick: Pick = async service => {
		const [port] = service.spec.ports ?? [];
		const ready = port === undefined ? [] : serviceEndpoints(port, directory.slicesOf(service));
		const chosen = ready[Math.floor(random() * ready.length)];
		return chosen === undefined ? undefined : network.resolve(chosen.host, chosen.port);
	};
	directory.onService((key, service) => {
		if (isStopped) return;
		const known = listeners.get(key);
		if (service === undefined) {
			void known?.close();
			listeners.delete(key);
		} else if (known === undefined) listeners.set(key, openListener(service, pick));
		else known.service = service;
	});
	return {
		find: (namespace, name) => listeners.get(`${namespace}/${name}`)?.address(),
		async stop() {
			isStopped = true;
			await Promise.all(Array.from(listeners.values(), ({close}) => close()));
		},
	};
}

interface ServiceListener {
	service: ServiceObject;
	readonly address: () => SocketAddress | undefined;
	readonly close: () => Promise<void>;
}

type Pick = (service: ServiceObject) => Promise<SocketAddress | undefined>;

function openListener(first: ServiceObject, pick: Pick): ServiceListener {
	const sockets = new Set<Socket>();
	let address: SocketAddress | undefined;
	const server: Server = createServer({allowHalfOpen: true}, client => {
		sockets.add(client);
		client.once('close', () => sockets.delete(client));
		client.on('error', () => client.destroy());
		void pick(listener.service).then(target => forward(client, target));
	});
	const listener: ServiceListener = {
		service: first,
		address: () => address,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
	server.on('listening', () => {
		address = {host: '127.0.0.1', port: (server.address() as {port: number}).port};
	});
	// Somebody else has the NodePort's number: any other one will do.
	server.once('error', () => server.listen({host: '127.0.0.1', port: 0}));
	server.listen({host: '127.0.0.1', port: first.spec.ports?.[0]?.nodePort ?? 0});
	return listener;
}

/** Both ways, until either side ends. Where nobody is ready a client sees what it sees of a closed port: a reset. */
function forward(client: Socket, target: SocketAddress | undefined): void {
	if (target === undefined) {
		client.resetAndDestroy();
		return;
	}
	const server = dial({...target, allowHalfOpen: true});
	server.on('error', () => client.resetAndDestroy());
	client.once('close', () => server.destroy());
	server.once('close', () => client.destroySoon());
	client.pipe(server);
	server.pipe(client);
}
