import {apiTime} from '../../clock.ts';
import type {Answer, ApiCall, User} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {mediaTypeOf, parseOptions} from '../http/read-body.ts';
import {at, type JsonObject, numberAt, textAt} from '../json.ts';
import {answerWith, find} from '../read/get.ts';
import {apiVersionOf, type Resource, type StoredMeta, type StoredObject} from '../resource.ts';
import {readListOptions} from '../select/list-options.ts';
import {badRequest, conflict} from '../status-error.ts';
import {keyOf} from '../store.ts';
import {Version} from '../version.ts';
import {isDryRun, storeObject} from './store-object.ts';

/** What a deletion is asked to heed. */
export interface DeleteOptions {
	readonly gracePeriodSeconds: number | undefined;
	readonly propagationPolicy: string;
	readonly uid: string;
	readonly resourceVersion: string;
	readonly dryRun: boolean;
}

/** DELETE of one object. */
export async function remove(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const options = await readDeleteOptions(call);
	const {object} = find(call, resource, state);
	return removeObject(resource, state, {object, options, user: call.user});
}

/** DELETE of a collection: everything that the selectors mean. */
export async function removeCollection(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const options = await readDeleteOptions(call);
	const {matches} = readListOptions(call.query, resource);
	const prefix = call.info.namespace === '' ? '' : `${call.info.namespace}/`;
	const chosen = [...state.storage.of(resource).objects(prefix)].filter(object => matches === undefined || matches(object));
	for (const object of chosen) removeObject(resource, state, {object, options, user: call.user});
	const metadata = {resourceVersion: String(state.storage.revision)};
	return {
		code: 200,
		body: {kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: chosen.map(object => listed(object, resource))},
		content: {resource, objects: chosen, list: metadata},
	};
}

/** Where there is a body nothing of the query counts. Throws StatusError 400. apiserver: pkg/endpoints/handlers/delete.go. */
async function readDeleteOptions(call: ApiCall): Promise<DeleteOptions> {
	const bytes = await call.readBody();
	return bytes.length === 0 ? optionsInQuery(call.query) : deleteOptionsOf(parseOptions(bytes, mediaTypeOf(call.request)));
}

function optionsInQuery(query: URLSearchParams): DeleteOptions {
	const grace = query.get('gracePeriodSeconds');
	if (grace !== null && !/^-?\d+$/.test(grace)) throw badRequest(`strconv.ParseInt: parsing "${grace}": invalid syntax`);
	const given = {propagationPolicy: query.get('propagationPolicy') ?? '', ...(grace === null ? {} : {gracePeriodSeconds: Number(grace)})};
	return {...deleteOptionsOf(given), dryRun: isDryRun(query, 'DeleteOptions')};
}

/** Options from a body. */
export function deleteOptionsOf(body: JsonObject): DeleteOptions {
	return {
		gracePeriodSeconds: numberAt(body, 'gracePeriodSeconds'),
		propagationPolicy: textAt(body, 'propagationPolicy') || (at(body, 'orphanDependents') === true ? 'Orphan' : ''),
		uid: textAt(body, 'preconditions', 'uid'),
		resourceVersion: textAt(body, 'preconditions', 'resourceVersion'),
		dryRun: Array.isArray(body.dryRun) && body.dryRun.includes('All'),
	};
}

interface Deletion {
	readonly object: StoredObject;
	readonly options: DeleteOptions;
	readonly user: User;
}

/** Deletes as if it had been asked for. Throws StatusError 403 and 409. apiserver: pkg/registry/generic/registry/store.go Delete, rest/delete.go BeforeDelete. */
export function removeObject(resource: Resource, state: ApiState, {object, options, user}: Deletion): Answer {
	const {name, uid, resourceVersion} = object.metadata;
	if (options.uid !== '' && options.uid !== uid)
		throw conflict(
			byKind(resource),
			name,
			`the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
		);
	if (options.resourceVersion !== '' && options.resourceVersion !== resourceVersion)
		throw conflict(
			byKind(resource),
			name,
			`the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
		);
	for (const admission of state.admissions) {
		admission(
			{
				operation: 'DELETE',
				resource,
				subresource: '',
				namespace: object.metadata.namespace ?? '',
				name,
				object: undefined,
				old: object,
				user,
				dryRun: options.dryRun,
			},
			state,
		);
	}
	const marked = marking(object, resource, state, options);
	if (marked === undefined) return goneAnswer(take(lastShown(object, resource, state), resource, state, options.dryRun), resource);
	return answerWith(200, resource, storeObject(marked, resource, state, options.dryRun));
}

