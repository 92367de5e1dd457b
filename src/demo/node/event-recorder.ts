import {type ApiClient, ApiError, type ApiRequest} from '../api-client.ts';
import {apiTime, type Clock, sleep} from '../clock.ts';
import type {ApiPod} from './api-pod.ts';

/** Tells what happens to a pod's container, as the kubelet's event recorder does. */
export interface EventRecorder {
	readonly record: (pod: ApiPod, container: string, type: EventType, reason: string, message: string) => void;
	/** The pod is gone: nothing more will be said about it. */
	readonly forget: (uid: string) => void;
}

type EventType = 'Normal' | 'Warning';

interface Repeated {
	readonly name: string;
	readonly firstTimestamp: string;
	count: number;
}

/** What has been said about one pod; its writes follow one another, so that its events keep their order. */
interface PodEvents {
	readonly repeated: Map<string, Repeated>;
	readonly mayRecord: Record<EventType, () => boolean>;
	lastWrite: Promise<void>;
}

/** client-go's spam filter: 25 events per pod and type at once, then one each five minutes. */
const burst = 25;
const refillMs = 300_000;
const attempts = 12;

/** A recorder for one node. What repeats is counted on the first event. */
export function createEventRecorder(api: ApiClient, clock: Clock, nodeName: string, signal: AbortSignal): EventRecorder {
	const pods = new Map<string, PodEvents>();
	let serial = 0;
	const podEvents = (uid: string) => {
		const known = pods.get(uid) ?? {repeated: new Map(), mayRecord: {Normal: createBucket(clock), Warning: createBucket(clock)}, lastWrite: Promise.resolve()};
		pods.set(uid, known);
		return known;
	};
	const write = async (call: ApiRequest) => {
		for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
			try {
				// Without the signal: a burst would put hundreds of listeners on it, and closing the client ends the requests as well.
				await api.send(call);
				return;
			} catch (error) {
				// A refusal stays one: the namespace is gone or ending, or the event's hour is over. No event is worth stopping for.
				if (error instanceof ApiError && error.status < 429) return;
				await sleep(clock, 1_000, signal);
			}
		}
	};
	return {
		record(pod, container, type, reason, message) {
			const {uid, namespace, name} = pod.metadata;
			const events = podEvents(uid);
			if (signal.aborted || !events.mayRecord[type]()) return;
			const now = apiTime(clock.now());
			const key = [container, type, reason, message].join('\u0000');
			const event = events.repeated.get(key) ?? {name: `${name}.${nameSuffix(clock.now(), serial++)}`, firstTimestamp: now, count: 0};
			events.repeated.set(key, event);
			event.count++;
			const counted = {count: event.count, lastTimestamp: now};
			const path = `/api/v1/namespaces/${namespace}/events`;
			const call: ApiRequest =
				event.count > 1
					? {method: 'PATCH', path: `${path}/${event.name}`, body: counted, contentType: 'application/strategic-merge-patch+json'}
					: {
							method: 'POST',
							path,
							body: {...eventAbout(pod, container, nodeName), metadata: {name: event.name, namespace}, type, reason, message, firstTimestamp: now, ...counted},
						};
			events.lastWrite = events.lastWrite.then(() => write(call));
		},
		forget: uid => pods.delete(uid),
	};
}

/** The kubelet names events after the nanosecond; within a millisecond a counter stands for it. */
function nameSuffix(epochMs: number, serial: number): string {
	return (BigInt(Math.floor(epochMs)) * 1_000_000n + BigInt(serial % 1_000_000)).toString(16);
}

function eventAbout({metadata}: ApiPod, container: string, host: string): object {
	const {name, namespace, uid, resourceVersion} = metadata;
	return {
		apiVersion: 'v1',
		kind: 'Event',
		involvedObject: {apiVersion: 'v1', kind: 'Pod', name, namespace, uid, resourceVersion, fieldPath: `spec.containers{${container}}`},
		source: {component: 'kubelet', host},
		reportingComponent: 'kubelet',
		reportingInstance: host,
	};
}

function createBucket(clock: Clock): () => boolean {
	let tokens = burst;
	let filledAt = clock.now();
	return () => {
		const now = clock.now();
		tokens = Math.min(burst, tokens + (now - filledAt) / refillMs);
		filledAt = now;
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
}
