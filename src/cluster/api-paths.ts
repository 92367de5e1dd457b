/** Collections of the API, by namespace. */
export const apiPaths = {
	deployments: (namespace: string) => `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments`,
	replicasets: (namespace: string) => `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/replicasets`,
	pods: (namespace: string) => `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
	events: (namespace: string) => `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
	services: (namespace: string) => `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`,
	endpointslices: (namespace: string) => `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices`,
	autoscalers: (namespace: string) => `/apis/autoscaling/v2/namespaces/${encodeURIComponent(namespace)}/horizontalpodautoscalers`,
	disruptionbudgets: (namespace: string) => `/apis/policy/v1/namespaces/${encodeURIComponent(namespace)}/poddisruptionbudgets`,
} as const;

/** One object of a collection. */
export function objectPath(collection: string, name: string): string {
	return `${collection}/${encodeURIComponent(name)}`;
}