/** In lists of built-in kinds only the list says what they are. */
function listed({kind, apiVersion, ...object}: StoredObject, {custom}: Resource): JsonObject {
	return custom ? {kind, apiVersion, ...object} : object;
}

/** Kinds that may take time to go are shown as if they had been given none. */
function lastShown(object: StoredObject, {rules}: Resource, {clock}: ApiState): StoredObject {
	if (rules.graceSeconds === undefined) return object;
	const {metadata} = object;
	const times = metadata.deletionTimestamp === undefined ? firstMark(metadata, 0, clock.now()) : shorterMark(metadata, metadata.deletionTimestamp, 0);
	return {...object, metadata: {...metadata, ...times}};
}

/** Here upstream names the kind where it names the resource elsewhere. */
function byKind({group, kind}: Resource): {group: string; kind: string; plural: string} {
	return {group, kind, plural: kind};
}

/** The object while it waits to go; undefined: it can go now. */
function marking(object: StoredObject, resource: Resource, state: ApiState, options: DeleteOptions): StoredObject | undefined {
	const {metadata} = object;
	const finalizers = finalizersFor(metadata.finalizers ?? [], options.propagationPolicy);
	const grace = resource.rules.graceSeconds?.(object, options.gracePeriodSeconds) ?? 0;
	if (grace === 0 && finalizers.length === 0 && resource.rules.isHeld?.(object) !== true) return undefined;
	const times =
		metadata.deletionTimestamp === undefined ? firstMark(metadata, grace, state.clock.now()) : shorterMark(metadata, metadata.deletionTimestamp, grace);
	const marked = {...object, metadata: withFinalizers({...metadata, ...times}, finalizers)};
	return resource.rules.whenMarked?.(marked) ?? marked;
}

function firstMark({generation}: StoredMeta, grace: number, now: number): Partial<StoredMeta> {
	const counted = generation === undefined ? {} : {generation: generation + 1};
	return {...counted, deletionTimestamp: apiTime(now + grace * 1_000), deletionGracePeriodSeconds: grace};
}

/** A second wish can only shorten the first. */
function shorterMark({deletionGracePeriodSeconds: old = 0}: StoredMeta, deletionTimestamp: string, grace: number): Partial<StoredMeta> {
	if (grace >= old) return {};
	return {deletionTimestamp: apiTime(Date.parse(deletionTimestamp) - (old - grace) * 1_000), deletionGracePeriodSeconds: grace};
}

function withFinalizers(metadata: StoredObject['metadata'], finalizers: readonly string[]): StoredObject['metadata'] {
	const {finalizers: _, ...rest} = metadata;
	return (finalizers.length === 0 ? rest : {...rest, finalizers}) as StoredObject['metadata'];
}

function finalizersFor(finalizers: readonly string[], policy: string): readonly string[] {
	const others = finalizers.filter(name => name !== 'orphan' && name !== 'foregroundDeletion');
	if (policy === 'Orphan') return [...others, 'orphan'];
	if (policy === 'Foreground') return [...others, 'foregroundDeletion'];
	return policy === '' ? finalizers : others;
}

/** Takes an object away that was marked and for which nobody has to do anything any more; undefined: it stays. */
export function finishDeletion(object: StoredObject, resource: Resource, state: ApiState, dryRun: boolean): Version | undefined {
	const {deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0} = object.metadata;
	if (deletionTimestamp === undefined || finalizers.length > 0 || deletionGracePeriodSeconds > 0 || resource.rules.isHeld?.(object) === true) return undefined;
	return take(object, resource, state, dryRun);
}

function take(object: StoredObject, resource: Resource, {storage}: ApiState, dryRun: boolean): Version {
	const {name, namespace = ''} = object.metadata;
	const removed = dryRun ? undefined : storage.of(resource).remove(keyOf(namespace, name));
	return removed === undefined ? new Version(object, storage.revision) : new Version(object, removed.revision);
}

/** Pods, namespaces and the like are shown as they were; the rest is a plain success. */
function goneAnswer(version: Version, resource: Resource): Answer {
	if (resource.rules.showsDeleted === true) return answerWith(200, resource, version);
	const {name, uid} = version.object.metadata;
	const details: JsonObject = {name, ...(resource.group === '' ? {} : {group: resource.group}), kind: resource.plural, uid};
	return {code: 200, body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details}};
}
