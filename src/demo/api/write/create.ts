import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type JsonObject, objectAt, textAt} from '../json.ts';
import {answerWith} from '../read/get.ts';
import type {Resource} from '../resource.ts';
import {alreadyExists, forbidden, invalid, notFound, StatusError} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {checkNamespace, metaForCreate} from './object-meta.ts';
import {nameCauses} from './object-name.ts';
import {readObject} from './read-object.ts';
import {admit, checkValid, hookContext, isDryRun, storeObject} from './store-object.ts';

/** POST to a collection. */
export async function create(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	return createObject(call, resource, state, await readObject(call, resource));
}

/** Stores a new object as if it had been posted. Throws StatusError 400, 403, 404, 409 and 422. */
export function createObject(call: ApiCall, resource: Resource, state: ApiState, given: JsonObject): Answer {
	const {namespace} = call.info;
	const meta = objectAt(given, 'metadata');
	checkNamespace(textAt(meta, 'namespace'), namespace, 'request');
	const metadata = metaForCreate(meta, resource, namespace, state);
	const {name} = metadata;
	if (textAt(meta, 'resourceVersion') !== '') throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
	const dryRun = isDryRun(call.query, 'CreateOptions');
	const named = {...withoutStatus(given, resource), metadata};
	const prepared = resource.rules.prepareForCreate?.(named, hookContext(state)) ?? named;
	if (resource.namespaced) checkNamespaceIsOpen(state, resource, namespace, name);
	const wrong = nameCauses(name, resource);
	if (wrong.length > 0) throw invalid(resource, name, wrong);
	checkValid(prepared, undefined, resource, name);
	// After the rules, as upstream's validating plugins: a quota must not count what is wrong anyway.
	const object = admit({operation: 'CREATE', resource, subresource: '', namespace, name, object: prepared, old: undefined, user: call.user, dryRun}, state);
	if (state.storage.of(resource).get(keyOf(resource.namespaced ? namespace : '', name)) !== undefined) throw alreadyExists(resource, name);
	return answerWith(201, resource, storeObject(object, resource, state, dryRun));
}

/** Only controllers say how things are, and they do it later. */
function withoutStatus(given: JsonObject, {custom, subresources, rules}: Resource): JsonObject {
	if (rules.statusAtCreation === true || !subresources.some(({name}) => name === 'status')) return given;
	const {status: _, ...rest} = given;
	return custom ? rest : {...rest, status: {}};
}

/** apiserver: plugin/namespace/lifecycle. */
function checkNamespaceIsOpen({storage}: ApiState, resource: Resource, namespace: string, name: string): void {
	const found = storage.of({group: '', plural: 'namespaces'}).get(namespace);
	if (found === undefined) throw notFound({group: '', plural: 'namespaces', kind: 'Namespace'}, namespace);
	if (found.object.metadata.deletionTimestamp === undefined) return;
	throw forbidden(resource, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
}
