import {createHash} from 'node:crypto';
import {type ApiClient, ApiError} from '../api-client.ts';
import {type Clock, sleep} from '../clock.ts';
import {type ApiPod, podPath} from './api-pod.ts';
import type {PodStatus} from './pod-status.ts';

/** Brings one pod's status to the API server; when the server is slow, only the newest one. */
export interface StatusWriter {
	readonly set: (pod: ApiPod, status: PodStatus) => void;
	/** Comes back when the API server has what was set last, or the pod is gone. */
	readonly flushed: () => Promise<void>;
}

/** A writer for one pod. */
export function createStatusWriter(api: ApiClient, clock: Clock, signal: AbortSignal): StatusWriter {
	let pending: (() => Promise<unknown>) | undefined;
	let sent = '';
	let writing: Promise<void> | undefined;

	const drain = async () => {
		while (pending !== undefined && !signal.aborted) {
			const write = pending;
			pending = undefined;
			try {
				await write();
			} catch (error) {
				// Gone, replaced by another pod of that name, or refused for what it says: the same patch will not do better.
				if (error instanceof ApiError && error.status < 429) continue;
				pending ??= write;
				await sleep(clock, 1_000, signal);
			}
		}
		writing = undefined;
	};

	return {
		set(pod, status) {
			const body = {metadata: {uid: pod.metadata.uid}, status: asPatch(pod, status)};
			// Not the text itself: there may be thousands of pods.
			const digest = createHash('sha1').update(JSON.stringify(body)).digest('base64');
			if (digest === sent) return;
			sent = digest;
			pending = () => api.send({method: 'PATCH', path: `${podPath(pod)}/status`, body, contentType: 'application/strategic-merge-patch+json', signal});
			writing ??= drain();
		},
		flushed: async () => writing,
	};
}

/** Conditions are merged by type, so what is no longer said must be named as null, and their order sent along. */
function asPatch(pod: ApiPod, {conditions = [], ...status}: PodStatus): object {
	const ours = new Set(conditions.map(({type}) => type));
	const foreign = (pod.status.conditions ?? []).filter(({type}) => !ours.has(type));
	return {
		...status,
		'$setElementOrder/conditions': [...foreign, ...conditions].map(({type}) => ({type})),
		conditions: conditions.map(condition => ({reason: null, message: null, ...condition})),
	};
}
