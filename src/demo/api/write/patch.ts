import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {mediaTypeOf, parseBody} from '../http/read-body.ts';
import {type Json, type JsonObject, objectAt, textAt} from '../json.ts';
import {required, wrong} from '../kinds/causes.ts';
import {applyPatch} from '../patch/apply-patch.ts';
import {servedVersion} from '../read/served-version.ts';
import {apiVersionOf, type Resource, type StoredObject} from '../resource.ts';
import {badRequest, invalid, notFound, StatusError} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {createObject} from './create.ts';
import {checkNamespace, modified} from './object-meta.ts';
import {checked, unsupportedMediaType} from './read-object.ts';
import {updateObject} from './update.ts';

const serverSideApply = 'application/apply-patch+yaml';
const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json', serverSideApply];

/** PATCH of an object, or of its status. */
export async function patch(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const {mediaType, value} = await readPatch(call, resource);
	const current = state.storage.of(resource).get(keyOf(resource.namespaced ? call.info.namespace : '', call.info.name));
	if (mediaType === serverSideApply && call.query.get('fieldManager') === null)
		throw invalid({group: 'meta.k8s.io', kind: 'PatchOptions'}, '', [required('fieldManager', 'is required for apply patch')]);
	if (current === undefined && mediaType === serverSideApply)
		return createObject(call, resource, state, withDefaults(checked(call, resource, value), resource));
	if (current === undefined) throw notFound(resource, call.info.name);
	const old = servedVersion(resource, current).object;
	const given = patched(call, resource, old, {mediaType, value});
	return updateObject(call, resource, state, {given, old});
}

/** The patch in a request's body, with its media type. Throws StatusError 400, 413 and 415. */
export async function readPatch(call: ApiCall, resource: Pick<Resource, 'custom'>): Promise<{mediaType: string; value: Json}> {
	const mediaType = mediaTypeOf(call.request);
	const accepted = patchTypes.filter(type => !resource.custom || !type.includes('strategic'));
	const bytes = await call.readBody();
	if (!accepted.includes(mediaType))
		throw resource.custom
			? unsupportedMediaType(mediaType, accepted.join(', '))
			: new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
	try {
		return {mediaType, value: parseBody(bytes, mediaType)};
	} catch (error) {
		throw badRequest(`error decoding patch: ${(error as Error).message}`);
	}
}

/** The object that a patch makes, checked as if it had come whole. Throws StatusError 400, 409 and 422. */
export function patched(call: ApiCall, resource: Resource, old: StoredObject, {mediaType, value}: {mediaType: string; value: Json}): JsonObject {
	const object = applyPatch(old, value, mediaType, resource);
	const {name, namespace = ''} = old.metadata;
	checkSameObject(object, old, resource);
	const metadata = {...objectAt(object, 'metadata'), name, ...(namespace === '' ? {} : {namespace})};
	const whole = {...object, kind: object.kind ?? resource.kind, apiVersion: object.apiVersion ?? apiVersionOf(resource), metadata};
	try {
		return withDefaults(checked(call, resource, whole), resource);
	} catch (error) {
		throw error instanceof StatusError && error.code === 400 ? unreadable(whole, error) : error;
	}
}

/** A patch may say which object and which version it is for. Throws StatusError 400, 409 and 422. */
function checkSameObject(object: JsonObject, {metadata}: StoredObject, resource: Resource): void {
	const {name, namespace = '', uid, resourceVersion} = metadata;
	const given = objectAt(object, 'metadata');
	const text = (key: string) => textAt(given, key);
	const immutable = wrong('metadata.uid', text('uid'), 'field is immutable');
	if (text('name') !== name && text('name') !== '') throw badRequest(`the name of the object (${text('name')}) does not match the name on the URL (${name})`);
	checkNamespace(text('namespace'), namespace, 'request');
	if (text('uid') !== uid && text('uid') !== '') throw invalid(resource, name, [immutable, immutable]);
	if (text('resourceVersion') !== resourceVersion && text('resourceVersion') !== '') throw modified(resource, name);
}

/** A patch that makes something unreadable of a good object is invalid, not malformed. */
function unreadable(object: JsonObject, {message}: StatusError): StatusError {
	const why = message.slice(message.indexOf(': ') + 2);
	return invalid({group: '', kind: ''}, '', [wrong('patch', JSON.stringify(object), why)]);
}

function withDefaults(object: JsonObject, {rules}: Resource): JsonObject {
	return rules.defaults?.(object) ?? object;
}
