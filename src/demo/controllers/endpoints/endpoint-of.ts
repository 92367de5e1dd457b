import {isIPv6} from 'node:net';
import type {Node, Pod, Service, ServicePort} from '../kinds.ts';
import {isReady, isTerminal} from '../pods.ts';
import type {Endpoint, EndpointPort} from './endpoint-types.ts';

/** Whether a pod can be reached at all, so that a Service may lead to it (kubernetes: endpointslice/util ShouldPodBeInEndpoints). */
export function hasAddress(pod: Pod): boolean {
	return !isTerminal(pod) && ((pod.status?.podIP ?? '') !== '' || (pod.status?.podIPs ?? []).length > 0);
}

/** The pod's addresses of a family, `IPv4` or `IPv6`. */
export function addressesOf({status}: Pod, addressType: string): readonly string[] {
	return (status?.podIPs ?? []).map(({ip}) => ip).filter(ip => isIPv6(ip) === (addressType === 'IPv6'));
}

/** The families of a Service's addresses. */
export function addressTypesOf({spec: {ipFamilies}}: Service): readonly string[] {
	return ipFamilies === undefined || ipFamilies.length === 0 ? ['IPv4'] : ipFamilies;
}

/** How a Service sees a pod (kubernetes: endpointslice/utils.go podToEndpoint). */
export function endpointOf(pod: Pod, node: Node | undefined, service: Service, addressType: string): Endpoint {
	const {namespace, name, uid, deletionTimestamp} = pod.metadata;
	const serving = isReady(pod);
	const terminating = deletionTimestamp !== undefined;
	const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
	const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'] ?? '';
	return {
		addresses: addressesOf(pod, addressType),
		conditions: {ready, serving, terminating},
		...hostnameOf(pod, service),
		targetRef: {kind: 'Pod', namespace, name, uid},
		...(pod.spec.nodeName !== undefined && {nodeName: pod.spec.nodeName}),
		...(zone !== '' && {zone}),
	};
}

/** A pod that asked for a name of its own below the Service's. */
export function hostnameOf({spec: {hostname = '', subdomain}}: Pod, {metadata: {name}}: Service): {readonly hostname?: string} {
	return hostname !== '' && subdomain === name ? {hostname} : {};
}

/** The ports at which a Service reaches a pod; one whose name the pod lacks is left out. */
export function portsOf(pod: Pod, {spec: {ports = []}}: Service): readonly EndpointPort[] {
	return ports.flatMap(port => {
		const number = targetPort(pod, port);
		if (number === undefined) return [];
		const {name = '', protocol = 'TCP', appProtocol} = port;
		return [{name, port: number, protocol, ...(appProtocol !== undefined && {appProtocol})}];
	});
}

/** The number of a port of the pod; undefined when the pod has none of that name (kubernetes: endpointslice/utils.go FindPort). */
export function targetPort({spec: {containers, initContainers = []}}: Pod, {targetPort: target, port, protocol = 'TCP'}: ServicePort): number | undefined {
	if (typeof target !== 'string') return target ?? port;
	const running = [...containers, ...initContainers.filter(({restartPolicy}) => restartPolicy === 'Always')];
	const found = running.flatMap(({ports = []}) => ports).find(({name, protocol: own = 'TCP'}) => name === target && own === protocol);
	return found?.containerPort;
}

/** What makes an endpoint the same one, whatever else changes about it. */
export function endpointKey({addresses, hostname = '', targetRef}: Endpoint): string {
	return [...addresses, hostname, targetRef?.namespace, targetRef?.name].join(' ');
}
