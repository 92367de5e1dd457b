import type {Node, Pod, Service} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {addressTypesOf, endpointKey, endpointOf, hasAddress, portsOf} from './endpoint-of.ts';
import type {Endpoint, EndpointPort, EndpointSlice} from './endpoint-types.ts';
import {type Filled, fillSlices} from './fill-slices.ts';
import {sliceLabels} from './slice-labels.ts';

/** A slice that does not exist yet. */
export type NewSlice = Omit<EndpointSlice, 'metadata'> & {readonly metadata: object};

/** What makes a Service's slices right again. */
export interface SlicePlan {
	readonly create: readonly NewSlice[];
	readonly update: readonly EndpointSlice[];
	readonly remove: readonly EndpointSlice[];
}

/** What a Service's slices are made from. */
export interface ServiceView {
	readonly service: Service;
	readonly pods: Iterable<Pod>;
	readonly nodeOf: (name: string) => Node | undefined;
	readonly existing: readonly EndpointSlice[];
}

interface Group {
	readonly ports: readonly EndpointPort[];
	readonly desired: Map<string, Endpoint>;
}

/**
 * One set of slices for each family of addresses and each set of ports; pods whose names for ports differ have sets of their own
 * (kubernetes: endpointslice/reconciler.go).
 */
export function planSlices(view: ServiceView): SlicePlan {
	const types = addressTypesOf(view.service);
	const plans = types.map(type => planFamily(view, type));
	return {
		create: plans.flatMap(({create}) => create),
		update: plans.flatMap(({update}) => update),
		remove: [...plans.flatMap(({remove}) => remove), ...view.existing.filter(({addressType}) => !types.includes(addressType))],
	};
}

function planFamily(view: ServiceView, addressType: string): SlicePlan {
	const {service} = view;
	const existing = view.existing.filter(slice => slice.addressType === addressType);
	const owned = existing.filter(({metadata}) => metadata.ownerReferences?.some(({uid}) => uid === service.metadata.uid));
	const byPorts = slicesByPorts(owned);
	const groups = groupsOf(view, addressType);
	const create: NewSlice[] = [];
	const update: EndpointSlice[] = [];
	const remove = existing.filter(slice => !owned.includes(slice));
	for (const [key, {ports, desired}] of groups) {
		const filled: Filled = fillSlices(service, byPorts.get(key) ?? [], desired);
		create.push(...filled.create.map(endpoints => newSlice(service, addressType, ports, endpoints)));
		update.push(...filled.update);
		remove.push(...filled.remove);
	}
	for (const [key, slices] of byPorts) if (!groups.has(key)) remove.push(...slices);
	const isNoneLeft = existing.length === remove.length && create.length === 0;
	return reuse(service, isNoneLeft ? withPlaceholder(service, addressType, remove) : {create, update, remove});
}

/** A Service without endpoints still has a slice that says so. */
function withPlaceholder(service: Service, addressType: string, remove: readonly EndpointSlice[]): SlicePlan {
	if (remove.length === 1 && isPlaceholder(service, remove[0])) return {create: [], update: [], remove: []};
	return {create: [newSlice(service, addressType, [], [])], update: [], remove};
}

function slicesByPorts(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
	const byPorts = new Map<string, EndpointSlice[]>();
	for (const slice of slices) {
		const key = portsKey(slice.ports ?? []);
		byPorts.set(key, [...(byPorts.get(key) ?? []), slice]);
	}
	return byPorts;
}

function groupsOf({service, pods, nodeOf}: ServiceView, addressType: string): Map<string, Group> {
	const groups = new Map<string, Group>();
	for (const pod of pods) {
		if (!hasAddress(pod)) continue;
		const ports = portsOf(pod, service);
		const key = portsKey(ports);
		const group = groups.get(key) ?? {ports, desired: new Map()};
		groups.set(key, group);
		const node = nodeOf(pod.spec.nodeName ?? '');
		if (node === undefined && service.spec.publishNotReadyAddresses !== true) continue;
		const endpoint = endpointOf(pod, node, service, addressType);
		if (endpoint.addresses.length > 0) group.desired.set(endpointKey(endpoint), endpoint);
	}
	return groups;
}

function portsKey(ports: readonly EndpointPort[]): string {
	const texts = ports.map(({name, port, protocol, appProtocol = ''}) => [name ?? '', port, protocol, appProtocol].join(' '));
	return texts.sort().join('\n');
}

function newSlice(service: Service, addressType: string, ports: readonly EndpointPort[], endpoints: readonly Endpoint[]): NewSlice {
	const {name, namespace} = service.metadata;
	const metadata = {
		generateName: name.length < 253 ? `${name}-` : name,
		namespace,
		labels: sliceLabels(service),
		ownerReferences: [controllerReference(service)],
	};
	return {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType, endpoints, ports};
}

function isPlaceholder(service: Service, slice: EndpointSlice | undefined): boolean {
	if (slice === undefined || (slice.endpoints ?? []).length > 0 || (slice.ports ?? []).length > 0) return false;
	const wanted = sliceLabels(service);
	const labels = slice.metadata.labels ?? {};
	return Object.keys(labels).length === Object.keys(wanted).length && Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Rather than removing one slice and making another, the one becomes the other. */
function reuse(service: Service, {create, update, remove}: SlicePlan): SlicePlan {
	const made = [...create];
	const changed = [...update];
	const removed = remove.filter(slice => {
		if (!slice.metadata.ownerReferences?.some(({uid}) => uid === service.metadata.uid)) return true;
		const next = made.pop();
		if (next === undefined) return true;
		changed.push({...slice, metadata: {...slice.metadata, labels: sliceLabels(service)}, endpoints: next.endpoints, ports: next.ports});
		return false;
	});
	return {create: made, update: changed, remove: removed};
}
