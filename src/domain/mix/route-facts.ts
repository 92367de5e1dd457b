import type {Service} from '../service.ts';
import type {DeclaredWeight} from './route-choice.ts';

/** What a part of the API told, or a sentence why it did not. */
export type Found<T> = {readonly known: readonly T[]} | {readonly unknown: string};

/** A Service that selects the workload's pods, with what only its routes need. */
export type RoutedService = {
	readonly service: Service;
	/** `sessionAffinity: ClientIP`. */
	readonly sticky: boolean;
	/** `externalTrafficPolicy: Local`: a node sends to its own pods only. */
	readonly local: boolean;
	/** Of a load balancer, from the status; and `externalIPs`. */
	readonly loadBalancers: readonly string[];
	readonly externalIps: readonly string[];
	/** We may not ask it through the API server's proxy. */
	readonly proxyDenied: boolean;
};

/** Where a node can be reached; `external`: from outside the cluster's network. */
export type NodePlace = {readonly node: string; readonly address: string; readonly external: boolean; readonly ready: boolean};

/** ingress-nginx: this Ingress takes a part of what another one for the same host and path gets. */
export type Canary = {
	/** 0…1; undefined: none declared. */
	readonly weight: number | undefined;
	readonly header: {readonly name: string; readonly value: string} | undefined;
};

/** One path of one host of an Ingress, to one Service. */
export type IngressPath = {
	readonly ingress: string;
	/** Empty: any. */
	readonly host: string;
	readonly path: string;
	readonly tls: boolean;
	readonly service: string;
	readonly addresses: readonly string[];
	/** Where its controller says at which port it listens; undefined: at the usual one. */
	readonly port: number | undefined;
	readonly canary: Canary | undefined;
};

/** A place at which a Gateway listens. */
export type Listener = {
	readonly gateway: string;
	readonly name: string;
	/** Empty: any. */
	readonly host: string;
	readonly port: number;
	readonly https: boolean;
	readonly addresses: readonly string[];
};

/** One match of one rule of an HTTPRoute, with the Services that share its requests. */
export type HttpRouteMatch = {
	readonly route: string;
	readonly hosts: readonly string[];
	readonly path: string;
	readonly headers: readonly {readonly name: string; readonly value: string}[];
	readonly backends: readonly DeclaredWeight[];
	readonly parents: readonly {readonly gateway: string; readonly listener: string | undefined}[];
};

/** All that the API told about the ways to a workload. */
export type RouteFacts = {
	readonly services: readonly RoutedService[];
	/** Pods that have an address. */
	readonly podCount: number;
	readonly nodes: Found<NodePlace>;
	readonly ingresses: Found<IngressPath>;
	readonly httpRoutes: Found<HttpRouteMatch>;
	readonly listeners: Found<Listener>;
	/** What we may not do, as far as the API server says. */
	readonly denied: {readonly podProxy: boolean; readonly createPods: boolean};
};
