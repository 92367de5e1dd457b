import type {RouteChoice} from '../domain/mix/route-choice.ts';
import {routeChoices} from '../domain/mix/route-choices.ts';
import type {Found, HttpRouteMatch, Listener, RoutedService, RouteFacts} from '../domain/mix/route-facts.ts';
import {mainPort} from '../domain/mix/service-routes.ts';
import type {Pod} from '../domain/pod.ts';
import type {Service} from '../domain/service.ts';
import {may, permissions} from './access.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError, messageOf} from './errors.ts';
import {isRawObject, objectOf, objectsOf, textOf} from './parse/fields.ts';
import {parseGateway, parseHttpRoute} from './parse/gateway.ts';
import {isHostPattern} from './parse/host.ts';
import {balancerAddresses, parseIngress} from './parse/ingress.ts';
import {parseNodePlaces} from './parse/node-places.ts';
import {proxySegment} from './service-proxy.ts';

export type FindRoutesOptions = {
	readonly connection: Pick<ClusterConnection, 'json' | 'namespace'>;
	/** Those that select the workload's pods. */
	readonly services: readonly Service[];
	readonly pods: readonly Pod[];
	readonly signal?: AbortSignal | undefined;
};

/** One page: more than anybody has in a namespace, and of nodes any will do. */
const pageSize = '500';
const gatewayApi = '/apis/gateway.networking.k8s.io/v1/namespaces';

type Part = {readonly path: string; readonly what: string; readonly signal: AbortSignal | undefined};

/** A part of the API that may be missing or closed: a kind that the server does not know has no objects. */
async function found<T>(connection: FindRoutesOptions['connection'], {path, what, signal}: Part, read: (answer: unknown) => readonly T[]): Promise<Found<T>> {
	try {
		return {known: read(await connection.json({path, query: {limit: pageSize}, signal}))};
	} catch (error) {
		const kind = error instanceof ClusterError ? error.kind : undefined;
		if (kind === 'not-found') return {known: []};
		if (kind === 'forbidden') return {unknown: `you may not ${what}`};
		return {unknown: messageOf(error)};
	}
}

function itemsOf(answer: unknown): readonly unknown[] {
	return objectsOf(isRawObject(answer) ? answer.items : undefined);
}

function routedService(service: Service, raw: unknown, proxyDenied: boolean): RoutedService {
	const spec = objectOf(isRawObject(raw) ? raw.spec : undefined);
	const externalIps = Array.isArray(spec.externalIPs) ? spec.externalIPs.flatMap(address => textOf(address) ?? []) : [];
	return {
		service,
		sticky: spec.sessionAffinity === 'ClientIP',
		local: spec.externalTrafficPolicy === 'Local',
		loadBalancers: balancerAddresses(isRawObject(raw) ? raw.status : undefined),
		externalIps: externalIps.filter(isHostPattern),
		proxyDenied,
	};
}

async function routedServices({connection, services, signal}: FindRoutesOptions): Promise<readonly RoutedService[]> {
	const read = async (service: Service) => {
		const path = objectPath(apiPaths.services(connection.namespace), service.name);
		const port = mainPort(service);
		// Rights may be given for single Services: then the name is what stands in the path.
		const permission = {...permissions.getServiceProxy, name: port === undefined ? service.name : proxySegment(service, port)};
		const [answer, mayProxy] = await Promise.all([
			found(connection, {path, what: 'get services', signal}, object => [object]),
			may(connection, permission, signal),
		]);
		return routedService(service, 'known' in answer ? answer.known[0] : undefined, mayProxy === false);
	};
	return Promise.all(services.map(read));
}

async function nodePlaces({connection, services, signal}: FindRoutesOptions): Promise<RouteFacts['nodes']> {
	if (!services.some(({ports}) => ports.some(({nodePort}) => nodePort !== undefined))) return {known: []};
	return found(connection, {path: '/api/v1/nodes', what: 'list nodes', signal}, answer => itemsOf(answer).flatMap(parseNodePlaces));
}

/** The Gateways that the routes name, which may be in other namespaces. */
async function listenersOf({connection, signal}: FindRoutesOptions, routes: Found<HttpRouteMatch>): Promise<Found<Listener>> {
	const keys = 'known' in routes ? new Set(routes.known.flatMap(({parents}) => parents.map(({gateway}) => gateway))) : [];
	const gateways = Array.from(keys, key => {
		const [namespace = '', name = ''] = key.split('/');
		const path = objectPath(`${gatewayApi}/${encodeURIComponent(namespace)}/gateways`, name);
		return found(connection, {path, what: `get gateway ${key}`, signal}, parseGateway);
	});
	const all = await Promise.all(gateways);
	const known = all.flatMap(each => ('known' in each ? each.known : []));
	const unknown = all.find(each => 'unknown' in each);
	return known.length === 0 && unknown !== undefined ? unknown : {known};
}

async function httpRoutesOf(options: FindRoutesOptions): Promise<Pick<RouteFacts, 'httpRoutes' | 'listeners'>> {
	const {connection, signal} = options;
	const path = `${gatewayApi}/${encodeURIComponent(connection.namespace)}/httproutes`;
	const httpRoutes = await found(connection, {path, what: 'list httproutes', signal}, answer => itemsOf(answer).flatMap(parseHttpRoute));
	return {httpRoutes, listeners: await listenersOf(options, httpRoutes)};
}

async function deniedOf({connection, signal}: FindRoutesOptions): Promise<RouteFacts['denied']> {
	const {getPodProxy, createPods} = permissions;
	const [podProxy, pods] = await Promise.all([getPodProxy, createPods].map(each => may(connection, each, signal)));
	return {podProxy: podProxy === false, createPods: pods === false};
}

/**
 * All ways by which the workload can be asked, each with what it measures and what it does not. What may not be read is said in the choices that it
 * concerns. Sends nothing to the workload. Never throws.
 */
export async function findRoutes(options: FindRoutesOptions): Promise<readonly RouteChoice[]> {
	const {connection, pods, signal} = options;
	const ingressPath = `/apis/networking.k8s.io/v1/namespaces/${encodeURIComponent(connection.namespace)}/ingresses`;
	const [services, nodes, ingresses, gateways, denied] = await Promise.all([
		routedServices(options),
		nodePlaces(options),
		found(connection, {path: ingressPath, what: 'list ingresses', signal}, answer => itemsOf(answer).flatMap(parseIngress)),
		httpRoutesOf(options),
		deniedOf(options),
	]);
	return routeChoices({services, podCount: pods.filter(({ip}) => ip !== undefined).length, nodes, ingresses, ...gateways, denied});
}
