import type {ApiClient} from '../../api-client.ts';
import {isNotFound} from '../../api-client.ts';
import type {ApiObject, OwnerReference} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {keyOf} from '../informer.ts';
import {createWorkQueue} from '../work-queue.ts';
import {findOwner, type KnownKind, knownKinds, objectPath, ownerPath} from './known-kinds.ts';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

/**
 * Removes what has lost its owners: in the background after them, in the foreground before them, or not at all but without an owner from then on
 * (kubernetes: pkg/controller/garbagecollector).
 */
export function createGarbageCollector({api, clock, informers}: ControllerContext): Controller {
	const kinds = knownKinds(informers);
	const ownedBy = (uid: string) => [...kinds.values()].flatMap(kind => [...kind.ownedBy(uid)].map(object => ({kind, object})));
	const sync = async (key: string) => {
		const [name = '', objectKey = ''] = key.split('|');
		const kind = kinds.get(name);
		const object = kind?.get(objectKey);
		if (kind === undefined || object === undefined) return;
		if (isEnding(object, orphan)) return orphanAll(kind, object);
		if (isEnding(object, foreground)) return removeDependentsFirst(kind, object);
		if (object.metadata.deletionTimestamp === undefined) await removeUnowned(kind, object);
	};
	const queue = createWorkQueue({clock, sync, workers: 20});
	const wake = (kind: KnownKind, object: ApiObject) => queue.add(`${kind.kind}|${keyOf(object)}`);

	const orphanAll = async (kind: KnownKind, owner: ApiObject) => {
		const dependents = ownedBy(owner.metadata.uid);
		await Promise.all(dependents.map(({kind: own, object}) => removeReferences(api, objectPath(own, object), object, [owner.metadata.uid])));
		await removeFinalizer(api, objectPath(kind, owner), owner, orphan);
	};
	const removeDependentsFirst = async (kind: KnownKind, owner: ApiObject) => {
		const {uid} = owner.metadata;
		const blocking = ownedBy(uid).filter(({object}) => referenceTo(object, uid)?.blockOwnerDeletion === true);
		if (blocking.length === 0) return removeFinalizer(api, objectPath(kind, owner), owner, foreground);
		for (const dependent of blocking) if (!isEnding(dependent.object, foreground)) wake(dependent.kind, dependent.object);
	};
	const removeUnowned = async (kind: KnownKind, object: ApiObject) => {
		const {ownerReferences = [], namespace} = object.metadata;
		const states = await Promise.all(ownerReferences.map(owner => stateOf(kinds.get(owner.kind), owner, namespace)));
		const uids = (wanted: readonly OwnerState[]) => ownerReferences.filter((_, index) => wanted.includes(states[index] ?? 'there')).map(({uid}) => uid);
		if (ownerReferences.length === 0 || (states.includes('there') && uids(['gone', 'waiting']).length === 0)) return;
		const path = objectPath(kind, object);
		if (states.includes('there')) return removeReferences(api, path, object, uids(['gone', 'waiting']));
		const hasDependents = ownedBy(object.metadata.uid).length > 0;
		await remove(path, object, states.includes('waiting') && hasDependents ? 'Foreground' : 'Background');
	};
	const stateOf = async (kind: KnownKind | undefined, owner: OwnerReference, namespace: string | undefined): Promise<OwnerState> => {
		// Kinds that are not followed can't be told gone.
		if (kind === undefined) return 'there';
		const found = findOwner(kind, owner, namespace);
		if (found !== undefined) return isEnding(found, foreground) ? 'waiting' : 'there';
		return (await isThere(api, ownerPath(kind, owner, namespace), owner)) ? 'there' : 'gone';
	};
	const remove = async (path: string, {metadata: {uid, resourceVersion}}: ApiObject, propagationPolicy: string) => {
		const body = {apiVersion: 'v1', kind: 'DeleteOptions', preconditions: {uid, resourceVersion}, propagationPolicy};
		await tolerateGone(api.send({method: 'DELETE', path, body}));
	};

	const onGone = (object: ApiObject) => {
		for (const dependent of ownedBy(object.metadata.uid)) wake(dependent.kind, dependent.object);
		for (const owner of ownersOf(kinds, object)) if (isEnding(owner.object, foreground)) wake(owner.kind, owner.object);
	};
	const onKnown = (kind: KnownKind, object: ApiObject, isNew: boolean) => {
		const mayBeOrphan = isNew && ownersOf(kinds, object).length < (object.metadata.ownerReferences ?? []).length;
		if (mayBeOrphan || isEnding(object, foreground) || isEnding(object, orphan)) wake(kind, object);
	};
	for (const kind of kinds.values()) {
		kind.onChange(({before, now}) => {
			if (now !== undefined) onKnown(kind, now, before === undefined);
			else if (before !== undefined) onGone(before);
		});
	}
	return queue;
}

type OwnerState = 'there' | 'gone' | 'waiting';

function isEnding({metadata: {deletionTimestamp, finalizers = []}}: ApiObject, finalizer: string): boolean {
	return deletionTimestamp !== undefined && finalizers.includes(finalizer);
}

function referenceTo({metadata: {ownerReferences = []}}: ApiObject, uid: string): OwnerReference | undefined {
	return ownerReferences.find(owner => owner.uid === uid);
}

function ownersOf(kinds: ReadonlyMap<string, KnownKind>, {metadata: {ownerReferences = [], namespace}}: ApiObject) {
	return ownerReferences.flatMap(reference => {
		const kind = kinds.get(reference.kind);
		const object = kind === undefined ? undefined : findOwner(kind, reference, namespace);
		return kind === undefined || object === undefined ? [] : [{kind, object}];
	});
}

/** The watch may not have told of the owner yet, so the API itself is asked. */
async function isThere(api: ApiClient, path: string, {uid}: OwnerReference): Promise<boolean> {
	try {
		return ((await api.send({path})) as ApiObject).metadata.uid === uid;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}

async function removeReferences(api: ApiClient, path: string, {metadata: {uid}}: ApiObject, owners: readonly string[]): Promise<void> {
	const body = {metadata: {ownerReferences: owners.map(owner => ({$patch: 'delete', uid: owner})), uid}};
	await tolerateGone(api.send({method: 'PATCH', path, body, contentType: 'application/strategic-merge-patch+json'}));
}

async function removeFinalizer(api: ApiClient, path: string, {metadata}: ApiObject, finalizer: string): Promise<void> {
	const finalizers = (metadata.finalizers ?? []).filter(other => other !== finalizer);
	const body = {metadata: {resourceVersion: metadata.resourceVersion, finalizers}};
	await tolerateGone(api.send({method: 'PATCH', path, body, contentType: 'application/merge-patch+json'}));
}

async function tolerateGone(answer: Promise<unknown>): Promise<void> {
	try {
		await answer;
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
