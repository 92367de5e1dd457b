import {headerText, throughDoor} from './front-door.ts';
import {plainChoice, type RouteChoice} from './route-choice.ts';
import type {HttpRouteMatch, Listener, RouteFacts} from './route-facts.ts';

/** Whether a listener takes requests for a host; patterns on either side. Gateway API: Hostname. */
function isFor(listenerHost: string, host: string): boolean {
	if (listenerHost === '' || host === '' || listenerHost === host) return true;
	const covers = (pattern: string, name: string) => pattern.startsWith('*.') && name.endsWith(pattern.slice(1));
	return covers(listenerHost, host) || covers(host, listenerHost);
}

/** The narrower of two host patterns that overlap. */
function narrower(left: string, right: string): string {
	if (left === '' || right === '') return left || right;
	return left.startsWith('*') ? right : left;
}

type Entrance = {readonly host: string; readonly listener: Listener | undefined};

/** A listener for each host of the route, https before http; undefined where none is known. */
function entrancesOf({hosts, parents}: HttpRouteMatch, listeners: readonly Listener[]): readonly Entrance[] {
	const own = listeners.filter(({gateway, name}) => parents.some(parent => parent.gateway === gateway && (parent.listener ?? name) === name));
	const ordered = [...own.filter(({https}) => https), ...own.filter(({https}) => !https)];
	return (hosts.length === 0 ? [''] : hosts).map(host => {
		const listener = ordered.find(candidate => isFor(candidate.host, host));
		return {listener, host: narrower(host, listener?.host ?? '')};
	});
}

function choiceOf(match: HttpRouteMatch, entrance: Entrance, unknown: string | undefined): RouteChoice {
	const {route, path, headers, backends} = match;
	const {host, listener} = entrance;
	const users = headers.length === 0 ? '' : ` (${headerText(headers)})`;
	return {
		...plainChoice,
		...throughDoor({host, address: listener?.addresses[0], https: listener?.https ?? false, port: listener?.port ?? 80, path, headers}),
		id: `http-route/${route}/${host}${path}${users}`,
		title: `HTTPRoute ${route}${users}`,
		route: 'url',
		measures: 'what comes in at its gateway: the weights that the HTTPRoute declares, as the gateway keeps them',
		not: 'what stands before the gateway, and pods that talk to the Service without it',
		unavailable: unavailableOf(match, entrance, unknown),
		declaredWeights: backends.length < 2 ? [] : backends,
	};
}

function unavailableOf({parents}: HttpRouteMatch, {host, listener}: Entrance, unknown: string | undefined): string | undefined {
	if (listener === undefined) return unknown ?? `no listener of ${parents.map(({gateway}) => gateway).join(', ') || 'any gateway'} takes its requests`;
	return host === '' && listener.addresses.length === 0 ? `gateway ${listener.gateway} has no address` : undefined;
}

/** Through the Gateways whose HTTPRoutes lead to one of the Services. */
export function gatewayRoutes({httpRoutes, listeners, services}: RouteFacts): readonly RouteChoice[] {
	if ('unknown' in httpRoutes) return [];
	const names = new Set(services.map(({service}) => service.name));
	const known = 'known' in listeners ? listeners.known : [];
	const unknown = 'unknown' in listeners ? listeners.unknown : undefined;
	return httpRoutes.known
		.filter(({backends}) => backends.some(({service}) => names.has(service)))
		.flatMap(match => entrancesOf(match, known).map(entrance => choiceOf(match, entrance, unknown)));
}
