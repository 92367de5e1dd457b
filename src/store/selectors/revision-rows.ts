import {age} from '../../domain/human-duration.ts';
import type {RevisionRow} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** What can be gone to, the newest first. */
export function revisionRows({revisions}: RolloutFacts, now: number): readonly RevisionRow[] {
	return revisions.toReversed().map(({revision, replicaSet, images, changeCause, current}) => ({
		revision,
		replicaSet: replicaSet.name,
		images,
		changeCause,
		current,
		age: age(replicaSet.createdAt, now),
		ready: replicaSet.ready,
	}));
}
