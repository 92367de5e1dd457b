import type {ReplicaSet} from '../../replica-set.ts';
import {ownReplicaSets, revisionOf, type UndoTarget, undoTarget} from '../../revisions.ts';
import {sameTemplate} from '../../same-template.ts';
import type {Deployment} from '../../workload.ts';

/**
 * What an undo goes to in the middle of a release: while the new version runs in a Deployment beside it, or has no pod yet, the history has not advanced, and the
 * version before is the latest number, not the second-latest. KT/pkg/internal/polymorphichelpers/rollback.go:302-323.
 */
export function kruiseUndoTarget(deployment: Deployment, replicaSets: readonly ReplicaSet[], toRevision: number | undefined): UndoTarget {
	if (toRevision !== undefined && toRevision !== 0) return undoTarget(deployment, replicaSets, toRevision);
	const others = ownReplicaSets(deployment, replicaSets).filter(({template}) => !sameTemplate(template, deployment.template));
	const numbered = others.flatMap(replicaSet => {
		const revision = revisionOf(replicaSet) ?? 0;
		return revision > 0 ? [{replicaSet, revision}] : [];
	});
	const [latest] = numbered.toSorted((left, right) => right.revision - left.revision);
	return latest === undefined ? undoTarget(deployment, replicaSets, undefined) : {kind: 'target', ...latest};
}
