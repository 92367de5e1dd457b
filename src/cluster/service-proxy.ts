import {nearest} from '../domain/nearest.ts';
import {httpPort, isTlsPort, type Service, type ServicePort} from '../domain/service.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectOf, objectsOf, textOf} from './parse/fields.ts';
import {parseService} from './parse/service.ts';
import {type ApiProxy, openApiProxy} from './proxy-route.ts';

export type ServiceProxyTarget = {
	readonly namespace: string;
	readonly name: string;
	/** Name or number of one of its ports; absent: its only one, or the one for HTTP. */
	readonly port?: string | undefined;
	/** Begins with a slash. */
	readonly path?: string | undefined;
};

/** What a request through the API server's proxy of a Service needs. */
export type ServiceProxyRequest = ApiProxy & {
	/** In front of the application's own path. */
	readonly pathPrefix: string;
	readonly path: string;
};

function portNames(ports: readonly ServicePort[]): string {
	return ports.map(({name, port}) => (name === '' ? String(port) : `${port} (${name})`)).join(', ');
}

function noPort(service: Service, what: string): ClusterError {
	const ports = service.ports.length === 0 ? 'it has no ports' : `its ports: ${portNames(service.ports)}`;
	return new ClusterError(`service "${service.name}" ${what}; ${ports}`, {kind: 'not-found', hint: `name one: svc/${service.name}:PORT`});
}

function chosenPort(service: Service, wanted: string | undefined): ServicePort {
	if (service.type === 'ExternalName') {
		throw new ClusterError(`service "${service.name}" is only a name for another host (ExternalName), which the API server does not proxy`, {
			kind: 'invalid',
			hint: 'sample its URL',
		});
	}
	const ports = service.ports.filter(({protocol}) => protocol === 'TCP');
	if (wanted !== undefined) {
		const port = ports.find(({name, port: number}) => name === wanted || String(number) === wanted);
		if (port === undefined) throw noPort(service, `has no TCP port ${wanted}`);
		return port;
	}
	const port = httpPort(ports);
	if (port === undefined) throw noPort(service, ports.length === 0 ? 'has no TCP port' : 'has several ports');
	return port;
}

/** The segment of the path that names scheme, Service and port. apimachinery: util/net/port_split.go. */
export function proxySegment({name}: Service, port: ServicePort): string {
	const scheme = isTlsPort(port) ? 'https:' : '';
	return `${scheme}${name}:${port.port}`;
}

async function getService(connection: ClusterConnection, {namespace, name}: ServiceProxyTarget): Promise<Service | undefined> {
	try {
		return parseService(await connection.json({path: objectPath(apiPaths.services(namespace), name)}));
	} catch (error) {
		if (!(error instanceof ClusterError)) throw error;
		// The proxy may be allowed where reading Services is not: then only the user knows the port.
		if (error.kind === 'forbidden') return undefined;
		if (error.kind !== 'not-found') throw error;
		const names = await serviceNames(connection, namespace);
		const near = nearest(name, names);
		const hint = near === undefined ? `services: ${names.slice(0, 10).join(', ') || 'none'}` : `did you mean "${near}"?`;
		throw new ClusterError(`there is no service "${name}" in namespace "${namespace}"`, {kind: 'not-found', hint, cause: error});
	}
}

async function serviceNames(connection: ClusterConnection, namespace: string): Promise<readonly string[]> {
	try {
		const list = await connection.json({path: apiPaths.services(namespace), query: {limit: '500'}});
		return objectsOf(isRawObject(list) ? list.items : undefined).flatMap(item => textOf(objectOf(item.metadata).name) ?? []);
	} catch {
		return [];
	}
}

/**
 * How to ask a Service through the API server, which chooses a ready pod for each request. Throws ClusterError: `not-found` for an unknown Service or
 * port, with the ports that there are.
 */
export async function serviceProxyRequest(connection: ClusterConnection, target: ServiceProxyTarget): Promise<ServiceProxyRequest> {
	const service = await getService(connection, target);
	const segment =
		service === undefined ? [target.name, target.port].filter(part => part !== undefined).join(':') : proxySegment(service, chosenPort(service, target.port));
	const pathPrefix = `${connection.pathPrefix}${apiPaths.services(target.namespace)}/${segment}/proxy`;
	return {...(await openApiProxy(connection)), pathPrefix, path: `${pathPrefix}${target.path ?? '/'}`};
}

/**
 * The URL by which pods of the cluster ask a Service: its DNS name and the port's number. Throws ClusterError as `serviceProxyRequest` does, and `invalid`
 * for a port that has only a name where the Service may not be read.
 */
export async function serviceUrl(connection: ClusterConnection, target: ServiceProxyTarget): Promise<string> {
	const {namespace, name, path = '/'} = target;
	const service = await getService(connection, target);
	if (service !== undefined) {
		const port = chosenPort(service, target.port);
		return `${isTlsPort(port) ? 'https' : 'http'}://${name}.${namespace}.svc:${port.port}${path}`;
	}
	const port = Number(target.port ?? 80);
	if (Number.isInteger(port)) return `http://${name}.${namespace}.svc:${port}${path}`;
	throw new ClusterError(`service "${name}" may not be read, so nobody knows the number of its port ${target.port}`, {
		kind: 'invalid',
		hint: `name the port by its number: svc/${name}:NUMBER`,
	});
}
