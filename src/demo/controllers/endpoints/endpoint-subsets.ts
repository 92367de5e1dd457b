import type {ApiObject} from '../../api-object.ts';
import type {Pod, Service} from '../kinds.ts';
import {isReady} from '../pods.ts';
import {addressesOf, addressTypesOf, hasAddress, hostnameOf, portsOf} from './endpoint-of.ts';
import type {EndpointPort} from './endpoint-types.ts';

/** An Endpoints object as the API sends it. */
export interface Endpoints extends ApiObject {
	readonly subsets?: readonly Subset[];
}

/** Addresses that have the same ports open. */
export interface Subset {
	readonly addresses?: readonly Address[];
	readonly notReadyAddresses?: readonly Address[];
	readonly ports?: readonly SubsetPort[];
}

interface Address {
	readonly ip: string;
	readonly hostname?: string;
	readonly nodeName?: string;
	readonly targetRef?: {readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string};
}

interface SubsetPort {
	readonly name?: string;
	readonly port: number;
	readonly protocol: string;
	readonly appProtocol?: string;
}

interface Group {
	readonly ports: readonly EndpointPort[];
	readonly ready: Address[];
	readonly notReady: Address[];
}

const mostAddresses = 1_000;

/** The subsets of an Endpoints object, and whether there would be more than it may have. */
export interface Subsets {
	readonly subsets: readonly Subset[];
	readonly isTruncated: boolean;
}

/** The subsets of a Service's Endpoints: pods with the same ports together, no terminating ones (kubernetes: endpoints_controller.go syncService). */
export function subsetsOf(service: Service, pods: Iterable<Pod>): Subsets {
	const groups = new Map<string, Group>();
	const isHeadless = (service.spec.ports ?? []).length === 0 && service.spec.clusterIP === 'None';
	for (const pod of pods) {
		const address = addressOf(pod, service);
		const ports = portsOf(pod, service);
		if (address === undefined || (ports.length === 0 && !isHeadless)) continue;
		const key = JSON.stringify(ports);
		const group = groups.get(key) ?? {ports, ready: [], notReady: []};
		groups.set(key, group);
		(service.spec.publishNotReadyAddresses === true || isReady(pod) ? group.ready : group.notReady).push(address);
	}
	const subsets = [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => subsetOf(group));
	return addressCount(subsets) > mostAddresses ? {subsets: truncate(subsets), isTruncated: true} : {subsets, isTruncated: false};
}

function addressOf(pod: Pod, service: Service): Address | undefined {
	const {namespace, name, uid, deletionTimestamp} = pod.metadata;
	if (!hasAddress(pod) || (deletionTimestamp !== undefined && service.spec.publishNotReadyAddresses !== true)) return undefined;
	const [ip] = addressesOf(pod, addressTypesOf(service)[0] ?? 'IPv4');
	if (ip === undefined) return undefined;
	return {ip, ...hostnameOf(pod, service), nodeName: pod.spec.nodeName ?? '', targetRef: {kind: 'Pod', namespace, name, uid}};
}

function subsetOf({ports, ready, notReady}: Group): Subset {
	const sorted = (addresses: readonly Address[]) => addresses.toSorted((left, right) => (addressKey(left) < addressKey(right) ? -1 : 1));
	return {
		...(ready.length > 0 && {addresses: sorted(ready)}),
		...(notReady.length > 0 && {notReadyAddresses: sorted(notReady)}),
		...(ports.length > 0 && {ports: ports.map(({name, ...port}) => (name === '' ? port : {name, ...port}))}),
	};
}

function addressKey({ip, targetRef}: Address): string {
	return `${ip} ${targetRef?.uid}`;
}

function addressCount(subsets: readonly Subset[]): number {
	return subsets.reduce((count, {addresses = [], notReadyAddresses = []}) => count + addresses.length + notReadyAddresses.length, 0);
}

/** Ready ones are kept before others, each subset its share (kubernetes: endpoints_controller.go truncateEndpoints). */
function truncate(subsets: readonly Subset[]): readonly Subset[] {
	const ready = subsets.reduce((count, {addresses = []}) => count + addresses.length, 0);
	const notReady = addressCount(subsets) - ready;
	const areTooManyReady = ready > mostAddresses;
	const room = areTooManyReady ? mostAddresses : mostAddresses - ready;
	const total = areTooManyReady ? ready : notReady;
	let left = room;
	const share = (addresses: readonly Address[] = []) => {
		const kept = addresses.slice(0, Math.min(left, Math.ceil((addresses.length / total) * room)));
		left -= kept.length;
		return kept;
	};
	return subsets.map(({addresses, notReadyAddresses, ports}) => ({
		...nonEmpty('addresses', areTooManyReady ? share(addresses) : addresses),
		...nonEmpty('notReadyAddresses', areTooManyReady ? [] : share(notReadyAddresses)),
		...(ports !== undefined && {ports}),
	}));
}

function nonEmpty(field: 'addresses' | 'notReadyAddresses', addresses: readonly Address[] = []): Subset {
	return addresses.length === 0 ? {} : {[field]: addresses};
}
