import type {ApiObject, OwnerReference} from '../../api-object.ts';
import {keyOf} from '../informer.ts';
import type {Informers} from '../informers.ts';
import {pathOf} from '../paths.ts';

/** A kind whose objects own others or are owned. */
export interface KnownKind {
	readonly kind: string;
	readonly apiVersion: string;
	readonly plural: string;
	readonly get: (key: string) => ApiObject | undefined;
	readonly ownedBy: (uid: string) => Iterable<ApiObject>;
	readonly onChange: Informers['deployments']['onChange'];
}

const owning = {
	Deployment: ['apps/v1', 'deployments', 'deployments'],
	ReplicaSet: ['apps/v1', 'replicasets', 'replicaSets'],
	StatefulSet: ['apps/v1', 'statefulsets', 'statefulSets'],
	DaemonSet: ['apps/v1', 'daemonsets', 'daemonSets'],
	ControllerRevision: ['apps/v1', 'controllerrevisions', 'controllerRevisions'],
	Pod: ['v1', 'pods', 'pods'],
	Service: ['v1', 'services', 'services'],
	Endpoints: ['v1', 'endpoints', 'endpoints'],
	EndpointSlice: ['discovery.k8s.io/v1', 'endpointslices', 'endpointSlices'],
	ConfigMap: ['v1', 'configmaps', 'configMaps'],
} as const;

/** All kinds that the garbage collector looks after, by name. */
export function knownKinds(informers: Informers): ReadonlyMap<string, KnownKind> {
	const entries = Object.entries(owning).map(([kind, [apiVersion, plural, name]]): [string, KnownKind] => {
		const informer = informers[name] as unknown as Informers['deployments'];
		return [kind, {kind, apiVersion, plural, get: informer.get, ownedBy: uid => informer.with('owner', uid), onChange: informer.onChange}];
	});
	return new Map(entries);
}

/** Where an object of a known kind lives. */
export function objectPath({apiVersion, plural}: KnownKind, {metadata: {namespace, name}}: ApiObject): string {
	return pathOf(apiVersion, plural, namespace, name);
}

/** Where an owner lives: in the namespace of what it owns. */
export function ownerPath({apiVersion, plural}: KnownKind, owner: OwnerReference, namespace: string | undefined): string {
	return pathOf(apiVersion, plural, namespace, owner.name);
}

/** The owner as the watch last told of it; undefined when it told of none with this uid. */
export function findOwner(kind: KnownKind, owner: OwnerReference, namespace: string | undefined): ApiObject | undefined {
	const found = kind.get(keyOf({metadata: {name: owner.name, ...(namespace !== undefined && {namespace})}}));
	return found?.metadata.uid === owner.uid ? found : undefined;
}
