import type {Pod} from '../kinds.ts';
import {isAvailable, isReady} from '../pods.ts';
import {revisionOf} from './stateful-pod.ts';
import type {StatefulSet, StatefulSetStatus} from './stateful-set.ts';

/** What the next status is made from. */
export interface ObservedSet {
	readonly set: StatefulSet;
	readonly pods: readonly Pod[];
	/** Names of ControllerRevisions. */
	readonly currentRevision: string;
	readonly updateRevision: string;
	readonly collisionCount: number;
	/** How many pods have just been told to make way for the newest template. */
	readonly replaced: number;
	readonly nowMs: number;
}

/** The status for what was seen (kubernetes: stateful_set_control.go updateStatus, stateful_set_utils.go completeRollingUpdate). */
export function statefulSetStatus({set, pods, currentRevision, updateRevision, collisionCount, replaced, nowMs}: ObservedSet) {
	const ready = pods.filter(pod => pod.status?.phase === 'Running' && isReady(pod));
	const staying = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const ofRevision = (revision: string) => staying.filter(pod => revisionOf(pod) === revision).length;
	const status = {
		observedGeneration: set.metadata.generation,
		replicas: pods.length,
		readyReplicas: ready.length,
		availableReplicas: ready.filter(pod => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs)).length,
		currentReplicas: ofRevision(currentRevision) - replaced,
		updatedReplicas: ofRevision(updateRevision),
		currentRevision,
		updateRevision,
		collisionCount,
	};
	const {replicas, updateStrategy} = set.spec;
	const isComplete = [status.updatedReplicas, status.readyReplicas, status.replicas].every(count => count === replicas);
	if (updateStrategy.type !== 'RollingUpdate' || !isComplete) return status;
	return {...status, currentReplicas: status.updatedReplicas, currentRevision: updateRevision};
}

const counts = ['replicas', 'currentReplicas', 'readyReplicas', 'updatedReplicas', 'availableReplicas'] as const;

/** Whether writing the status would change nothing (kubernetes: stateful_set_utils.go inconsistentStatus). */
export function sameStatefulSetStatus(stored: StatefulSetStatus | undefined, status: StatefulSetStatus): boolean {
	return (
		(status.observedGeneration ?? 0) <= (stored?.observedGeneration ?? 0) &&
		counts.every(count => (stored?.[count] ?? 0) === (status[count] ?? 0)) &&
		stored?.currentRevision === status.currentRevision &&
		stored?.updateRevision === status.updateRevision
	);
}
