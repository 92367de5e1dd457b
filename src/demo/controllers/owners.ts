import type {ApiObject, OwnerReference} from '../api-object.ts';
import {keyOf} from './informer.ts';

/** The one owner that manages an object. */
export function controllerOf({metadata}: Pick<ApiObject, 'metadata'>): OwnerReference | undefined {
	return metadata.ownerReferences?.find(owner => owner.controller === true);
}

/** The reference that a controller puts on what it makes. */
export function controllerReference({apiVersion, kind, metadata: {name, uid}}: ApiObject): OwnerReference {
	return {apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true};
}

/** The owner itself, found by its name; undefined for another kind, or when another object has its name by now. */
export function findController<T extends ApiObject>(
	owner: OwnerReference | undefined,
	kind: string,
	namespace: string,
	find: (key: string) => T | undefined,
): T | undefined {
	if (owner?.kind !== kind) return undefined;
	const found = find(keyOf({metadata: {namespace, name: owner.name}}));
	return found?.metadata.uid === owner.uid ? found : undefined;
}

/** For an index of what an owner manages: the managing owner's uid, or, where there is none, `orphan/NAMESPACE`. */
export function managedBy(object: ApiObject): readonly string[] {
	return [controllerOf(object)?.uid ?? orphansOf(object.metadata.namespace ?? '')];
}

/** The index value of objects in a namespace that nobody manages. */
export function orphansOf(namespace: string): string {
	return `orphan/${namespace}`;
}

/** Older first, then by name (kubernetes: ReplicaSetsByCreationTimestamp). Times of the API sort as texts. */
export function byAge({metadata: left}: Pick<ApiObject, 'metadata'>, {metadata: right}: Pick<ApiObject, 'metadata'>): number {
	return compare(left.creationTimestamp, right.creationTimestamp) || compare(left.name, right.name);
}

function compare(left: string, right: string): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
