import {conditionOf} from './condition-of.ts';
import {namedReplicaSet} from './new-replica-set-name.ts';
import type {ReplicaSet} from './replica-set.ts';
import {isComplete, type ReplicaSetTrace} from './replica-set-trace.ts';
import {newReplicaSet, ownReplicaSets, revisionOf} from './revisions.ts';
import type {Workload} from './workload.ts';

/** The ReplicaSet of the revision that was completely available last, and what tells so. `at`: epoch ms of the last moment for which that is known. */
export type LastAvailable = {
	readonly uid: string;
	readonly evidence: /** It has all pods, and all are available. */
		| 'now'
		/** It was watched. */
		| 'seen'
		/** The Deployment's condition says that its rollout succeeded. */
		| 'condition'
		/** It is being replaced, and what is left of it is available. */
		| 'holds-its-pods';
	readonly at: number | undefined;
};

function completeNow(own: readonly ReplicaSet[], current: ReplicaSet | undefined, wanted: number): LastAvailable | undefined {
	const complete = own.filter(replicaSet => isComplete(replicaSet, wanted));
	const found = complete.find(replicaSet => replicaSet === current) ?? newest(complete);
	return found && {uid: found.uid, evidence: 'now', at: undefined};
}

function newest(replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
	return replicaSets.toSorted((left, right) => (revisionOf(right) ?? 0) - (revisionOf(left) ?? 0))[0];
}

function remembered(own: readonly ReplicaSet[], traces: ReadonlyMap<string, ReplicaSetTrace>): readonly LastAvailable[] {
	return own.flatMap(({uid}) => {
		const at = traces.get(uid)?.completeAt;
		return at === undefined ? [] : [{uid, evidence: 'seen', at} as const];
	});
}

/** kubernetes: deployment/progress.go: written when all replicas are updated and available, and kept until the next rollout makes progress. */
function byCondition(workload: Workload, own: readonly ReplicaSet[]): readonly LastAvailable[] {
	const progressing = conditionOf(workload.conditions, 'Progressing');
	if (progressing?.reason !== 'NewReplicaSetAvailable') return [];
	const name = namedReplicaSet(workload);
	const found = own.find(replicaSet => replicaSet.name === name);
	return found === undefined ? [] : [{uid: found.uid, evidence: 'condition', at: progressing.lastUpdateAt}];
}

function holding(own: readonly ReplicaSet[], current: ReplicaSet | undefined): LastAvailable | undefined {
	const old = newest(own.filter(one => one !== current && one.desired > 0 && one.available >= one.desired));
	return old && {uid: old.uid, evidence: 'holds-its-pods', at: undefined};
}

/** The last revision that was completely available, by the surest evidence that there is; undefined where nothing tells. */
export function lastAvailable(workload: Workload, replicaSets: readonly ReplicaSet[], traces: ReadonlyMap<string, ReplicaSetTrace>): LastAvailable | undefined {
	const own = ownReplicaSets(workload, replicaSets);
	const current = newReplicaSet(workload, own);
	const known = [...byCondition(workload, own), ...remembered(own, traces)].sort((left, right) => (right.at ?? 0) - (left.at ?? 0));
	return completeNow(own, current, workload.replicas.desired) ?? known[0] ?? holding(own, current);
}

/** Why it is marked, as a sentence goes on after `the last revision that was completely available`. `timeOf`: a time as people read it. */
export function evidenceText({evidence, at}: LastAvailable, timeOf: (at: number) => string): string {
	switch (evidence) {
		case 'now':
			return 'it is so now';
		case 'seen':
			return at === undefined ? 'it was seen here' : `it was until ${timeOf(at)}`;
		case 'condition':
			return at === undefined ? 'its rollout succeeded' : `its rollout succeeded at ${timeOf(at)}`;
		case 'holds-its-pods':
			return 'what is left of it is available';
	}
}
