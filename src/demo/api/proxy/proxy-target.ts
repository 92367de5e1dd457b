import {BlockList, isIP} from 'node:net';
import type {ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type JsonObject, numberAt, objectAt, objectsAt, textAt} from '../json.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {badRequest, noSuchPath, notFound, StatusError} from '../status-error.ts';
import {keyOf} from '../store.ts';

/** Where a proxied request goes. The port is a text: a pod's may be a name, which leads nowhere. */
export interface ProxyTarget {
	readonly isTls: boolean;
	readonly ip: string;
	readonly port: string;
}

interface ProxyId {
	readonly scheme: string;
	readonly name: string;
	readonly port: string;
}

/** Finds the target of a request; what is not there, or not ready, is a StatusError. */
export type FindTarget = (call: ApiCall, resource: Resource, state: ApiState) => ProxyTarget;

/** 503. */
export function unavailable(message: string): StatusError {
	return new StatusError(503, 'ServiceUnavailable', message);
}

/** `name`, `name:port` or `scheme:name:port`. apimachinery: util/net/port_split.go. */
function splitId(id: string, kind: string): ProxyId {
	const parts = id.split(':');
	const [scheme = '', name = '', port = ''] = parts.length === 3 ? parts : ['', ...parts];
	if (parts.length > 3 || name === '' || !['', 'http', 'https'].includes(scheme)) throw badRequest(`invalid ${kind} request ${JSON.stringify(id)}`);
	return {scheme, name, port};
}

/** The pod itself, on the port that is named or on the first one that it declares. kubernetes: registry/core/pod/strategy.go ResourceLocation. */
export const podTarget: FindTarget = ({info}, resource, state) => {
	const {scheme, name, port} = splitId(info.name, 'pod');
	const pod = stored(state, resource, info.namespace, name);
	const ip = textAt(objectsAt(pod, 'status', 'podIPs')[0], 'ip');
	if (!isGlobal(ip)) throw badRequest('address not allowed');
	const isTls = scheme === 'https';
	return {isTls, ip, port: port || firstPort(pod) || (isTls ? '443' : '80')};
};

function firstPort(pod: JsonObject): string {
	const first = objectsAt(pod, 'spec', 'containers').find(container => objectsAt(container, 'ports').length > 0);
	return String(numberAt(objectsAt(first, 'ports')[0], 'containerPort') ?? '');
}

/**
 * Any of the Service's ready endpoints, chosen anew for each request. kubernetes: registry/core/service/storage/storage.go ResourceLocation: by
 * Endpoints, not by slices; only addresses that are really pods of the namespace.
 */
export const serviceTarget: FindTarget = ({info}, resource, state) => {
	const {scheme, name, port} = splitId(info.name, 'service');
	const portName = /^[+-]?\d+$/.test(port) ? nameOfPort(stored(state, resource, info.namespace, name), Number(port), name) : port;
	const subsets = objectsAt(stored(state, resourceOf(state, 'endpoints'), info.namespace, name, resource), 'subsets');
	if (subsets.length === 0) throw unavailable(`no endpoints available for service "${name}"`);
	for (const subset of fromAnywhere(subsets, state.random)) {
		const found = objectsAt(subset, 'ports').find(each => (each.name ?? '') === portName);
		if (found === undefined) continue;
		const address = fromAnywhere(objectsAt(subset, 'addresses'), state.random).find(each => isPod(each, info.namespace, state));
		const ip = textAt(address, 'ip');
		if (address !== undefined && isGlobal(ip)) return {isTls: scheme === 'https', ip, port: String(found.port)};
	}
	throw unavailable(`no endpoints available for service "${info.name}"`);
};

function nameOfPort(service: JsonObject, number: number, name: string): string {
	const found = objectsAt(service, 'spec', 'ports').find(({port}) => port === number);
	if (found === undefined) throw unavailable(`no service port ${number} found for service "${name}"`);
	return textAt(found, 'name');
}

/** The same in the same order, beginning at a random one. */
function fromAnywhere<T>(all: readonly T[], random: () => number): readonly T[] {
	const start = Math.floor(random() * all.length);
	return [...all.slice(start), ...all.slice(0, start)];
}

function isPod(address: JsonObject, namespace: string, state: ApiState): boolean {
	const target = objectAt(address, 'targetRef');
	if (target.namespace !== namespace) return false;
	const pod = state.storage.of(resourceOf(state, 'pods')).get(keyOf(namespace, textAt(target, 'name')))?.object;
	return objectsAt(pod, 'status', 'podIPs').some(({ip}) => ip === address.ip);
}

/** An object. Throws StatusError 404, which names what the request was for, as upstream's does. */
export function stored({storage}: ApiState, resource: Resource, namespace: string, name: string, asked = resource): StoredObject {
	const version = storage.of(resource).get(keyOf(namespace, name));
	if (version === undefined) throw notFound(asked, name);
	return version.object;
}

/** A resource of the core group. */
export function resourceOf({registry}: ApiState, plural: string): Resource {
	const resource = registry.find('', 'v1', plural);
	if (resource === undefined) throw noSuchPath();
	return resource;
}

const local = new BlockList();
for (const [net, prefix] of [
	['0.0.0.0', 32],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['224.0.0.0', 4],
	['255.255.255.255', 32],
] as const)
	local.addSubnet(net, prefix);
for (const [net, prefix] of [
	['::', 128],
	['::1', 128],
	['fe80::', 10],
	['ff00::', 8],
] as const)
	local.addSubnet(net, prefix, 'ipv6');

/** Whether the proxy may go there: never to the machine's own services. */
function isGlobal(ip: string): boolean {
	const family = isIP(ip);
	return family !== 0 && !local.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}
