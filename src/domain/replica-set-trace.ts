import type {ReplicaSet} from './replica-set.ts';

/** What was seen of a ReplicaSet while it was watched. Epoch ms; undefined: not seen. */
export type ReplicaSetTrace = {
	/** It got its first pods. */
	readonly grewAt: number | undefined;
	/** Its last ones were taken away. */
	readonly emptiedAt: number | undefined;
	/** The last moment when it alone had all the workload's pods, available. */
	readonly completeAt: number | undefined;
};

const nothing: ReplicaSetTrace = {grewAt: undefined, emptiedAt: undefined, completeAt: undefined};

/** All pods that the workload shall have are this ReplicaSet's, and available. */
export function isComplete({desired, available}: ReplicaSet, wanted: number): boolean {
	return wanted > 0 && desired >= wanted && available >= desired;
}

/**
 * What is known after a change of a ReplicaSet that was seen at `at`; the same object where the change says nothing new. `before` undefined: it was not known.
 * `wanted`: how many pods the workload shall have, where that is known.
 */
export function traceAfter(
	trace: ReplicaSetTrace | undefined,
	before: ReplicaSet | undefined,
	after: ReplicaSet,
	wanted: number | undefined,
	at: number,
): ReplicaSetTrace | undefined {
	const isGrown = before !== undefined && before.desired === 0 && after.desired > 0;
	const isEmptied = before !== undefined && before.desired > 0 && after.desired === 0;
	// Until this change it was what it had been.
	const wasComplete = wanted !== undefined && [before, after].some(one => one !== undefined && isComplete(one, wanted));
	if (!(isGrown || isEmptied || wasComplete)) return trace;
	const known = trace ?? nothing;
	return {
		grewAt: isGrown ? at : known.grewAt,
		emptiedAt: isEmptied ? at : known.emptiedAt,
		completeAt: wasComplete ? at : known.completeAt,
	};
}
