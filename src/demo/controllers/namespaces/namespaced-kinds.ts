import type {ApiClient} from '../../api-client.ts';

/** A kind whose objects live in namespaces. */
export interface NamespacedKind {
	readonly apiVersion: string;
	readonly plural: string;
}

interface ResourceList {
	readonly groupVersion: string;
	readonly resources: readonly {readonly name: string; readonly namespaced: boolean; readonly verbs: readonly string[]}[];
}

/** All of them whose objects can be deleted, custom ones too, as the API tells. A group that does not answer is left out. */
export async function namespacedKinds(api: ApiClient): Promise<readonly NamespacedKind[]> {
	const {groups} = (await api.send({path: '/apis'})) as {groups: readonly {readonly preferredVersion: {readonly groupVersion: string}}[]};
	const paths = ['/api/v1', ...groups.map(({preferredVersion}) => `/apis/${preferredVersion.groupVersion}`)];
	const lists = await Promise.all(paths.map(path => api.send({path}).catch(() => undefined) as Promise<ResourceList | undefined>));
	return lists.flatMap(list =>
		(list?.resources ?? [])
			.filter(({namespaced, name, verbs}) => namespaced && !name.includes('/') && verbs.includes('deletecollection'))
			.map(({name}) => ({apiVersion: list?.groupVersion ?? 'v1', plural: name})),
	);
}
