import {ApiError} from '../api-client.ts';
import {sleep} from '../clock.ts';
import {type ApiPod, podPath} from './api-pod.ts';
import type {NodeContext} from './node-context.ts';

/** Tells the API that nothing of the pod is left; the uid keeps a new pod of the same name safe. */
export async function deletePod(pod: ApiPod, {api, clock}: NodeContext, signal: AbortSignal): Promise<void> {
	const body = {apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: {uid: pod.metadata.uid}};
	while (!signal.aborted) {
		try {
			await api.send({method: 'DELETE', path: podPath(pod), body, signal});
			return;
		} catch (error) {
			if (error instanceof ApiError && error.status < 429) return;
			await sleep(clock, 1_000, signal);
		}
	}
}
