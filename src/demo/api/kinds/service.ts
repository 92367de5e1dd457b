import {fill, type Json, type JsonObject, mapObject, mapObjects, objectAt, objectsAt, textAt} from '../json.ts';
import type {HookContext, Rules, StoredObject} from '../resource.ts';
import {type Cause, StatusError} from '../status-error.ts';
import {duplicate, required, unsupported, wrong} from './causes.ts';
import {portCauses, portNameCauses} from './validate-pod-spec.ts';

const firstNodePort = 30_000;
const lastNodePort = 32_767;
const services = {group: '', plural: 'services'};

/** Services: each gets an address, and node ports where it wants them. kubernetes: pkg/registry/core/service. */
export const serviceRules: Rules = {
	nameRule: 'label',
	showsDeleted: true,
	defaults: object => mapObject(object, 'spec', serviceDefaults),
	prepareForCreate: (object, context) => ({...allocated(object, undefined, context), status: {loadBalancer: {}}}),
	prepareForUpdate: (object, old, context) => allocated(keepAllocated(object, old), old, context),
	validate: serviceCauses,
	validateUpdate: updateCauses,
	fields: {'spec.clusterIP': object => textAt(object, 'spec', 'clusterIP'), 'spec.type': object => textAt(object, 'spec', 'type')},
};

function serviceDefaults(spec: JsonObject): JsonObject {
	const filled = fill(spec, {sessionAffinity: 'None', type: 'ClusterIP'});
	const isOpen = filled.type === 'NodePort' || filled.type === 'LoadBalancer';
	const policies = fill(filled, {
		...(isOpen ? {externalTrafficPolicy: 'Cluster'} : {}),
		...(filled.type === 'ExternalName' ? {} : {internalTrafficPolicy: 'Cluster'}),
		...(filled.type === 'LoadBalancer' ? {allocateLoadBalancerNodePorts: true} : {}),
	});
	const sticky = filled.sessionAffinity === 'ClientIP' ? fill(policies, {sessionAffinityConfig: {clientIP: {timeoutSeconds: 10_800}}}) : policies;
	return mapObjects(sticky, 'ports', port => {
		const withProtocol = fill(port, {protocol: 'TCP'});
		const {targetPort} = withProtocol;
		return targetPort === undefined || targetPort === 0 || targetPort === '' ? {...withProtocol, targetPort: port.port ?? 0} : withProtocol;
	});
}

