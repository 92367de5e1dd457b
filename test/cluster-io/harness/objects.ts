/** Where the API has what belongs to a workload of namespace web. */
export const webPaths = {
	deployments: '/apis/apps/v1/namespaces/web/deployments',
	replicasets: '/apis/apps/v1/namespaces/web/replicasets',
	pods: '/api/v1/namespaces/web/pods',
	events: '/api/v1/namespaces/web/events',
	services: '/api/v1/namespaces/web/services',
	endpointslices: '/apis/discovery.k8s.io/v1/namespaces/web/endpointslices',
};

/** API objects as small as the parsers allow. */
export function podJson(name: string, resourceVersion: string, more: {metadata?: object; spec?: object; status?: object} = {}) {
	return {
		kind: 'Pod',
		apiVersion: 'v1',
		metadata: {uid: `uid-${name}`, name, namespace: 'web', resourceVersion, ...more.metadata},
		spec: {containers: [{name: 'app', image: 'app:v1'}], ...more.spec},
		status: {phase: 'Running', ...more.status},
	};
}

export function deploymentJson(name: string, more: {metadata?: object; spec?: object; status?: object} = {}) {
	const labels = {app: name};
	return {
		kind: 'Deployment',
		apiVersion: 'apps/v1',
		metadata: {
			uid: `uid-${name}`,
			name,
			namespace: 'web',
			resourceVersion: '10',
			generation: 1,
			annotations: {'deployment.kubernetes.io/revision': '2'},
			...more.metadata,
		},
		spec: {replicas: 3, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: [{name: 'app', image: 'app:v2'}]}}, ...more.spec},
		status: {observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, ...more.status},
	};
}

export function replicaSetJson(deployment: string, revision: number, image: string, more: {annotations?: object} = {}) {
	const hash = `hash${revision}`;
	return {
		metadata: {
			uid: `uid-${deployment}-${hash}`,
			name: `${deployment}-${hash}`,
			namespace: 'web',
			resourceVersion: '10',
			creationTimestamp: `2026-01-01T00:00:0${revision}Z`,
			annotations: {'deployment.kubernetes.io/revision': String(revision), ...more.annotations},
			ownerReferences: [{kind: 'Deployment', name: deployment, uid: `uid-${deployment}`, controller: true}],
		},
		spec: {
			replicas: 0,
			template: {metadata: {labels: {app: deployment, 'pod-template-hash': hash}}, spec: {containers: [{name: 'app', image}]}},
		},
		status: {replicas: 0},
	};
}

export function serviceJson(name: string, selector: object, ports: readonly object[] = [{port: 80}]) {
	return {metadata: {uid: `uid-${name}`, name, namespace: 'web', resourceVersion: '10'}, spec: {type: 'ClusterIP', selector, ports}};
}

export function listJson(items: readonly unknown[], resourceVersion = '100', next?: string) {
	return {kind: 'List', apiVersion: 'v1', metadata: {resourceVersion, ...(next === undefined ? {} : {continue: next})}, items};
}
