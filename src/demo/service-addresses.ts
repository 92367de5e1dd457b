import {createServer, connect as dial, type Server, type Socket} from 'node:net';
import type {ApiClient} from './api-client.ts';
import type {ApiObject} from './api-object.ts';
import type {Clock} from './clock.ts';
import {follow} from './follow.ts';
import type {Network, SocketAddress} from './network.ts';

/** What a Service's address needs to be made. */
export interface ServiceAddressesOptions {
	readonly api: ApiClient;
	readonly clock: Clock;
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

interface ServiceObject extends ApiObject {
	readonly spec: {readonly clusterIP?: string; readonly ports?: readonly ServicePort[]};
}

interface ServicePort {
	readonly name?: string;
	readonly port: number;
	readonly nodePort?: number;
}

interface EndpointSliceObject extends ApiObject {
	readonly ports?: readonly {readonly name?: string; readonly port?: number}[];
	readonly endpoints?: readonly {readonly addresses: readonly string[]; readonly conditions?: {readonly ready?: boolean}}[];
}

/** Follows Services and EndpointSlices; each Service's first port gets a listener on loopback, at its NodePort's number where that is free. */
export function startServiceAddresses({api, clock, network, random}: ServiceAddressesOptions): ServiceAddresses {
	const life = new AbortController();
	const slices = new Map<string, EndpointSliceObject>();
	const listeners = new Map<string, ServiceListener>();
	const pick: Pick = async service => {
		const ready = readyAddresses(service, slices.values());
		const chosen = ready[Math.floor(random() * ready.length)];
		return chosen === undefined ? undefined : network.resolve(chosen.host, chosen.port);
	};
	const observe = (service: ServiceObject) => {
		const key = keyOf(service);
		const known = listeners.get(key);
		if (known === undefined) listeners.set(key, openListener(service, pick));
		else known.service = service;
	};
	const forget = (key: string) => {
		void listeners.get(key)?.close();
		listeners.delete(key);
	};
	const common = {api, clock, signal: life.signal, query: {}};
	const following = [
		follow({
			...common,
			path: '/api/v1/services',
			onList(objects) {
				const services = objects as readonly ServiceObject[];
				const present = new Set(services.map(keyOf));
				for (const key of listeners.keys()) if (!present.has(key)) forget(key);
				for (const service of services) observe(service);
			},
			onChange: (type, object) => (type === 'DELETED' ? forget(keyOf(object as ServiceObject)) : observe(object as ServiceObject)),
		}),
		follow({
			...common,
			path: '/apis/discovery.k8s.io/v1/endpointslices',
			onList(objects) {
				slices.clear();
				for (const slice of objects as readonly EndpointSliceObject[]) slices.set(slice.metadata.uid, slice);
			},
			onChange(type, object) {
				const slice = object as EndpointSliceObject;
				if (type === 'DELETED') slices.delete(slice.metadata.uid);
				else slices.set(slice.metadata.uid, slice);
			},
		}),
	];
	return {
		find: (namespace, name) => listeners.get(`${namespace}/${name}`)?.address(),
		async stop() {
			life.abort();
			await Promise.all([...following, ...Array.from(listeners.values(), ({close}) => close())]);
		},
	};
}

function keyOf({metadata: {namespace, name}}: ApiObject): string {
	return `${namespace}/${name}`;
}

/** Ready endpoints of the Service's first port, with the port that each has for it. */
function readyAddresses({metadata, spec}: ServiceObject, slices: Iterable<EndpointSliceObject>): readonly SocketAddress[] {
	const portName = spec.ports?.[0]?.name ?? '';
	const isOwn = ({metadata: slice}: ApiObject) => slice.namespace === metadata.namespace && slice.labels?.['kubernetes.io/service-name'] === metadata.name;
	return [...slices].filter(isOwn).flatMap(({ports = [], endpoints = []}) => {
		const port = ports.find(({name = ''}) => name === portName)?.port;
		const ready = endpoints.filter(({conditions}) => conditions?.ready !== false);
		return port === undefined ? [] : ready.flatMap(({addresses: [host]}) => (host === undefined ? [] : [{host, port}]));
	});
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
