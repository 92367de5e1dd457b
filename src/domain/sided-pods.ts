import type {Pod} from './pod.ts';
import {isPodEnded} from './pod-availability.ts';
import type {PodSide} from './pod-side.ts';

/**
 * Where a pod stands in a rollout: on the new or on the old side, where it runs or is to run; told to end, while its containers may still run; ended for good, told to
 * or not.
 */
export type PodPlace = 'new' | 'old' | 'endingNew' | 'endingOld' | 'endedNew' | 'endedOld';

/** All pods of a workload, by where they stand in its rollout. */
export type SidedPods = Readonly<Record<PodPlace, readonly Pod[]>>;

/** Of a workload whose pods nobody can tell apart, or that has none. */
export const noPods: SidedPods = {new: [], old: [], endingNew: [], endingOld: [], endedNew: [], endedOld: []};

const places = {
	new: {stays: 'new', ending: 'endingNew', ended: 'endedNew'},
	old: {stays: 'old', ending: 'endingOld', ended: 'endedOld'},
} as const;

/** Where a pod of this side stands. */
export function placeOf(pod: Pod, side: PodSide): PodPlace {
	if (isPodEnded(pod)) return places[side].ended;
	return pod.deletedAt === undefined ? places[side].stays : places[side].ending;
}

/** Parts pods by where they stand; those of nobody are left out. */
export function sidedPods(pods: Iterable<Pod>, sideOf: (pod: Pod) => PodSide | undefined): SidedPods {
	const sides: Record<PodPlace, Pod[]> = {new: [], old: [], endingNew: [], endingOld: [], endedNew: [], endedOld: []};
	for (const pod of pods) {
		const side = sideOf(pod);
		if (side !== undefined) sides[placeOf(pod, side)].push(pod);
	}
	return sides;
}
