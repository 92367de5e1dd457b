import type {ReplicaSet} from '../domain/replica-set.ts';
import {type ReplicaSetTrace, traceAfter} from '../domain/replica-set-trace.ts';
import type {State} from './state.ts';

/** What was seen of each ReplicaSet, after a change of those of one kind; the same map where the change says nothing new. `at`: epoch ms. */
export function tracesAfter(
	{replicaSets: before, traces, workloads}: State,
	after: State['replicaSets'],
	kind: ReplicaSet['kind'],
	at: number,
): State['traces'] {
	const wanted = new Map(Array.from(workloads.values(), ({workload}) => [workload.uid, workload.replicas.desired]));
	const changed = new Map<string, ReplicaSetTrace>();
	for (const replicaSet of after.values()) {
		const {uid, ownerUid} = replicaSet;
		const known = traces.get(uid);
		const trace =
			before.get(uid) === replicaSet || replicaSet.kind !== kind ? known : traceAfter(known, before.get(uid), replicaSet, wanted.get(ownerUid ?? ''), at);
		if (trace !== undefined) changed.set(uid, trace);
	}
	const isSame = changed.size === traces.size && [...changed].every(([uid, trace]) => traces.get(uid) === trace);
	return isSame ? traces : changed;
}
