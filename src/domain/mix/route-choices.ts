import {gatewayRoutes} from './gateway-routes.ts';
import {ingressRoutes} from './ingress-routes.ts';
import type {RouteChoice} from './route-choice.ts';
import type {RouteFacts} from './route-facts.ts';
import {addressRoutes, inClusterRoutes, nodePortRoutes, podRoutes, serviceProxyRoutes} from './service-routes.ts';

/** More nobody reads. */
const mostChoices = 40;

/** All ways to a workload, from the one that always works to those that need most, each once. */
export function routeChoices(facts: RouteFacts): readonly RouteChoice[] {
	const all = [
		...serviceProxyRoutes(facts),
		...ingressRoutes(facts),
		...gatewayRoutes(facts),
		...addressRoutes(facts),
		...nodePortRoutes(facts),
		...podRoutes(facts),
		...inClusterRoutes(facts),
	];
	return [...new Map(all.map(choice => [choice.id, choice])).values()].slice(0, mostChoices);
}
