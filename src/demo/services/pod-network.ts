import {isIP} from 'node:net';
import type {Clock} from '../clock.ts';
import type {Network, SocketAddress} from '../network.ts';
import type {ServiceDirectory, ServiceObject} from './service-directory.ts';
import {serviceEndpoints} from './service-endpoints.ts';

/** Where a connection of a program leads. `ip` is what the program believes to speak to: of a Service its own address. */
export type Route =
	| {readonly kind: 'address'; readonly ip: string; readonly socket: SocketAddress}
	| {readonly kind: 'refused'; readonly ip: string}
	| {readonly kind: 'unknown-host'};

/** Who connects. */
export interface Client {
	readonly namespace: string;
	readonly ip: string;
}

/** The network as a pod sees it: the cluster's DNS, and kube-proxy's part for the addresses of Services. */
export interface PodNetwork {
	readonly route: (client: Client, host: string, port: number) => Promise<Route>;
}

interface PodNetworkOptions {
	readonly network: Network;
	/** Asked only once a pod connects: most never do. */
	readonly directory: () => ServiceDirectory;
	readonly clock: Clock;
	/** 0…1. */
	readonly random: () => number;
}

/** A pod's address is its own; a Service's leads to a random ready endpoint, or always to the same one if the Service says so. */
export function createPodNetwork({network, directory, clock, random}: PodNetworkOptions): PodNetwork {
	const pick = createPick(clock, random);
	const toAddress = async (ip: string, target: SocketAddress | undefined): Promise<Route> => {
		const socket = target && (await network.resolve(target.host, target.port));
		return socket === undefined ? {kind: 'refused', ip} : {kind: 'address', ip, socket};
	};
	const toService = async (service: ServiceObject, port: number, client: Client): Promise<Route> => {
		const {clusterIP = '', ports = []} = service.spec;
		const isHeadless = isIP(clusterIP) === 0;
		// Without an address of its own the name stands for the pods, and the port is theirs.
		const servicePort = isHeadless ? ports[0] : ports.find(each => each.port === port);
		const endpoints = servicePort === undefined ? [] : serviceEndpoints(servicePort, directory().slicesOf(service));
		const chosen = pick(service, port, endpoints, client);
		if (!isHeadless) return toAddress(clusterIP, chosen);
		return chosen === undefined ? {kind: 'unknown-host'} : toAddress(chosen.host, {host: chosen.host, port});
	};
	return {
		async route(client, host, port) {
			const known = directory();
			await known.listed;
			const isName = isIP(host) === 0;
			const service = isName ? serviceOfName(known, client, host) : serviceOfAddress(known, host);
			if (service !== undefined) return toService(service, port, client);
			return isName ? {kind: 'unknown-host'} : toAddress(host, {host, port});
		},
	};
}

/** `NAME`, `NAME.NAMESPACE`, `NAME.NAMESPACE.svc` and so on, with a dot at the end or without. */
function serviceOfName(directory: ServiceDirectory, client: Client, host: string): ServiceObject | undefined {
	const [name = '', namespace = client.namespace, ...zone] = host.toLowerCase().replace(/\.$/, '').split('.');
	const isCluster = zone.length === 0 || zone.join('.') === 'svc' || zone.join('.') === 'svc.cluster.local';
	const service = isCluster ? directory.find(namespace, name) : undefined;
	return service?.spec.type === 'ExternalName' ? undefined : service;
}

function serviceOfAddress(directory: ServiceDirectory, ip: string): ServiceObject | undefined {
	for (const service of directory.services()) if (service.spec.clusterIP === ip) return service;
	return undefined;
}

type Pick = (service: ServiceObject, port: number, endpoints: readonly SocketAddress[], client: Client) => SocketAddress | undefined;

const stickyFor = 10_800;

/** Who was sent where lately, for Services with `sessionAffinity: ClientIP`. */
function createPick(clock: Clock, random: () => number): Pick {
	const sticky = new Map<string, {readonly endpoint: SocketAddress; readonly until: number}>();
	return ({metadata, spec}, port, endpoints, {ip}) => {
		const chosen = endpoints[Math.floor(random() * endpoints.length)];
		if (spec.sessionAffinity !== 'ClientIP') return chosen;
		const key = `${metadata.uid}:${port} ${ip}`;
		const last = sticky.get(key);
		const isThere = ({host, port: own}: SocketAddress) => host === last?.endpoint.host && own === last.endpoint.port;
		const kept = last !== undefined && last.until > clock.now() ? endpoints.find(isThere) : undefined;
		const endpoint = kept ?? chosen;
		const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? stickyFor;
		if (endpoint === undefined) sticky.delete(key);
		else sticky.set(key, {endpoint, until: clock.now() + seconds * 1_000});
		return endpoint;
	};
}
