import {steeredReplicaSet} from '../../domain/kinds/kruise/steered.ts';
import type {Pod} from '../../domain/pod.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import {revisionOf} from '../../domain/revisions.ts';
import {hashLabel} from '../../domain/same-template.ts';
import type {Deployment} from '../../domain/workload.ts';
import type {ClusterEvent} from '../../store/event.ts';
import type {StreamEvent} from '../informer/source.ts';
import {takeInto} from './part.ts';

/** The ReplicaSets and pods of a Deployment that OpenKruise has made beside another one, told as the other one's: for people they are its new version. */
export type SecondPods = {
	readonly revisions: (event: StreamEvent<'revisions'>) => void;
	readonly pods: (event: StreamEvent<'pods'>) => void;
	/** The Deployment as it is told of, and who stands beside it by now; one that is gone still has pods for a while. */
	readonly steered: (deployment: Deployment | undefined, seconds: readonly string[], at: number) => void;
};

/** `owners`: by a second ReplicaSet's uid that of its like in the Deployment itself; `key` tells whether they are the same. */
type Mapped = {readonly sets: readonly ReplicaSet[]; readonly owners: ReadonlyMap<string, string>; readonly key: string};

const hashOf = ({template}: ReplicaSet) => template.labels[hashLabel];

/** With the pods of its like in the second Deployment, and its own availability where OpenKruise holds it back. */
function merged(own: ReplicaSet, like: readonly ReplicaSet[], minReadySeconds: number): ReplicaSet {
	const truly = steeredReplicaSet(own, minReadySeconds);
	const sum = (of: 'desired' | 'current' | 'ready' | 'available') => like.reduce((total, one) => total + one[of], truly[of]);
	if (like.length === 0) return truly;
	const resourceVersion = [own, ...like].map(one => one.resourceVersion).join('+');
	return {...truly, resourceVersion, desired: sum('desired'), current: sum('current'), ready: sum('ready'), available: sum('available')};
}

/** Numbered as the Deployment's history will number it: the second one begins to count anew. */
function adopted(replicaSet: ReplicaSet, deployment: Deployment, own: readonly ReplicaSet[]): ReplicaSet {
	const next = Math.max(0, ...own.map(one => revisionOf(one) ?? 0)) + 1;
	return {...replicaSet, ownerUid: deployment.uid, revisionText: String(next), resourceVersion: `${replicaSet.resourceVersion}+${next}`};
}

function mapSets(all: readonly ReplicaSet[], deployment: Deployment | undefined, seconds: ReadonlySet<string>): Mapped {
	if (deployment === undefined) return {sets: all, owners: new Map(), key: ''};
	const isSecond = ({ownerUid}: ReplicaSet) => ownerUid !== undefined && seconds.has(ownerUid);
	const own = all.filter(({ownerUid}) => ownerUid === deployment.uid);
	const beside = all.filter(isSecond);
	const likeOf = (one: ReplicaSet) => beside.filter(other => hashOf(one) !== undefined && hashOf(other) === hashOf(one));
	const twins = new Map(own.flatMap(one => likeOf(one).map(like => [like.uid, one.uid] as const)));
	const sets = all.flatMap(one => {
		if (isSecond(one)) return twins.has(one.uid) ? [] : [adopted(one, deployment, own)];
		return [one.ownerUid === deployment.uid ? merged(one, likeOf(one), deployment.minReadySeconds) : one];
	});
	return {sets, owners: twins, key: Array.from(twins, pair => pair.join('>')).join()};
}

/** Keeps both kinds and tells them anew when what belongs to whom has changed. */
export function createSecondPods(emit: (event: ClusterEvent) => void): SecondPods {
	const sets = new Map<string, ReplicaSet>();
	const pods = new Map<string, Pod>();
	const seen = new Set<string>();
	const listed = {revisions: false, pods: false};
	let deployment: Deployment | undefined;
	let mapped: Mapped = mapSets([], undefined, seen);

	/** A pod of a ReplicaSet whose like the Deployment has by now is that one's. */
	function owned(pod: Pod): Pod {
		const ownerUid = pod.ownerUid === undefined ? undefined : mapped.owners.get(pod.ownerUid);
		return ownerUid === undefined ? pod : {...pod, ownerUid, resourceVersion: `${pod.resourceVersion}+${ownerUid}`};
	}
	function tellSets(at: number): void {
		if (listed.revisions) emit({type: 'listed', stream: 'revisions', items: mapped.sets, at});
	}
	function tellPods(at: number): void {
		if (listed.pods) emit({type: 'listed', stream: 'pods', items: [...pods.values()].map(owned), at});
	}
	/** True where pods have another owner now. */
	function remap(): boolean {
		const {key} = mapped;
		mapped = mapSets([...sets.values()], deployment, seen);
		return key !== mapped.key;
	}
	return {
		revisions(event) {
			if (event.type !== 'listed' && event.type !== 'changed') return emit(event);
			takeInto(sets, event);
			listed.revisions = true;
			if (remap()) tellPods(event.at);
			// Nobody stands beside it: what came is told as it came.
			if (seen.size === 0 && deployment?.release === undefined) return emit(event);
			tellSets(event.at);
		},
		pods(event) {
			if (event.type !== 'listed' && event.type !== 'changed') return emit(event);
			takeInto(pods, event);
			listed.pods = true;
			if (event.type === 'listed') return emit({...event, items: event.items.map(owned)});
			emit({...event, changes: event.changes.map(change => (change.kind === 'gone' ? change : {...change, object: owned(change.object)}))});
		},
		steered(steered, seconds, at) {
			const before = deployment;
			deployment = steered;
			const known = seen.size;
			for (const uid of seconds) seen.add(uid);
			if (steered?.release === undefined && before?.release === undefined) return;
			if (before !== undefined && steered?.uid === before.uid && seen.size === known && steered.minReadySeconds === before.minReadySeconds) return;
			if (remap()) tellPods(at);
			tellSets(at);
		},
	};
}
