import type {PolicyRule} from './policy-rule.ts';

const readVerbs = ['get', 'list', 'watch'] as const;
const writeVerbs = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const;

/** What anybody may ask, known or not. ClusterRole system:public-info-viewer. */
export const publicRules: readonly PolicyRule[] = [
	{verbs: ['get'], nonResourceURLs: ['/healthz', '/healthz/*', '/livez', '/livez/*', '/readyz', '/readyz/*', '/version', '/version/']},
];

/** What everybody with a valid token may ask. ClusterRoles system:discovery and system:basic-user. */
export const authenticatedRules: readonly PolicyRule[] = [
	{verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*']},
	{verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']},
	{verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews']},
];

/** Everything. ClusterRole cluster-admin. */
export const adminRules: readonly PolicyRule[] = [
	{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
	{verbs: ['*'], nonResourceURLs: ['*']},
];

/** Reading, but neither secrets nor the pods' own words through a proxy. ClusterRole view, of what is served here. */
export const viewRules: readonly PolicyRule[] = [
	{
		verbs: readVerbs,
		apiGroups: [''],
		resources: [
			...['configmaps', 'endpoints', 'events', 'namespaces', 'namespaces/status', 'pods', 'pods/log', 'pods/status'],
			...['resourcequotas', 'resourcequotas/status', 'serviceaccounts', 'services', 'services/status'],
		],
	},
	{
		verbs: readVerbs,
		apiGroups: ['apps'],
		resources: [
			...['controllerrevisions', 'daemonsets', 'daemonsets/status', 'deployments', 'deployments/scale', 'deployments/status'],
			...['replicasets', 'replicasets/scale', 'replicasets/status', 'statefulsets', 'statefulsets/scale', 'statefulsets/status'],
		],
	},
	{verbs: readVerbs, apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers', 'horizontalpodautoscalers/status']},
	{verbs: readVerbs, apiGroups: ['policy'], resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status']},
	{verbs: readVerbs, apiGroups: ['discovery.k8s.io'], resources: ['endpointslices']},
	{verbs: readVerbs, apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingresses/status']},
	{verbs: readVerbs, apiGroups: ['events.k8s.io'], resources: ['events']},
];

const editedCore = ['configmaps', 'events', 'pods', 'pods/proxy', 'secrets', 'serviceaccounts', 'services', 'services/proxy'];

/** Reading and writing what rollouts consist of. ClusterRole edit, of what is served here. */
export const editRules: readonly PolicyRule[] = editing(editedCore);

/** As `editRules`, but what a Service answers cannot be asked through the API server. */
export const editWithoutServiceProxyRules: readonly PolicyRule[] = editing(editedCore.filter(resource => resource !== 'services/proxy'));

function editing(core: readonly string[]): readonly PolicyRule[] {
	return [
		...viewRules,
		{verbs: [...readVerbs, ...writeVerbs], apiGroups: [''], resources: core},
		{verbs: ['create'], apiGroups: [''], resources: ['pods/eviction']},
		{
			verbs: writeVerbs,
			apiGroups: ['apps'],
			resources: ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale', 'statefulsets', 'statefulsets/scale'],
		},
		{verbs: writeVerbs, apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers']},
		{verbs: writeVerbs, apiGroups: ['policy'], resources: ['poddisruptionbudgets']},
		{verbs: writeVerbs, apiGroups: ['networking.k8s.io'], resources: ['ingresses']},
		{verbs: writeVerbs, apiGroups: ['events.k8s.io'], resources: ['events']},
	];
}
