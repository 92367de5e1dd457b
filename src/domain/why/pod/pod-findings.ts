import type {Pod} from '../../pod.ts';
import {isPodEnded} from '../../pod-availability.ts';
import {podSide} from '../../pod-side.ts';
import type {Finding} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';

/** What keeps each new pod from becoming available, and each pod that was told to end from ending. */
export function podFindings({workload, newReplicaSet, replicaSetsHidden = false, podFindings: all}: FindingsInput): readonly Finding[] {
	// Before a new ReplicaSet is there, all are old.
	const sideOf = newReplicaSet === undefined && !replicaSetsHidden ? () => 'old' as const : podSide({workload, newReplicaSet, replicaSets: []});
	const {desired, available} = newReplicaSet ?? workload.replicas;
	const isHolding = (pod: Pod) => {
		const side = sideOf(pod);
		// Old pods hold a rollout up only by not ending. What has ended was replaced, and matters only as long as the replacement does not serve either.
		return side !== undefined && (pod.deletedAt !== undefined || (side === 'new' && !(isPodEnded(pod) && available >= desired)));
	};
	return [...all].filter(({pod}) => isHolding(pod)).map(({finding}) => finding);
}
