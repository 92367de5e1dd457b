import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ApiClient} from '../api-client.ts';
import type {Clock} from '../clock.ts';
import {follow} from '../follow.ts';
import type {Network, SocketAddress} from '../network.ts';
import type {ServiceDirectory} from '../services/service-directory.ts';
import {serviceEndpoints} from '../services/service-endpoints.ts';
import {type ChosenBackend, chooseBackends, isServed} from './choose-backend.ts';
import {forwardRequest, refuse} from './forward-request.ts';
import type {IngressAddress, IngressObject} from './ingress-object.ts';

/** What an ingress controller needs. */
export interface IngressOptions {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly directory: ServiceDirectory;
	readonly network: Network;
	/** 0…1. */
	readonly random: () => number;
}

/** The cluster's front door: nginx' part. */
export interface Ingress {
	/** Where it listens on loopback; undefined while no Ingress asks for it. */
	readonly address: () => SocketAddress | undefined;
	readonly stop: () => Promise<void>;
}

/** Follows the Ingresses; the first one opens the door, on a free port. Each is told in its status where it is reached. */
export function startIngress({api, clock, directory, network, random}: IngressOptions): Ingress {
	const life = new AbortController();
	const ingresses = new Map<string, IngressObject>();
	const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
		const {host = '', ...headers} = incoming.headers;
		const path = (incoming.url ?? '/').split('?')[0] ?? '/';
		const chosen = chooseBackends(ingresses.values(), {host: host.replace(/:\d+$/, ''), path, headers}, random());
		if (chosen.length === 0) return refuse(response, 404, 'default backend - 404');
		const [endpoint] = chosen.flatMap(each => pick(each, directory, random()) ?? []);
		const target = endpoint && (await network.resolve(endpoint.host, endpoint.port));
		if (target === undefined) return refuse(response, 503, '503 Service Temporarily Unavailable');
		forwardRequest(incoming, response, target);
	};
	const door = createDoor((incoming, response) => void serve(incoming, response));
	const tell = async (ingress: IngressObject) => {
		if (!isServed(ingress)) return;
		const {port} = await door.open();
		const wanted: readonly IngressAddress[] = [{ip: '127.0.0.1', ports: [{port, protocol: 'TCP'}]}];
		if (life.signal.aborted || JSON.stringify(ingress.status?.loadBalancer?.ingress) === JSON.stringify(wanted)) return;
		const {namespace, name} = ingress.metadata;
		const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}/status`;
		const body = {status: {loadBalancer: {ingress: wanted}}};
		// It may be gone again.
		await api.send({method: 'PATCH', path, body, contentType: 'application/merge-patch+json', signal: life.signal}).catch(() => undefined);
	};
	const keep = (ingress: IngressObject) => {
		ingresses.set(ingress.metadata.uid, ingress);
		void tell(ingress);
	};
	const following = follow({
		api,
		clock,
		signal: life.signal,
		path: '/apis/networking.k8s.io/v1/ingresses',
		query: {},
		onList(list) {
			ingresses.clear();
			for (const ingress of list as readonly IngressObject[]) keep(ingress);
		},
		onChange(type, raw) {
			const ingress = raw as IngressObject;
			if (type === 'DELETED') ingresses.delete(ingress.metadata.uid);
			else keep(ingress);
		},
	});
	return {
		address: door.address,
		async stop() {
			life.abort();
			await following;
			await door.close();
		},
	};
}

function pick({namespace, service}: ChosenBackend, directory: ServiceDirectory, chance: number): SocketAddress | undefined {
	const found = directory.find(namespace, service.name);
	const {number, name} = service.port ?? {};
	const port = found?.spec.ports?.find(each => (name === undefined ? each.port === number : each.name === name));
	if (found === undefined || port === undefined) return undefined;
	const ready = serviceEndpoints(port, directory.slicesOf(found));
	return ready[Math.floor(chance * ready.length)];
}

/** A listener that is opened when it is first needed. */
function createDoor(serve: (incoming: IncomingMessage, response: ServerResponse) => void) {
	let opening: Promise<SocketAddress> | undefined;
	let server: Server | undefined;
	let address: SocketAddress | undefined;
	const listen = async (): Promise<SocketAddress> => {
		const made = createServer(serve);
		server = made;
		await new Promise<void>(resolve => made.listen({host: '127.0.0.1', port: 0}, resolve));
		address = {host: '127.0.0.1', port: (made.address() as AddressInfo).port};
		return address;
	};
	return {
		address: () => address,
		open: () => {
			opening ??= listen();
			return opening;
		},
		async close() {
			await opening;
			server?.closeAllConnections();
			await new Promise<void>(resolve => (server === undefined ? resolve() : server.close(() => resolve())));
		},
	};
}
