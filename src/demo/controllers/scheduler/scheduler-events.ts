import type {ApiRequest} from '../../api-client.ts';
import type {Clock} from '../../clock.ts';
import {type ControllerContext, involved} from '../context.ts';
import type {Pod} from '../kinds.ts';

/** Tells of the scheduler's decisions, in the newer kind of events (events.k8s.io; client-go: tools/events). */
export interface SchedulerEvents {
	readonly record: (pod: Pod, type: 'Normal' | 'Warning', reason: string, action: string, note: string) => void;
}

interface Told {
	readonly name: string;
	readonly at: number;
	count: number;
}

const reporter = 'default-scheduler';
/** What has not been said again for so long begins anew. */
const seriesMs = 360_000;
const mostTold = 4_096;

/** The second event of a kind about a version of a pod makes a series of the first; further ones are not written, as upstream counts them for half an hour. */
export function createSchedulerEvents({api, clock, signal}: ControllerContext): SchedulerEvents {
	const told = new Map<string, Told>();
	let serial = 0;
	const send = (request: ApiRequest) => {
		// An event that can't be written is no reason to stop scheduling.
		if (!signal.aborted) api.send(request).catch(() => undefined);
	};
	return {
		record(pod, type, reason, action, note) {
			const {namespace, name, uid, resourceVersion} = pod.metadata;
			const key = [uid, resourceVersion, type, reason, action].join('\u0000');
			const now = clock.now();
			const known = told.get(key);
			const path = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
			if (known !== undefined && now - known.at < seriesMs) {
				known.count++;
				const series = {count: known.count, lastObservedTime: microTime(clock)};
				if (known.count === 2) send({method: 'PATCH', path: `${path}/${known.name}`, body: {series}, contentType: 'application/strategic-merge-patch+json'});
				return;
			}
			const eventName = `${name}.${(BigInt(Math.floor(now)) * 1_000_000n + BigInt(serial++ % 1_000_000)).toString(16)}`;
			remember(told, key, {name: eventName, at: now, count: 1});
			const regarding = involved(pod);
			const body = {
				apiVersion: 'events.k8s.io/v1',
				kind: 'Event',
				metadata: {name: eventName, namespace},
				eventTime: microTime(clock),
				reportingController: reporter,
				reportingInstance: `${reporter}-control-plane`,
				action,
				reason,
				regarding,
				note,
				type,
			};
			send({method: 'POST', path, body});
		},
	};
}

function remember(told: Map<string, Told>, key: string, entry: Told): void {
	told.delete(key);
	told.set(key, entry);
	if (told.size <= mostTold) return;
	const [first = ''] = told.keys();
	told.delete(first);
}

/** metav1.MicroTime: with six digits after the second. */
function microTime(clock: Clock): string {
	return `${new Date(clock.now()).toISOString().slice(0, 23)}000Z`;
}
