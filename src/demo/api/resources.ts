import {definitionRules} from './custom/definition-rules.ts';
import {eventRules, newEventRules, storedAsCoreEvent} from './kinds/events.ts';
import {podRules} from './kinds/pod.ts';
import {serviceRules} from './kinds/service.ts';
import {
	endpointSliceRules,
	endpointsRules,
	ingressRules,
	leaseRules,
	namespaceRules,
	nodeRules,
	quotaRules,
	secretRules,
	serviceAccountRules,
} from './kinds/small-kinds.ts';
import {autoscalerRules, disruptionBudgetRules} from './kinds/steering-kinds.ts';
import {controllerRevisionRules, daemonSetRules, deploymentRules, replicaSetRules, statefulSetRules} from './kinds/workloads.ts';
import type {Resource, ResourceVerb, Subresource} from './resource.ts';

const allVerbs: readonly ResourceVerb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const proxyVerbs: readonly ResourceVerb[] = ['create', 'delete', 'get', 'patch', 'update'];

/** The part of an object that controllers write, beside the one that people write. */
export function statusOfKind(kind: string): Subresource {
	return {name: 'status', kind, verbs: ['get', 'patch', 'update']};
}

const scale: Subresource = {name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update']};

type Declared = Pick<Resource, 'kind' | 'plural'> & Partial<Resource>;

function declare(group: string, version: string, declared: Declared): Resource {
	return {
		group,
		version,
		singular: declared.kind.toLowerCase(),
		shortNames: [],
		categories: [],
		namespaced: true,
		verbs: allVerbs,
		subresources: [],
		custom: false,
		type: declared.kind,
		rules: {},
		...declared,
	};
}

const core = (declared: Declared) => declare('', 'v1', declared);
const apps = (declared: Declared) => declare('apps', 'v1', {categories: ['all'], ...declared});

const podSubresources: readonly Subresource[] = [
	{name: 'binding', kind: 'Binding', verbs: ['create']},
	{name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create']},
	{name: 'log', kind: 'Pod', verbs: ['get']},
	{name: 'proxy', kind: 'PodProxyOptions', verbs: proxyVerbs},
	statusOfKind('Pod'),
];

/** Every kind that is served without a CustomResourceDefinition; names and verbs as upstream's api/discovery has them. */
export const builtInResources: readonly Resource[] = [
	core({kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm']}),
	core({
		kind: 'Endpoints',
		plural: 'endpoints',
		rules: endpointsRules,
		shortNames: ['ep'],
		warning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
	}),
	core({kind: 'Event', plural: 'events', rules: eventRules, shortNames: ['ev']}),
	core({
		kind: 'Namespace',
		plural: 'namespaces',
		rules: namespaceRules,
		shortNames: ['ns'],
		namespaced: false,
		verbs: allVerbs.filter(verb => verb !== 'deletecollection'),
		subresources: [{name: 'finalize', kind: 'Namespace', verbs: ['update']}, statusOfKind('Namespace')],
	}),
	core({kind: 'Node', plural: 'nodes', rules: nodeRules, shortNames: ['no'], namespaced: false, subresources: [statusOfKind('Node')]}),
	core({kind: 'Pod', plural: 'pods', rules: podRules, shortNames: ['po'], categories: ['all'], subresources: podSubresources}),
	core({kind: 'ResourceQuota', plural: 'resourcequotas', rules: quotaRules, shortNames: ['quota'], subresources: [statusOfKind('ResourceQuota')]}),
	core({kind: 'Secret', plural: 'secrets', rules: secretRules}),
	core({
		kind: 'Service',
		plural: 'services',
		rules: serviceRules,
		shortNames: ['svc'],
		categories: ['all'],
		subresources: [{name: 'proxy', kind: 'ServiceProxyOptions', verbs: proxyVerbs}, statusOfKind('Service')],
	}),
	core({kind: 'ServiceAccount', plural: 'serviceaccounts', rules: serviceAccountRules, shortNames: ['sa']}),
	apps({kind: 'ControllerRevision', plural: 'controllerrevisions', categories: [], rules: controllerRevisionRules}),
	apps({kind: 'DaemonSet', plural: 'daemonsets', rules: daemonSetRules, shortNames: ['ds'], subresources: [statusOfKind('DaemonSet')]}),
	apps({kind: 'Deployment', plural: 'deployments', rules: deploymentRules, shortNames: ['deploy'], subresources: [scale, statusOfKind('Deployment')]}),
	apps({kind: 'ReplicaSet', plural: 'replicasets', rules: replicaSetRules, shortNames: ['rs'], subresources: [scale, statusOfKind('ReplicaSet')]}),
	apps({kind: 'StatefulSet', plural: 'statefulsets', rules: statefulSetRules, shortNames: ['sts'], subresources: [scale, statusOfKind('StatefulSet')]}),
	declare('autoscaling', 'v2', {
		kind: 'HorizontalPodAutoscaler',
		plural: 'horizontalpodautoscalers',
		rules: autoscalerRules,
		shortNames: ['hpa'],
		categories: ['all'],
		subresources: [statusOfKind('HorizontalPodAutoscaler')],
	}),
	declare('policy', 'v1', {
		kind: 'PodDisruptionBudget',
		plural: 'poddisruptionbudgets',
		rules: disruptionBudgetRules,
		shortNames: ['pdb'],
		subresources: [statusOfKind('PodDisruptionBudget')],
	}),
	declare('coordination.k8s.io', 'v1', {kind: 'Lease', plural: 'leases', rules: leaseRules}),
	declare('discovery.k8s.io', 'v1', {kind: 'EndpointSlice', plural: 'endpointslices', rules: endpointSliceRules}),
	declare('events.k8s.io', 'v1', {
		kind: 'Event',
		plural: 'events',
		rules: newEventRules,
		shortNames: ['ev'],
		type: 'events.Event',
		storedAs: storedAsCoreEvent,
	}),
	declare('networking.k8s.io', 'v1', {kind: 'Ingress', plural: 'ingresses', rules: ingressRules, shortNames: ['ing'], subresources: [statusOfKind('Ingress')]}),
	declare('apiextensions.k8s.io', 'v1', {
		kind: 'CustomResourceDefinition',
		rules: definitionRules,
		plural: 'customresourcedefinitions',
		shortNames: ['crd', 'crds'],
		categories: ['api-extensions'],
		namespaced: false,
		subresources: [statusOfKind('CustomResourceDefinition')],
	}),
	declare('authentication.k8s.io', 'v1', {kind: 'SelfSubjectReview', plural: 'selfsubjectreviews', namespaced: false, verbs: ['create']}),
	declare('authorization.k8s.io', 'v1', {kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews', namespaced: false, verbs: ['create']}),
	declare('authorization.k8s.io', 'v1', {kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews', namespaced: false, verbs: ['create']}),
];
