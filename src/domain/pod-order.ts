import {ordinalOf} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {isPodReady} from './pod-availability.ts';

/** Where a pod stands among others, read once a pod and not once a comparison: there may be thousands. */
export type PodRank = {
	readonly urgency: number;
	readonly name: string;
	/** `db-` of `db-10`; of a name without a number at its end, all of it. */
	readonly stem: string;
	readonly ordinal: number | undefined;
};

/** Not-ready first, then the new revision before old ones, then by name: the order does not jump while nothing changes. */
export function podRank(pod: Pod, newReplicaSetUid: string | undefined): PodRank {
	const {name} = pod;
	const ordinal = ordinalOf(pod);
	const stem = ordinal === undefined ? name : name.slice(0, name.lastIndexOf('-'));
	return {urgency: Number(isPodReady(pod)) * 2 + Number(pod.ownerUid !== newReplicaSetUid), name, stem, ordinal};
}

/** Negative: the left one comes first. `db-2` before `db-10`. */
export function byRank(left: PodRank, right: PodRank): number {
	if (left.urgency !== right.urgency) return left.urgency - right.urgency;
	if (left.name === right.name) return 0;
	if (left.ordinal !== undefined && right.ordinal !== undefined && left.ordinal !== right.ordinal && left.stem === right.stem)
		return left.ordinal - right.ordinal;
	return left.name < right.name ? -1 : 1;
}
