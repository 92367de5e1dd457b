import type {ApiClient} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {Clock} from '../clock.ts';
import {follow} from '../follow.ts';

/** A Service as far as connections to it go. */
export interface ServiceObject extends ApiObject {
	readonly spec: {
		readonly type?: string;
		readonly clusterIP?: string;
		readonly ports?: readonly ServicePort[];
		readonly sessionAffinity?: string;
		readonly sessionAffinityConfig?: {readonly clientIP?: {readonly timeoutSeconds?: number}};
	};
}

export interface ServicePort {
	readonly name?: string;
	readonly port: number;
	readonly nodePort?: number;
}

export interface EndpointSliceObject extends ApiObject {
	readonly ports?: readonly {readonly name?: string; readonly port?: number}[] | null;
	readonly endpoints?: readonly SliceEndpoint[] | null;
}

export interface SliceEndpoint {
	readonly addresses: readonly string[];
	readonly conditions?: {readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean};
}

/** The cluster's Services and their EndpointSlices, as kube-proxy and the cluster's DNS know them. */
export interface ServiceDirectory {
	readonly services: () => Iterable<ServiceObject>;
	readonly find: (namespace: string, name: string) => ServiceObject | undefined;
	readonly slicesOf: (service: ServiceObject) => readonly EndpointSliceObject[];
	/** Settles when all has been read once, or never will be. */
	readonly listed: Promise<void>;
	/** Calls for each Service that is there, comes, changes or (`undefined`) goes. */
	readonly onService: (listener: ServiceListener) => void;
	readonly stop: () => Promise<void>;
}

type ServiceListener = (key: string, service: ServiceObject | undefined) => void;

interface Collection<T> {
	readonly objects: ReadonlyMap<string, T>;
	readonly listed: Promise<void>;
	readonly ended: Promise<void>;
}

interface CollectionOptions<T> {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly path: string;
	readonly onChange: (key: string, object: T | undefined) => void;
}

/** Follows both kinds from now on. */
export function startServiceDirectory({api, clock}: {readonly api: ApiClient; readonly clock: Clock}): ServiceDirectory {
	const life = new AbortController();
	const listeners: ServiceListener[] = [];
	const common = {api, clock, signal: life.signal};
	const tell: ServiceListener = (key, service) => {
		for (const listener of listeners) listener(key, service);
	};
	const services = followAll<ServiceObject>({...common, path: '/api/v1/services', onChange: tell});
	const slices = followAll<EndpointSliceObject>({...common, path: '/apis/discovery.k8s.io/v1/endpointslices', onChange: () => undefined});
	return {
		services: () => services.objects.values(),
		find: (namespace, name) => services.objects.get(`${namespace}/${name}`),
		slicesOf: ({metadata: {namespace, name}}) =>
			[...slices.objects.values()].filter(({metadata: slice}) => slice.namespace === namespace && slice.labels?.['kubernetes.io/service-name'] === name),
		listed: Promise.all([services.listed, slices.listed]).then(() => undefined),
		onService(listener) {
			listeners.push(listener);
			for (const [key, service] of services.objects) listener(key, service);
		},
		async stop() {
			life.abort();
			await Promise.all([services.ended, slices.ended]);
		},
	};
}

function followAll<T extends ApiObject>({onChange, ...options}: CollectionOptions<T>): Collection<T> {
	const objects = new Map<string, T>();
	const set = (key: string, object: T | undefined) => {
		if (object === undefined) objects.delete(key);
		else objects.set(key, object);
		onChange(key, object);
	};
	let ended: Promise<void> = Promise.resolve();
	const listed = new Promise<void>(resolve => {
		ended = follow({
			...options,
			query: {},
			onList(list) {
				const present = new Map((list as readonly T[]).map(object => [keyOf(object), object]));
				for (const key of [...objects.keys()]) if (!present.has(key)) set(key, undefined);
				for (const [key, object] of present) set(key, object);
				resolve();
			},
			onChange: (type, object) => set(keyOf(object as T), type === 'DELETED' ? undefined : (object as T)),
		}).finally(resolve);
	});
	return {objects, listed, ended};
}

/** `NAMESPACE/NAME`. */
function keyOf({metadata: {namespace, name}}: ApiObject): string {
	return `${namespace}/${name}`;
}
