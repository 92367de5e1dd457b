import type {Buffer} from 'node:buffer';
import type {K8sEvent} from '../../domain/k8s-event.ts';
import {isNamedAfter, wholeNameLength} from '../../domain/named-after.ts';
import type {Workload} from '../../domain/workload.ts';

/**
 * Decides on the bytes of an event object whether it can be about the workload, its ReplicaSets or its pods: all their names begin with the workload's.
 *
 * The API can't select these events: field selectors know no "or" and no prefix, so the choice is one watch of the namespace, or one watch per pod.
 * One watch it is, and events of other workloads are thrown away unparsed, which costs a busy namespace a search through its bytes and no memory.
 */
export function mentions(workloadName: string): (bytes: Buffer) => boolean {
	const beginning = `"${workloadName.slice(0, wholeNameLength)}`;
	return bytes => bytes.includes(beginning);
}

/** Whether the event is about the workload, a ReplicaSet of its name, or a pod of it. A pod that nobody has seen yet counts already. */
export function isAbout(workload: Pick<Workload, 'kind' | 'name'>): (event: K8sEvent) => boolean {
	const isNamed = isNamedAfter(workload);
	return ({object}) => isNamed(object);
}

/** Events are kept for an hour; of a rollout of thousands of pods only the newest say something about now. */
const mostEvents = 1_000;

/** The newest events, oldest first. */
export function newestEvents(events: readonly K8sEvent[]): readonly K8sEvent[] {
	if (events.length <= mostEvents) return events;
	return events.toSorted((left, right) => (left.lastAt ?? 0) - (right.lastAt ?? 0)).slice(-mostEvents);
}
