import type {ApiClient} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {Clock} from '../clock.ts';
import type {DaemonSet} from './daemon-set/daemon-set.ts';
import type {DisruptionBudget} from './disruption/budget-status.ts';
import type {ControllerRevision} from './history/controller-revision.ts';
import {createInformer} from './informer.ts';
import type {Deployment, Node, Pod, ReplicaSet, Service} from './kinds.ts';
import {managedBy} from './owners.ts';
import {trimPod} from './pods.ts';
import type {ResourceQuota} from './quota/quota-usage.ts';
import type {StatefulSet} from './stateful-set/stateful-set.ts';

/** One list and one watch per kind, for all controllers together. */
export type Informers = ReturnType<typeof createInformers>;

const inNamespace = ({metadata: {namespace = ''}}: ApiObject) => [namespace];
const byOwner = ({metadata: {ownerReferences = []}}: ApiObject) => ownerReferences.map(({uid}) => uid);

/** Begins to follow all kinds that controllers care about. */
export function createInformers(api: ApiClient, clock: Clock, signal: AbortSignal) {
	const base = {api, clock, signal};
	const owned = <T extends ApiObject>(apiVersion: string, kind: string, plural: string) =>
		createInformer<T, 'namespace' | 'owner'>({...base, ...placeOf(apiVersion, kind, plural), indexes: {namespace: inNamespace, owner: byOwner}});
	return {
		namespaces: createInformer<ApiObject>({...base, ...placeOf('v1', 'Namespace', 'namespaces')}),
		nodes: createInformer<Node>({...base, ...placeOf('v1', 'Node', 'nodes')}),
		pods: createInformer<Pod, 'namespace' | 'owner' | 'manager' | 'node'>({
			...base,
			...placeOf('v1', 'Pod', 'pods'),
			indexes: {namespace: inNamespace, owner: byOwner, manager: managedBy, node: ({spec}) => (spec.nodeName === undefined ? [] : [spec.nodeName])},
			trim: trimPod,
		}),
		services: createInformer<Service, 'namespace' | 'owner'>({
			...base,
			...placeOf('v1', 'Service', 'services'),
			indexes: {namespace: inNamespace, owner: byOwner},
		}),
		endpoints: owned<ApiObject>('v1', 'Endpoints', 'endpoints'),
		endpointSlices: createInformer<ApiObject, 'namespace' | 'owner' | 'service'>({
			...base,
			...placeOf('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
			indexes: {namespace: inNamespace, owner: byOwner, service: serviceOf},
		}),
		deployments: owned<Deployment>('apps/v1', 'Deployment', 'deployments'),
		replicaSets: createInformer<ReplicaSet, 'namespace' | 'owner' | 'manager'>({
			...base,
			...placeOf('apps/v1', 'ReplicaSet', 'replicasets'),
			indexes: {namespace: inNamespace, owner: byOwner, manager: managedBy},
		}),
		statefulSets: owned<StatefulSet>('apps/v1', 'StatefulSet', 'statefulsets'),
		daemonSets: owned<DaemonSet>('apps/v1', 'DaemonSet', 'daemonsets'),
		configMaps: owned<ApiObject>('v1', 'ConfigMap', 'configmaps'),
		controllerRevisions: owned<ControllerRevision>('apps/v1', 'ControllerRevision', 'controllerrevisions'),
		resourceQuotas: createInformer<ResourceQuota, 'namespace'>({
			...base,
			...placeOf('v1', 'ResourceQuota', 'resourcequotas'),
			indexes: {namespace: inNamespace},
		}),
		disruptionBudgets: createInformer<DisruptionBudget, 'namespace'>({
			...base,
			...placeOf('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'),
			indexes: {namespace: inNamespace},
		}),
		// What they define is read from what is served, never from here.
		definitions: createInformer<ApiObject>({
			...base,
			...placeOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions'),
			trim: ({apiVersion, kind, metadata}) => ({apiVersion, kind, metadata}),
		}),
		leases: createInformer<ApiObject>({...base, ...placeOf('coordination.k8s.io/v1', 'Lease', 'leases')}),
	};
}

function placeOf(apiVersion: string, kind: string, plural: string) {
	return {apiVersion, kind, path: `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}/${plural}`};
}

/** `NAMESPACE/SERVICE`, by the label that the slice's maker put on it. */
function serviceOf({metadata: {namespace, labels}}: ApiObject): readonly string[] {
	const service = labels?.['kubernetes.io/service-name'];
	return service === undefined ? [] : [`${namespace}/${service}`];
}
