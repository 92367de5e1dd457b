import type {Pod} from './pod.ts';
import {isPodEnded} from './pod-availability.ts';
import type {PodSide} from './pod-side.ts';

/** The pods of a rollout that still run or are to run: the new ones, the old ones, and old ones that were told to end. */
export type SidedPods = {readonly new: readonly Pod[]; readonly old: readonly Pod[]; readonly endingOld: readonly Pod[]};

/** Parts the workload's pods by the side of the rollout on which they stand. */
export function sidedPods(pods: readonly Pod[], sideOf: (pod: Pod) => PodSide | undefined): SidedPods {
	const sides: Record<keyof SidedPods, Pod[]> = {new: [], old: [], endingOld: []};
	for (const pod of pods) {
		if (isPodEnded(pod)) continue;
		const side = sideOf(pod);
		if (side === undefined) continue;
		if (pod.deletedAt === undefined) sides[side].push(pod);
		else if (side === 'old') sides.endingOld.push(pod);
	}
	return sides;
}
