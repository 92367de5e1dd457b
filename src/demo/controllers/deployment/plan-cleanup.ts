import type {Deployment, ReplicaSet} from '../kinds.ts';
import {byAge} from '../owners.ts';
import {historyLimit} from './limits.ts';
import {revisionOf} from './revision-annotations.ts';

/** The old ReplicaSets beyond the history limit that have nothing left, lowest revision first (kubernetes: sync.go cleanupDeployment). */
export function planCleanup(deployment: Deployment, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
	const limit = historyLimit(deployment);
	if (limit === undefined) return [];
	const alive = old.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	return alive
		.toSorted((left, right) => revisionOf(left) - revisionOf(right) || byAge(left, right))
		.slice(0, Math.max(0, alive.length - limit))
		.filter(
			({metadata, spec, status}) => spec.replicas === 0 && (status?.replicas ?? 0) === 0 && (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0),
		);
}
