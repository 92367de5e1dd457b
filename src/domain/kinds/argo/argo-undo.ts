import type {ReplicaSet} from '../../replica-set.ts';
import {ownReplicaSets, revisionOf, type UndoTarget} from '../../revisions.ts';
import type {ArgoRollout} from '../../workload.ts';

/** What `kubectl argo rollouts undo` would go to, or its words. argo-rollouts: cmd/undo/undo.go rolloutRevision. */
export function argoUndoTarget(rollout: ArgoRollout, replicaSets: readonly ReplicaSet[], toRevision = 0): UndoTarget {
	const numbered = ownReplicaSets(rollout, replicaSets).flatMap(replicaSet => {
		const revision = revisionOf(replicaSet);
		return revision === undefined ? [] : [{replicaSet, revision}];
	});
	if (toRevision !== 0) {
		const found = numbered.find(({revision}) => revision === toRevision);
		if (found !== undefined) return {kind: 'target', ...found};
		if (toRevision > 0) return {kind: 'none', message: `unable to find specified revision ${toRevision} in history`};
	}
	// The second-highest number: of two equal ones the first is the higher.
	const second = toRevision === 0 ? numbered.toSorted((left, right) => right.revision - left.revision)[1] : undefined;
	return second === undefined ? {kind: 'none', message: `no revision found for rollout "${rollout.name}"`} : {kind: 'target', ...second};
}