/** What a client did not repeat in an update is not given back. kubernetes: service/strategy.go patchAllocatedValues, dropTypeDependentFields. */
function keepAllocated(object: JsonObject, old: StoredObject): JsonObject {
	const before = objectAt(old, 'spec');
	return mapObject(object, 'spec', spec => {
		if (spec.type === 'ExternalName' || before.type === 'ExternalName') return spec;
		const kept = fill(
			spec,
			Object.fromEntries(['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].flatMap(key => (before[key] === undefined ? [] : [[key, before[key]]]))),
		);
		const oldPorts = objectsAt(before, 'ports');
		const {externalTrafficPolicy: _, ...closed} = kept;
		if (!wantsNodePorts(kept))
			return mapObjects(closed, 'ports', port => (oldPorts.some(({nodePort}) => nodePort === port.nodePort) ? withoutNodePort(port) : port));
		return mapObjects(kept, 'ports', port => {
			const same = oldPorts.find(old => old.port === port.port && old.protocol === port.protocol);
			return same?.nodePort === undefined ? port : fill(port, {nodePort: same.nodePort});
		});
	});
}

function withoutNodePort({nodePort: _, ...port}: JsonObject): JsonObject {
	return port;
}

function wantsNodePorts({type}: JsonObject): boolean {
	return type === 'NodePort' || type === 'LoadBalancer';
}

function allocated(object: JsonObject, old: StoredObject | undefined, context: HookContext): JsonObject {
	const others = [...context.stored(services)].filter(({metadata}) => metadata.uid !== old?.metadata.uid);
	return mapObject(object, 'spec', spec => {
		if (spec.type === 'ExternalName') return spec;
		const addressed = withAddress(object, spec, others, context);
		return wantsNodePorts(spec) ? withNodePorts(object, addressed, others, context) : addressed;
	});
}

function withAddress(object: JsonObject, spec: JsonObject, others: readonly StoredObject[], {random}: HookContext): JsonObject {
	const taken = new Set(others.map(other => textAt(other, 'spec', 'clusterIP')));
	const asked = textAt(spec, 'clusterIP');
	if (asked !== '' && asked !== 'None' && taken.has(asked))
		throw taking(object, 'spec.clusterIPs', [asked], `failed to allocate IP ${asked}: provided IP is already allocated`);
	const clusterIP = asked === '' ? freeAddress(taken, random) : asked;
	return fill({...spec, clusterIP, clusterIPs: [clusterIP]}, {ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack'});
}

/** Somewhere in 10.96.0.0/16; the lowest addresses are for the cluster's own services. */
function freeAddress(taken: ReadonlySet<string>, random: () => number): string {
	const first = 256 + Math.floor(random() * 65_000);
	for (let step = 0; step < 65_000; step++) {
		const number = 256 + ((first - 256 + step) % 65_000);
		const address = `10.96.${number >> 8}.${number & 255}`;
		if (!taken.has(address)) return address;
	}
	throw new StatusError(500, 'InternalError', 'Internal error occurred: failed to allocate a serviceIP: range is full');
}

function withNodePorts(object: JsonObject, spec: JsonObject, others: readonly StoredObject[], {random}: HookContext): JsonObject {
	const taken = new Set(others.flatMap(other => objectsAt(other, 'spec', 'ports').map(({nodePort}) => nodePort)));
	const ports = objectsAt(spec, 'ports').map((port, index) => {
		const {nodePort} = port;
		if (typeof nodePort === 'number' && nodePort !== 0) checkNodePort(object, nodePort, taken, index);
		const chosen = typeof nodePort === 'number' && nodePort !== 0 ? nodePort : freeNodePort(taken, random);
		taken.add(chosen);
		return {...port, nodePort: chosen};
	});
	return {...spec, ports};
}

function checkNodePort(object: JsonObject, nodePort: number, taken: ReadonlySet<Json | undefined>, index: number): void {
	const field = `spec.ports[${index}].nodePort`;
	if (nodePort < firstNodePort || nodePort > lastNodePort)
		throw taking(object, field, nodePort, `provided port is not in the valid range. The range of valid ports is ${firstNodePort}-${lastNodePort}`);
	if (taken.has(nodePort)) throw taking(object, field, nodePort, 'provided port is already allocated');
}

function freeNodePort(taken: ReadonlySet<Json | undefined>, random: () => number): number {
	const count = lastNodePort - firstNodePort + 1;
	const first = Math.floor(random() * count);
	for (let step = 0; step < count; step++) {
		const port = firstNodePort + ((first + step) % count);
		if (!taken.has(port)) return port;
	}
	throw new StatusError(500, 'InternalError', 'Internal error occurred: failed to allocate a nodePort: range is full');
}

function taking(object: JsonObject, field: string, value: Json, detail: string): StatusError {
	const name = textAt(object, 'metadata', 'name');
	const cause = wrong(field, value, detail);
	return new StatusError(422, 'Invalid', `Service "${name}" is invalid: ${field}: ${cause.message}`, {name, kind: 'Service', causes: [cause]});
}

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

function serviceCauses(object: JsonObject): readonly Cause[] {
	const spec = objectAt(object, 'spec');
	const ports = objectsAt(spec, 'ports');
	const names = new Set<string>();
	const isHeadless = spec.clusterIP === 'None';
	return [
		...(types.includes(textAt(spec, 'type')) ? [] : [unsupported('spec.type', spec.type, types)]),
		...(ports.length === 0 && spec.type !== 'ExternalName' && !isHeadless ? [required('spec.ports')] : []),
		...(spec.type === 'ExternalName' && textAt(spec, 'externalName') === '' ? [required('spec.externalName')] : []),
		...ports.flatMap((port, index) => {
			const name = textAt(port, 'name');
			const path = `spec.ports[${index}]`;
			const isKnown = name !== '' && names.has(name);
			names.add(name);
			return [
				...(name === '' && ports.length > 1 ? [required(`${path}.name`)] : []),
				...(isKnown ? [duplicate(`${path}.name`, name)] : []),
				...portCauses(port.port, `${path}.port`),
				...(['TCP', 'UDP', 'SCTP'].includes(textAt(port, 'protocol')) ? [] : [unsupported(`${path}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP'])]),
				...(typeof port.targetPort === 'string' ? portNameCauses(port.targetPort, `${path}.targetPort`) : portCauses(port.targetPort, `${path}.targetPort`)),
			];
		}),
	];
}

function updateCauses(object: JsonObject, old: StoredObject): readonly Cause[] {
	const before = textAt(old, 'spec', 'clusterIP');
	const now = textAt(object, 'spec', 'clusterIP');
	if (before === now || before === '' || textAt(old, 'spec', 'type') === 'ExternalName' || textAt(object, 'spec', 'type') === 'ExternalName') return [];
	return [wrong('spec.clusterIPs[0]', [now], 'may not change once set')];
}
