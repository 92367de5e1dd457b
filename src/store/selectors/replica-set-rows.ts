import {replicaSetColumns} from '../../domain/workload-columns.ts';
import type {ReplicaSetRow} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** One row per revision that is kept, the newest first. */
export function replicaSetRows({revisions, newReplicaSet}: RolloutFacts, now: number): readonly ReplicaSetRow[] {
	return revisions.toReversed().map(({replicaSet, revision}) => ({
		name: replicaSet.name,
		revision,
		current: replicaSet.uid === newReplicaSet?.uid,
		desired: replicaSet.desired,
		currentReplicas: replicaSet.current,
		ready: replicaSet.ready,
		age: replicaSetColumns(replicaSet, now).age,
	}));
}
