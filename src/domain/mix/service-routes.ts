import {httpPort, isTlsPort, type Service, type ServicePort} from '../service.ts';
import {plainChoice, type RouteChoice} from './route-choice.ts';
import type {NodePlace, RoutedService, RouteFacts} from './route-facts.ts';
import {webUrl} from './web-url.ts';

/** Addresses of one Service that are offered; more measure the same. */
const mostAddresses = 3;

function tcpPorts({ports}: Service): readonly ServicePort[] {
	return ports.filter(({protocol}) => protocol === 'TCP');
}

/** The port that is asked where the Service has several and none says that it is for HTTP: its first. */
export function mainPort(service: Service): ServicePort | undefined {
	const ports = tcpPorts(service);
	return httpPort(ports) ?? ports[0];
}

function targetOf(service: Service): string {
	const ports = tcpPorts(service);
	const [first] = ports;
	return httpPort(ports) !== undefined || first === undefined ? `svc/${service.name}` : `svc/${service.name}:${first.port}`;
}

function noPort(service: Service): string | undefined {
	if (service.type === 'ExternalName') return 'it is only a name for another host (ExternalName)';
	return tcpPorts(service).length === 0 ? 'it has no TCP port' : undefined;
}

/** Through the API server's proxy. KUBERNETES.md §11. */
export function serviceProxyRoutes({services}: RouteFacts): readonly RouteChoice[] {
	return services.map(({service, sticky, proxyDenied}) => ({
		...plainChoice,
		id: `service-proxy/${service.name}`,
		title: `svc/${service.name} through the API server`,
		route: 'service-proxy',
		target: targetOf(service),
		measures: 'which of its ready pods answer: the API server picks one at random for each request',
		not: `${sticky ? 'its session affinity (ClientIP), ' : 'session affinity, '}kube-proxy’s choice and the weights of a mesh or ingress; each request costs the API server, too`,
		unavailable: noPort(service) ?? (proxyDenied ? 'you may not get services/proxy here' : undefined),
	}));
}

/** From a pod inside the cluster. */
export function inClusterRoutes({services, denied}: RouteFacts): readonly RouteChoice[] {
	return services.map(({service, sticky}) => ({
		...plainChoice,
		id: `in-cluster/${service.name}`,
		title: `svc/${service.name} from inside the cluster`,
		route: 'in-cluster',
		target: targetOf(service),
		extras: {fromCluster: true},
		measures: `what other pods get from its cluster address: kube-proxy’s choice${sticky ? ', its session affinity (ClientIP)' : ''}, network policies and a mesh included`,
		not: 'what comes in from outside; a small pod is created for it, from one place in the cluster',
		needsConfirmation: true,
		unavailable: noPort(service) ?? (denied.createPods ? 'you may not create pods here' : undefined),
	}));
}

/** Each pod by itself. */
export function podRoutes({podCount, denied}: RouteFacts): readonly RouteChoice[] {
	const noPods = podCount === 0 ? 'no pod has an address yet' : undefined;
	return [
		{
			...plainChoice,
			id: 'pods',
			title: 'each pod through the API server',
			route: 'pod-proxy',
			target: 'pods',
			measures: 'what each pod answers, also before it is ready',
			not: 'what users get: no Service chooses; each request costs the API server, too',
			unavailable: noPods ?? (denied.podProxy ? 'you may not get pods/proxy here' : undefined),
		},
		{
			...plainChoice,
			id: 'pod-ips',
			title: 'each pod at its own address',
			route: 'pod-address',
			target: 'pod-ips',
			measures: 'what each pod answers, also before it is ready, with nothing in between',
			not: 'what users get: no Service chooses; it works only where pod addresses can be reached from this machine',
			unavailable: noPods,
		},
	];
}

/** Which node's address is asked: a ready one that can be reached from outside, if there is any. */
function bestNode(places: readonly NodePlace[]): NodePlace | undefined {
	const rank = ({ready, external}: NodePlace) => (ready ? 2 : 0) + (external ? 1 : 0);
	return places.toSorted((left, right) => rank(right) - rank(left) || (left.node < right.node ? -1 : 1))[0];
}

function nodePortRoute({service, local}: RoutedService, port: ServicePort & {readonly nodePort: number}, nodes: RouteFacts['nodes']): RouteChoice {
	const place = 'known' in nodes ? bestNode(nodes.known) : undefined;
	const unavailable = 'unknown' in nodes ? `${nodes.unknown}: no node’s address is known` : 'no node has an address';
	const url = webUrl({https: isTlsPort(port), host: place?.address ?? 'NODE', port: port.nodePort, path: '/'});
	const reach = place?.external === false ? '; its address is of the cluster’s own network, which may not be reached from here' : '';
	return {
		...plainChoice,
		id: `node-port/${service.name}:${port.port}`,
		title: `NodePort ${port.nodePort} of svc/${service.name}${place === undefined ? '' : ` at ${place.node}`}`,
		route: 'url',
		target: url,
		measures: local ? 'the pods on that node alone (externalTrafficPolicy: Local)' : 'kube-proxy’s choice among all ready pods, as it is made on that node',
		not: `the other nodes, and what stands before them${reach}`,
		unavailable: place === undefined ? unavailable : undefined,
	};
}

/** At the nodes' ports. */
export function nodePortRoutes({services, nodes}: RouteFacts): readonly RouteChoice[] {
	return services.flatMap(routed =>
		tcpPorts(routed.service).flatMap(port => (port.nodePort === undefined ? [] : [nodePortRoute(routed, {...port, nodePort: port.nodePort}, nodes)])),
	);
}

function addressRoute({service}: RoutedService, address: string | undefined, what: string, port: ServicePort): RouteChoice {
	return {
		...plainChoice,
		id: `${what === 'load balancer' ? 'load-balancer' : 'external-ip'}/${service.name}/${address ?? ''}`,
		title: `${what} of svc/${service.name}`,
		route: 'url',
		target: webUrl({https: isTlsPort(port), host: address ?? 'ADDRESS', port: port.port, path: '/'}),
		measures: `what comes in at its ${what}: the choice of all that stands between, affinity by source included`,
		not: 'other sources: with affinity this machine is one user, always sent to the same pods',
		unavailable: address === undefined ? 'it has no address yet: its load balancer is pending' : undefined,
	};
}

/** At the addresses that a cloud or an administrator gave the Services. */
export function addressRoutes({services}: RouteFacts): readonly RouteChoice[] {
	return services.flatMap(routed => {
		const {service, loadBalancers, externalIps} = routed;
		const port = mainPort(service);
		if (port === undefined) return [];
		const balancers = service.type === 'LoadBalancer' && loadBalancers.length === 0 ? [undefined] : loadBalancers.slice(0, mostAddresses);
		return [
			...balancers.map(address => addressRoute(routed, address, 'load balancer', port)),
			...externalIps.slice(0, mostAddresses).map(address => addressRoute(routed, address, 'external address', port)),
		];
	});
}
