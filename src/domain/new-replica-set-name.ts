import {conditionOf} from './condition-of.ts';
import type {ReplicaSet} from './replica-set.ts';
import type {Workload} from './workload.ts';

/** The ReplicaSet that the Progressing condition is about: `ReplicaSet "web-b" is progressing.`, `Created new replica set "web-b"`. kubernetes: deployment/progress.go. */
export function namedReplicaSet(workload: Workload): string | undefined {
	const message = conditionOf(workload.conditions, 'Progressing')?.message ?? '';
	return /\breplica ?set "([^"]+)"/i.exec(message)?.[1];
}

/**
 * Name of the ReplicaSet of the current template. Where it can't be seen (ReplicaSets may not be listed, or their watch is late) the controller's own words tell:
 * before it says that it has observed a template it has made its ReplicaSet, and named it. Undefined while there is none: not yet observed, or changed while paused.
 */
export function newReplicaSetName(workload: Workload, newReplicaSet: ReplicaSet | undefined): string | undefined {
	if (newReplicaSet !== undefined) return newReplicaSet.name;
	if (workload.paused || workload.generation > workload.observedGeneration) return undefined;
	return namedReplicaSet(workload);
}
