import type {Pod} from '../kinds.ts';
import {isAvailable, isReady} from '../pods.ts';
import {byPlacementAndAge, isUpdated} from './daemon-pod.ts';
import type {DaemonSet, DaemonSetStatus} from './daemon-set.ts';
import type {DaemonSituation} from './plan-nodes.ts';
import {nodeWish} from './should-run.ts';

/**
 * The status for what was seen: of each node the oldest pod counts (kubernetes: daemon_controller.go updateDaemonSetStatus). `isProcessed`: the set's
 * newest generation was acted upon.
 */
export function daemonSetStatus({set, nodes, podsByNode, hash, nowMs}: DaemonSituation, isProcessed: boolean): DaemonSetStatus {
	const places = nodes.map(node => ({wanted: nodeWish(set, node).shouldRun, pod: podsByNode.get(node.metadata.name)?.toSorted(byPlacementAndAge)[0]}));
	const wanted = places.filter(place => place.wanted);
	const pods = wanted.flatMap(({pod}) => pod ?? []);
	const ready = pods.filter(isReady);
	const available = ready.filter((pod: Pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs)).length;
	return {
		...set.status,
		desiredNumberScheduled: wanted.length,
		currentNumberScheduled: pods.length,
		numberMisscheduled: places.filter(place => !place.wanted && place.pod !== undefined).length,
		numberReady: ready.length,
		updatedNumberScheduled: pods.filter(pod => isUpdated(pod, set, hash)).length,
		numberAvailable: available,
		numberUnavailable: wanted.length - available,
		...(isProcessed && {observedGeneration: set.metadata.generation}),
	};
}

const counts = [
	'desiredNumberScheduled',
	'currentNumberScheduled',
	'numberMisscheduled',
	'numberReady',
	'updatedNumberScheduled',
	'numberAvailable',
	'numberUnavailable',
] as const;

/** Whether writing the status would change nothing (kubernetes: daemon_controller.go storeDaemonSetStatus). */
export function sameDaemonSetStatus({status: stored, metadata: {generation = 0}}: DaemonSet, status: DaemonSetStatus): boolean {
	return stored !== undefined && counts.every(count => (stored[count] ?? 0) === (status[count] ?? 0)) && (stored.observedGeneration ?? 0) >= generation;
}
