import {ordinalOf} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {isPodReady} from './pod-availability.ts';

/** Not-ready first, then the new revision before old ones, then by name: the order does not jump while nothing changes. */
export function sortedByUrgency(pods: readonly Pod[], newReplicaSetUid: string | undefined): readonly Pod[] {
	// Conditions are read once a pod, not once a comparison: there may be thousands.
	const ranked = pods.map(pod => ({pod, rank: Number(isPodReady(pod)) * 2 + Number(pod.ownerUid !== newReplicaSetUid)}));
	ranked.sort((left, right) => left.rank - right.rank || byName(left.pod.name, right.pod.name));
	return ranked.map(({pod}) => pod);
}

/** `db-2` before `db-10`. */
function byName(left: string, right: string): number {
	if (left === right) return 0;
	const [leftOrdinal, rightOrdinal] = [ordinalOf({name: left}), ordinalOf({name: right})];
	if (leftOrdinal !== undefined && rightOrdinal !== undefined && leftOrdinal !== rightOrdinal && rest(left) === rest(right)) return leftOrdinal - rightOrdinal;
	return left < right ? -1 : 1;
}

const rest = (name: string) => name.slice(0, name.lastIndexOf('-'));
