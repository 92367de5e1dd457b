import type {ApiState, Write} from '../api-state.ts';
import {isObject, type JsonObject, objectAt, sameJson} from '../json.ts';
import type {HookContext, Resource, StoredObject} from '../resource.ts';
import {invalid} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {Version} from '../version.ts';
import {metaCauses, metaUpdateCauses} from './meta-causes.ts';

/** What hooks may ask. */
export function hookContext({clock, random, storage}: ApiState): HookContext {
	return {clock, random, stored: resource => storage.of(resource).objects()};
}

/** Lets all gates see a write. Throws StatusError. */
export function admit(write: Write & {readonly object: JsonObject}, state: ApiState): JsonObject {
	let {object} = write;
	for (const admission of state.admissions) object = admission({...write, object}, state) ?? object;
	return object;
}

/** Throws StatusError 422 for an object against the rules of its kind. */
export function checkValid(object: JsonObject, old: StoredObject | undefined, resource: Resource, name: string): void {
	const {validate, validateUpdate} = resource.rules;
	const metadata = objectAt(object, 'metadata');
	// What did not change was valid before.
	const isSameMeta = metadata === old?.metadata;
	const causes = [
		...(isSameMeta ? [] : metaCauses(metadata)),
		...(old === undefined || isSameMeta ? [] : metaUpdateCauses(metadata, old)),
		...(old === undefined ? [] : (validateUpdate?.(object, old) ?? [])),
		...(object.spec !== undefined && object.spec === old?.spec ? [] : (validate?.(object) ?? [])),
	];
	if (causes.length > 0) throw invalid(resource, name, causes);
}

/** Stores a new state, unless nothing changed or nothing is to be stored. */
export function storeObject(object: JsonObject, resource: Resource, state: ApiState, dryRun: boolean): Version {
	const store = state.storage.of(resource);
	const stored = inOrder(resource.storedAs?.toStorage(object) ?? object) as StoredObject;
	const {name, namespace = ''} = stored.metadata;
	const key = keyOf(namespace, name);
	const old = store.get(key);
	if (old !== undefined && sameJson(old.object, stored)) return old;
	return dryRun ? new Version(stored, old?.revision ?? 0) : store.put(key, stored);
}

/** Lists cut off how the text of each object begins, so that is always the same. */
function inOrder(object: JsonObject): JsonObject {
	const [first, second] = Object.keys(object);
	if (first === 'kind' && second === 'apiVersion') return object;
	const {kind, apiVersion, metadata, spec, status, ...rest} = object;
	return {kind, apiVersion, metadata, ...(spec === undefined ? {} : {spec}), ...rest, ...(isObject(status) ? {status} : {})};
}

/** Whether a request only asks what would happen. Throws StatusError 422 for any other value than `All`. */
export function isDryRun(query: URLSearchParams, kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions'): boolean {
	const values = query.getAll('dryRun');
	if (values.every(value => value === 'All')) return values.length > 0;
	const cause = {reason: 'FieldValueNotSupported', message: `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`, field: 'dryRun'};
	throw invalid({group: 'meta.k8s.io', kind}, '', [cause]);
}
