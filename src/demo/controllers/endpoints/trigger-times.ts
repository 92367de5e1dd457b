import type {Pod, Service} from '../kinds.ts';
import {conditionOf} from '../pods.ts';

/** When what happened that made a Service's endpoints change; clients measure by it how long the change took (kubernetes: TriggerTimeTracker). */
export interface TriggerTimes {
	/** In the API's time format; undefined when nothing new is known to have happened. */
	readonly next: (service: Service, pods: Iterable<Pod>) => string | undefined;
	readonly forget: (key: string) => void;
}

interface Seen {
	readonly service: string;
	readonly pods: ReadonlyMap<string, string>;
}

/** Where the trigger time is written. */
export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Has seen nothing yet. */
export function createTriggerTimes(): TriggerTimes {
	const services = new Map<string, Seen>();
	return {
		next(service, pods) {
			const {namespace, name, creationTimestamp} = service.metadata;
			const key = `${namespace}/${name}`;
			const before = services.get(key);
			const times = new Map<string, string>();
			let earliest: string | undefined;
			const consider = (time: string, seen: string | undefined) => {
				// The API's times sort as texts.
				if (time > (seen ?? '') && (earliest === undefined || time < earliest)) earliest = time;
			};
			for (const pod of pods) {
				const time = conditionOf(pod, 'Ready')?.lastTransitionTime;
				if (!time) continue;
				times.set(pod.metadata.name, time);
				consider(time, before?.pods.get(pod.metadata.name));
			}
			consider(creationTimestamp, before?.service);
			services.set(key, {service: creationTimestamp, pods: times});
			return before === undefined ? creationTimestamp : earliest;
		},
		forget: key => services.delete(key),
	};
}
