/** Where a namespaced kind lives: `pathOf('apps/v1', 'replicasets', 'web', 'kubia')`. Without a name the collection. */
export function pathOf(apiVersion: string, plural: string, namespace: string | undefined, name?: string): string {
	const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
	const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
	return `${root}${scope}/${plural}${name === undefined ? '' : `/${name}`}`;
}

/** The path of a pod, or of all pods of a namespace. */
export function podPath(namespace: string, name?: string): string {
	return pathOf('v1', 'pods', namespace, name);
}

/** The path of a ReplicaSet, or of all of a namespace. */
export function replicaSetPath(namespace: string, name?: string): string {
	return pathOf('apps/v1', 'replicasets', namespace, name);
}

/** The path of a Deployment. */
export function deploymentPath(namespace: string, name: string): string {
	return pathOf('apps/v1', 'deployments', namespace, name);
}
