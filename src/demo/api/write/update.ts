import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type JsonObject, objectAt, textAt} from '../json.ts';
import {answerWith} from '../read/get.ts';
import {servedVersion} from '../read/served-version.ts';
import type {Resource, StoredMeta, StoredObject} from '../resource.ts';
import {invalid, notFound} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {createObject} from './create.ts';
import {finishDeletion} from './delete.ts';
import {withGeneration} from './generation.ts';
import {checkName, metaForUpdate} from './object-meta.ts';
import {readObject} from './read-object.ts';
import {admit, checkValid, hookContext, isDryRun, storeObject} from './store-object.ts';

/** PUT of an object, or of its status. */
export async function update(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const given = await readObject(call, resource);
	checkName(objectAt(given, 'metadata'), call.info.name, call.info.namespace);
	const current = state.storage.of(resource).get(keyOf(resource.namespaced ? call.info.namespace : '', call.info.name));
	if (current === undefined && resource.rules.createOnUpdate === true) return createObject(call, resource, state, given);
	if (current === undefined) throw notFound(resource, call.info.name);
	if (resource.rules.needsVersion === true && textAt(given, 'metadata', 'resourceVersion') === '') throw versionNeeded(resource, call.info.name);
	return updateObject(call, resource, state, {given, old: servedVersion(resource, current).object});
}

function versionNeeded(resource: Resource, name: string): Error {
	const cause = {reason: 'FieldValueInvalid', message: 'Invalid value: 0: must be specified for an update', field: 'metadata.resourceVersion'};
	return invalid({group: resource.group, kind: resource.plural}, name, [cause]);
}

/** Stores a changed object as if it had been put. Throws StatusError 403, 409 and 422. */
export function updateObject(call: ApiCall, resource: Resource, state: ApiState, change: {given: JsonObject; old: StoredObject}): Answer {
	const {subresource, namespace, name} = call.info;
	const {given, old} = change;
	const metadata = metaForUpdate(objectAt(given, 'metadata'), old, resource);
	const changed = subresource === 'status' ? withNewStatus(given, metadata, old, resource) : withNewSpec(given, metadata, old, resource, state);
	const dryRun = isDryRun(call.query, call.info.verb === 'patch' ? 'PatchOptions' : 'UpdateOptions');
	const object = admit({operation: 'UPDATE', resource, subresource, namespace, name, object: changed, old, user: call.user, dryRun}, state);
	checkValid(object, old, resource, name);
	const gone = finishDeletion(object as StoredObject, resource, state, dryRun);
	return answerWith(200, resource, gone ?? storeObject(object, resource, state, dryRun));
}

function withNewSpec(given: JsonObject, metadata: StoredMeta, old: StoredObject, resource: Resource, state: ApiState): JsonObject {
	const hasStatus = resource.subresources.some(sub => sub.name === 'status');
	const {status: _, ...rest} = given;
	const object = {...(hasStatus ? rest : given), metadata, ...(hasStatus && old.status !== undefined ? {status: old.status} : {})};
	const prepared = resource.rules.prepareForUpdate?.(object, old, hookContext(state)) ?? object;
	return withGeneration(prepared, old, resource);
}

function withNewStatus(given: JsonObject, metadata: StoredMeta, old: StoredObject, {rules: {statusKeeps = [], prepareStatus}}: Resource): JsonObject {
	const kept = statusKeeps === 'all' ? old.metadata : {...metadata, ...Object.fromEntries(statusKeeps.map(key => [key, old.metadata[key]]))};
	const cleaned = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
	const {status} = given;
	const object = {...old, metadata: cleaned as StoredMeta, ...(status === undefined ? {} : {status})};
	return prepareStatus?.(object, old) ?? object;
}
