import type {JsonObject} from '../../domain/json.ts';
import {apiPaths, objectPath} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError, messageOf} from '../errors.ts';
import {isRawObject, objectOf, objectsOf, textOf} from '../parse/fields.ts';
import {curlPodLabels, startedByAnnotation} from './manifest.ts';

type DeleteOptions = {readonly connection: Pick<ClusterConnection, 'json'>; readonly namespace: string; readonly name: string};

const attempts = 3;
/** Somebody waits to get the terminal back. */
const timeoutMs = 3_000;

/**
 * Deletes a pod at once; that it is gone already is fine too. With a uid only that very pod. Throws ClusterError when it could not be done in three
 * attempts.
 */
export async function deletePod({connection, namespace, name}: DeleteOptions, uid: string | undefined): Promise<void> {
	const path = objectPath(apiPaths.pods(namespace), name);
	const preconditions = uid === undefined ? {} : {preconditions: {uid}};
	const body = JSON.stringify({apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, ...preconditions});
	const send = () => connection.json({method: 'DELETE', path, contentType: 'application/json', body, timeoutMs});
	for (let attempt = 1; ; attempt++) {
		const error = await send().then(() => undefined, asDeleteError);
		if (error === undefined) return;
		if (attempt === attempts || error.kind === 'forbidden' || error.kind === 'unauthorized') throw stillThere(name, namespace, error);
	}
}

function stillThere(name: string, namespace: string, error: ClusterError): ClusterError {
	return new ClusterError(`the curl pod ${name} could not be deleted: ${error.message}`, {
		kind: error.kind,
		hint: `it ends by itself when its time is over; or: kubectl delete pod -n ${namespace} ${name}`,
		cause: error,
	});
}

/** Undefined where the pod is gone: a conflict is another pod of that name. */
function asDeleteError(error: unknown): ClusterError | undefined {
	const failure = error instanceof ClusterError ? error : new ClusterError(messageOf(error), {kind: 'server', cause: error});
	return failure.kind === 'not-found' || failure.kind === 'conflict' ? undefined : failure;
}

function isLeftOver(pod: JsonObject, startedBy: string): boolean {
	const {annotations} = objectOf(pod.metadata);
	const {phase} = objectOf(pod.status);
	return objectOf(annotations)[startedByAnnotation] === startedBy && (phase === 'Succeeded' || phase === 'Failed');
}

/** Runs the deletion of a pod of this name; what stands around it may write it down. Rejects where the deletion does. */
export type AroundDeletion = (name: string, remove: () => Promise<void>) => Promise<void>;

type LeftOverOptions = {readonly namespace: string; readonly startedBy: string; readonly around: AroundDeletion; readonly signal: AbortSignal};

/** Deletes what an earlier rollwatch of the same person has left behind: curl pods that have ended by themselves. Never throws: it is a courtesy. */
export async function deleteLeftOvers(connection: Pick<ClusterConnection, 'json'>, {namespace, startedBy, around, signal}: LeftOverOptions): Promise<void> {
	const labelSelector = Object.entries(curlPodLabels)
		.map(([name, value]) => `${name}=${value}`)
		.join(',');
	try {
		const list = await connection.json({path: apiPaths.pods(namespace), query: {labelSelector, limit: '100'}, signal});
		for (const pod of objectsOf(isRawObject(list) ? list.items : undefined)) {
			const {name, uid} = objectOf(pod.metadata);
			const podName = textOf(name);
			if (podName === undefined || !isLeftOver(pod, startedBy)) continue;
			await around(podName, () => deletePod({connection, namespace, name: podName}, textOf(uid)));
		}
	} catch {
		// Whoever may not list or delete them leaves them where they are.
	}
}
