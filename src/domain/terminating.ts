import type {Pod} from './pod.ts';
import {isPodEnded} from './pod-availability.ts';
import type {RolloutObjects} from './pod-side.ts';
import type {SidedPods} from './sided-pods.ts';

/** Pods that were told to end and have not yet ended. */
export type TerminatingCounts = {readonly new: number; readonly old: number; readonly total: number};

/** Deleted, and its containers may still run: the API's own meaning of `terminatingReplicas`. kubernetes: controller_utils.go FilterTerminatingPods. */
export function isPodTerminating(pod: Pod): boolean {
	return pod.deletedAt !== undefined && !isPodEnded(pod);
}

/** From what the controllers wrote: later than the pods themselves, and absent before Kubernetes 1.35 (then nothing is known and it says 0). */
function fromStatus({workload, newReplicaSet}: RolloutObjects): TerminatingCounts {
	const ofNew = newReplicaSet?.terminating ?? 0;
	const total = Math.max(workload.replicas.terminating ?? 0, ofNew);
	return {new: ofNew, old: total - ofNew, total};
}

/**
 * Terminating pods per side of the rollout. The pods themselves win where they are known: the counts in the status are made from them later, know no
 * pods of a ReplicaSet that was deleted meanwhile, and are absent in older clusters. `pods` undefined: they can't be seen, so the status must do.
 */
export function terminating(objects: RolloutObjects, pods: SidedPods | undefined): TerminatingCounts {
	if (pods === undefined) return fromStatus(objects);
	const [ofNew, ofOld] = [pods.endingNew.length, pods.endingOld.length];
	return {new: ofNew, old: ofOld, total: ofNew + ofOld};
}

/**
 * Old pods whose containers may still run, told to end or not: the Deployment's status can say that none is left before the watch on the pods shows that the
 * last one was told so. `pods` undefined: they can't be seen, so the status must do.
 */
export function oldPodsLeft(objects: RolloutObjects, pods: SidedPods | undefined): number {
	return pods === undefined ? fromStatus(objects).old : pods.old.length + pods.endingOld.length;
}
