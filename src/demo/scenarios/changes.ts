import {type ApiClient, ApiError} from '../api-client.ts';
import {pathOf} from '../controllers/paths.ts';
import type {Change} from './scenario.ts';

interface Described {
	readonly apiVersion: string;
	readonly kind: string;
}

/** Where objects of a kind are made. */
function collectionOf({apiVersion, kind}: Described, namespace: string): string {
	const plural = `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}`;
	return pathOf(apiVersion, plural, kind === 'CustomResourceDefinition' ? undefined : namespace);
}

/** Makes the namespace, where it is missing, and the objects in it. */
export function create(namespace: string, ...objects: readonly object[]): Change {
	return async api => {
		await createNamespace(api, namespace);
		for (const body of objects) {
			await api.send({method: 'POST', path: collectionOf(body as Described, namespace), body});
		}
	};
}

async function createNamespace(api: ApiClient, name: string): Promise<void> {
	try {
		await api.send({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name}}});
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 409) throw error;
	}
}

/** `kubectl set image`, with the change-cause that goes with it. */
export function setImage(namespace: string, deployment: string, container: string, image: string, changeCause = `image ${image}`): Change {
	return changeContainer(namespace, deployment, {name: container, image}, changeCause);
}

/** Changes one container of the template, found by its name; what is not named stays. */
export function changeContainer(
	namespace: string,
	deployment: string,
	container: {readonly name: string} & Readonly<Record<string, unknown>>,
	changeCause: string,
): Change {
	return async api => {
		await api.send({
			method: 'PATCH',
			path: `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
			contentType: 'application/strategic-merge-patch+json',
			body: {
				metadata: {annotations: {'kubernetes.io/change-cause': changeCause}},
				spec: {template: {spec: {containers: [container]}}},
			},
		});
	};
}
