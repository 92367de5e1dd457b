import {wantedNew} from '../domain/ordinals.ts';
import type {Pod} from '../domain/pod.ts';
import {isPodAvailable, isPodEnded, isPodReady} from '../domain/pod-availability.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import {newReplicaSet, revisionOf} from '../domain/revisions.ts';
import type {Workload} from '../domain/workload.ts';
import {tracesAfter} from './replica-set-traces.ts';
import type {State} from './state.ts';

type Counts = Pick<ReplicaSet, 'desired' | 'current' | 'ready' | 'available' | 'minReadySeconds'> & {readonly terminating: number};

/**
 * The state with the pods counted that were made from each ControllerRevision, which has no counts of its own; the same state where they stayed. `at`: when pods are
 * judged, epoch ms. Of the revision that is rolled out it says how many are to be, of others how many there are.
 */
export function withRevisionCounts(before: State, after: State, at: number): State {
	const revisions = [...after.replicaSets.values()].filter(({kind}) => kind === 'ControllerRevision');
	if (revisions.length === 0) return after;
	const podsOf = byOwner(after.pods.values());
	const owners = new Map(Array.from(after.workloads.values(), ({workload}) => [workload.uid, workload]));
	const wanted = new Map(Array.from(owners.values(), workload => [newReplicaSet(workload, revisions)?.uid, wantedNew(workload)]));
	const changed = revisions.flatMap(one => {
		const counts = countsOf(podsOf.get(one.uid) ?? [], owners.get(one.ownerUid ?? ''), wanted.get(one.uid), at);
		const formerNumbers = numbersBefore(before.replicaSets.get(one.uid), one);
		return isSame(one, counts) && one.formerNumbers === formerNumbers ? [] : [{...one, ...counts, formerNumbers}];
	});
	if (changed.length === 0) return after;
	const replicaSets = new Map(after.replicaSets);
	for (const one of changed) replicaSets.set(one.uid, one);
	return {...after, replicaSets, traces: tracesAfter({...after, replicaSets: before.replicaSets}, replicaSets, 'ControllerRevision', at)};
}

function byOwner(pods: Iterable<Pod>): ReadonlyMap<string, readonly Pod[]> {
	const owned = new Map<string, Pod[]>();
	for (const pod of pods) {
		const {ownerUid = ''} = pod;
		const others = owned.get(ownerUid);
		if (others === undefined) owned.set(ownerUid, [pod]);
		else others.push(pod);
	}
	return owned;
}

function countsOf(pods: readonly Pod[], workload: Workload | undefined, wanted: number | undefined, at: number): Counts {
	const minReadySeconds = workload?.minReadySeconds ?? 0;
	const running = pods.filter(pod => !isPodEnded(pod));
	const current = running.filter(({deletedAt}) => deletedAt === undefined);
	return {
		desired: workload?.strategy.type === 'OnDelete' ? current.length : (wanted ?? current.length),
		current: current.length,
		ready: current.filter(isPodReady).length,
		available: current.filter(pod => isPodAvailable(pod, minReadySeconds, at)).length,
		terminating: running.length - current.length,
		minReadySeconds,
	};
}

const countNames = ['desired', 'current', 'ready', 'available', 'terminating', 'minReadySeconds'] as const;

function isSame(one: ReplicaSet, counts: Counts): boolean {
	return countNames.every(name => one[name] === counts[name]);
}

/** An undo gives a ControllerRevision another number, and nobody writes down which it had: only who has watched it knows. */
function numbersBefore(known: ReplicaSet | undefined, now: ReplicaSet): readonly number[] | undefined {
	const former = known?.formerNumbers;
	const [was, is] = [known && revisionOf(known), revisionOf(now)];
	return was === undefined || is === undefined || was === is ? former : [...(former ?? []), was];
}
