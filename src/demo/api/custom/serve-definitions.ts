import type {ApiState} from '../api-state.ts';
import type {Resource} from '../resource.ts';
import type {Change} from '../version.ts';
import {customResources} from './custom-resources.ts';

/** Serves what CustomResourceDefinitions say, from the moment that they are stored until they are gone; their objects go with them. */
export function serveDefinitions({storage, registry}: ApiState): void {
	const served = new Map<string, readonly Resource[]>();
	const withdraw = (key: string) => {
		for (const resource of served.get(key) ?? []) registry.remove(resource);
		served.delete(key);
	};
	storage.of({group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions'}).listen(({type, key, current}: Change) => {
		const before = served.get(key) ?? [];
		withdraw(key);
		if (type === 'DELETED') {
			for (const resource of before) storage.of(resource).end();
			return;
		}
		const resources = customResources(current.object);
		served.set(key, resources);
		for (const resource of resources) registry.add(resource);
	});
}
