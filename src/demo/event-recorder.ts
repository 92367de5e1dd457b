import {type ApiClient, ApiError, type ApiRequest, isNotFound} from './api-client.ts';
import {apiTime, type Clock, sleep} from './clock.ts';
import {correlateEvents, type Observed} from './event-correlation.ts';

/** Tells the API what happens to objects, as client-go's event recorder does. */
export interface EventRecorder {
	readonly record: (about: InvolvedObject, type: EventType, reason: string, message: string) => void;
	/** The object is gone: nothing more will be said about it. */
	readonly forget: (uid: string) => void;
}

export type EventType = 'Normal' | 'Warning';

/** The object that an event is about; one without a namespace (a Node) has its events in `default`. */
export interface InvolvedObject {
	readonly apiVersion: string;
	readonly kind: string;
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly uid: string;
	readonly resourceVersion?: string | undefined;
	/** A part of the object, such as `spec.containers{app}`. */
	readonly fieldPath?: string;
}

/** Who speaks: `deployment-controller`, or `kubelet` on a host. */
export interface EventSource {
	readonly component: string;
	readonly host?: string;
}

const attempts = 12;

/** A recorder for one source. What repeats is counted on the first event; an object's events keep their order. */
export function createEventRecorder(api: ApiClient, clock: Clock, source: EventSource, signal: AbortSignal): EventRecorder {
	const correlation = correlateEvents(clock);
	const lastWrites = new Map<string, Promise<void>>();
	let serial = 0;
	const send = async (observed: Observed, create: ApiRequest) => {
		if (observed.count === 1) return api.send(create);
		const {count, lastTimestamp, message} = observed;
		const body = {count, lastTimestamp, message};
		try {
			return await api.send({method: 'PATCH', path: `${create.path}/${observed.name}`, body, contentType: 'application/strategic-merge-patch+json'});
		} catch (error) {
			// Its hour is over.
			if (isNotFound(error)) return api.send(create);
			throw error;
		}
	};
	const write = async (observed: Observed, create: ApiRequest) => {
		for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
			try {
				// Without the signal: a burst would put hundreds of listeners on it, and closing the client ends the requests as well.
				await send(observed, create);
				return;
			} catch (error) {
				// A refusal stays one: the namespace is gone or ending. No event is worth stopping for.
				if (error instanceof ApiError && error.status < 429) return;
				await sleep(clock, 1_000, signal);
			}
		}
	};
	return {
		record(about, type, reason, message) {
			if (signal.aborted) return;
			const name = `${about.name}.${nameSuffix(clock.now(), serial++)}`;
			const observed = correlation.observe({uid: about.uid, part: about.fieldPath ?? '', type, reason, message, name, now: apiTime(clock.now())});
			if (observed === undefined) return;
			const namespace = about.namespace ?? 'default';
			const create: ApiRequest = {method: 'POST', path: `/api/v1/namespaces/${namespace}/events`, body: eventObject(about, type, reason, source, observed)};
			const written = (lastWrites.get(about.uid) ?? Promise.resolve()).then(() => write(observed, create));
			lastWrites.set(about.uid, written);
			void written.then(() => {
				if (lastWrites.get(about.uid) === written) lastWrites.delete(about.uid);
			});
		},
		forget: correlation.forget,
	};
}

/** client-go names events after the nanosecond; within a millisecond a counter stands for it. */
function nameSuffix(epochMs: number, serial: number): string {
	return (BigInt(Math.floor(epochMs)) * 1_000_000n + BigInt(serial % 1_000_000)).toString(16);
}

function eventObject(about: InvolvedObject, type: EventType, reason: string, source: EventSource, observed: Observed): object {
	const {name, isAggregate, ...counted} = observed;
	return {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {name, namespace: about.namespace ?? 'default'},
		involvedObject: about,
		type,
		reason,
		...counted,
		source,
		// client-go's aggregates say only in `source` who speaks.
		...(isAggregate ? {} : {reportingComponent: source.component, reportingInstance: source.host ?? ''}),
	};
}
