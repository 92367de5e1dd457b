import type {ApiClient} from '../../api-client.ts';
import {ApiError, isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {pathOf, podPath} from '../paths.ts';
import {createWorkQueue} from '../work-queue.ts';
import {namespacedKinds} from './namespaced-kinds.ts';

const finalizer = 'kubernetes';
/** How long until it is looked again whether the content has gone; the last pod wakes sooner. */
const recheckMs = 5_000;

/** Empties namespaces that are being deleted, pods first, and lets them go (kubernetes: pkg/controller/namespace). */
export function createNamespaceController({api, clock, informers}: ControllerContext): Controller {
	const {namespaces, pods} = informers;
	const sync = async (name: string) => {
		const namespace = namespaces.get(name);
		if (namespace === undefined || !isEnding(namespace)) return;
		const isEmpty = (await clear(api, podPath(name))) && (await clearRest(api, name));
		if (!isEmpty) return queue.addAfter(name, recheckMs);
		await release(api, namespace);
	};
	const queue = createWorkQueue({clock, sync, firstDelayMs: 1_000});
	namespaces.onChange(({now}) => {
		if (now !== undefined && isEnding(now)) queue.add(now.metadata.name);
	});
	pods.onChange(({before, now}) => {
		if (now !== undefined || before === undefined) return;
		const namespace = namespaces.get(before.metadata.namespace);
		if (namespace !== undefined && isEnding(namespace)) queue.add(namespace.metadata.name);
	});
	return queue;
}

function isEnding({metadata, spec}: ApiObject): boolean {
	return metadata.deletionTimestamp !== undefined && finalizersOf(spec).includes(finalizer);
}

function finalizersOf(spec: unknown): readonly string[] {
	return (spec as {finalizers?: readonly string[]} | undefined)?.finalizers ?? [];
}

async function clearRest(api: ApiClient, namespace: string): Promise<boolean> {
	let isEmpty = true;
	for (const {apiVersion, plural} of await namespacedKinds(api)) {
		if (plural !== 'pods' && !(await clear(api, pathOf(apiVersion, plural, namespace)))) isEmpty = false;
	}
	return isEmpty;
}

/** Deletes all objects of a kind. Gives whether none is left. */
async function clear(api: ApiClient, path: string): Promise<boolean> {
	try {
		await api.send({method: 'DELETE', path});
		const {items} = (await api.send({path, query: {limit: '1'}})) as {items: readonly unknown[] | null};
		return (items ?? []).length === 0;
	} catch (error) {
		// A kind that can't be deleted or listed, or has gone meanwhile, keeps no namespace.
		if (error instanceof ApiError && (error.status === 404 || error.status === 405)) return true;
		throw error;
	}
}

async function release(api: ApiClient, namespace: ApiObject): Promise<void> {
	const finalizers = finalizersOf(namespace.spec).filter(other => other !== finalizer);
	const path = `/api/v1/namespaces/${namespace.metadata.name}/finalize`;
	try {
		await api.send({method: 'PUT', path, body: {...namespace, spec: {...(namespace.spec as object), finalizers}}});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
