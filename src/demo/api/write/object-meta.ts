import {randomUUID} from 'node:crypto';
import {apiTime} from '../../clock.ts';
import type {ApiState} from '../api-state.ts';
import {type JsonObject, sameJson, textAt} from '../json.ts';
import type {Resource, StoredMeta, StoredObject} from '../resource.ts';
import {badRequest, conflict} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {newName} from './object-name.ts';

/** The metadata of a new object: what the server keeps of itself, and what it was given otherwise. apiserver: pkg/registry/rest/create.go, meta.go. */
export function metaForCreate(given: JsonObject, resource: Resource, namespace: string, state: ApiState): StoredMeta {
	const {clock, random} = state;
	const isTaken = (name: string) => state.storage.of(resource).get(keyOf(resource.namespaced ? namespace : '', name)) !== undefined;
	const {
		uid: _,
		selfLink: _link,
		managedFields: _fields,
		resourceVersion: _version,
		deletionTimestamp: _at,
		deletionGracePeriodSeconds: _grace,
		...kept
	} = given;
	const {name, namespace: _namespace, generation: _generation, ...rest} = kept;
	return {
		name: newName(textAt(kept, 'name'), textAt(kept, 'generateName'), random, isTaken),
		...rest,
		...(resource.namespaced ? {namespace} : {}),
		uid: randomUUID(),
		resourceVersion: '',
		...(resource.rules.generation === undefined ? {} : {generation: 1}),
		creationTimestamp: apiTime(clock.now()),
	};
}

/** The metadata of a changed object: what the server keeps stays as it was. Throws StatusError 400 and 409. apiserver: pkg/registry/rest/update.go. */
export function metaForUpdate(given: JsonObject, {metadata: old}: StoredObject, resource: Resource): StoredMeta {
	const version = textAt(given, 'resourceVersion');
	if (version !== '' && version !== '0' && version !== old.resourceVersion) throw modified(resource, old.name);
	const uid = textAt(given, 'uid');
	if (uid !== '' && uid !== old.uid) throw otherUid(resource, old, uid);
	const {managedFields: _fields, selfLink: _link, generateName: _prefix, generation: _generation, ...rest} = given;
	const {deletionTimestamp: _at, deletionGracePeriodSeconds: _grace, ...free} = rest;
	const {name, namespace, uid: ownUid, resourceVersion, generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generateName} = old;
	const own = {name, namespace, uid: ownUid, resourceVersion, generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generateName};
	const meta = {...free, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))};
	return sameJson(meta, old) ? old : (meta as unknown as StoredMeta);
}

/** 409, in the words of upstream's storage, whose keys begin so. */
function otherUid({plural, kind, group}: Resource, {name, namespace = '', uid}: StoredMeta, given: string): Error {
	const key = `/registry/${registryPaths[plural] ?? plural}/${namespace === '' ? '' : `${namespace}/`}${name}`;
	const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${given}, UID in object meta: ${uid}`;
	return conflict({plural, kind, group}, name, why);
}

/** Where upstream keeps what it keeps elsewhere than under its name. */
const registryPaths: Readonly<Record<string, string>> = {services: 'services/specs', endpoints: 'services/endpoints', nodes: 'minions'};

/** 409: somebody else was quicker. */
export function modified(resource: Resource, name: string): Error {
	return conflict(resource, name, 'the object has been modified; please apply your changes to the latest version and try again');
}

/** Throws StatusError 400 when an object says another name or namespace than the path. apiserver: handlers/rest.go checkName. */
export function checkName(given: JsonObject, name: string, namespace: string): void {
	const ownName = textAt(given, 'name');
	const ownNamespace = textAt(given, 'namespace');
	if (ownName === '') throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
	if (ownName !== name) throw badRequest(`the name of the object (${ownName}) does not match the name on the URL (${name})`);
	checkNamespace(ownNamespace, namespace, 'request');
}

/** Throws StatusError 400 when an object says another namespace than the path. */
export function checkNamespace(own: string, namespace: string, where: 'request'): void {
	if (own === '' || own === namespace || namespace === '') return;
	throw badRequest(`the namespace of the provided object does not match the namespace sent on the ${where}`);
}
