import type {Pod} from './pod.ts';
import {isPodReady} from './pod-availability.ts';

/** Not-ready first, then the new revision before old ones, then by name: the order does not jump while nothing changes. */
export function byUrgency(newReplicaSetUid: string | undefined): (left: Pod, right: Pod) => number {
	return (left, right) => {
		const readiness = Number(isPodReady(left)) - Number(isPodReady(right));
		if (readiness !== 0) return readiness;
		const novelty = Number(right.ownerUid === newReplicaSetUid) - Number(left.ownerUid === newReplicaSetUid);
		if (novelty !== 0) return novelty;
		if (left.name === right.name) return 0;
		return left.name < right.name ? -1 : 1;
	};
}
