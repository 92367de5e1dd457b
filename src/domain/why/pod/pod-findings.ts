import type {K8sEvent} from '../../k8s-event.ts';
import type {LogTails} from '../../log-tail.ts';
import type {Pod} from '../../pod.ts';
import {isPodEnded} from '../../pod-availability.ts';
import {podSide} from '../../pod-side.ts';
import type {Finding} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';
import {podCause} from './pod-cause.ts';

const noTails: LogTails = new Map();

/** What keeps each new pod from becoming available, and each pod that was told to end from ending. */
export function podFindings({workload, newReplicaSet, replicaSetsHidden = false, pods, events, now, logTails = noTails}: FindingsInput): readonly Finding[] {
	// Before a new ReplicaSet is there, all are old.
	const sideOf = newReplicaSet === undefined && !replicaSetsHidden ? () => 'old' as const : podSide({workload, newReplicaSet, replicaSets: []});
	const eventsOf = byObject(events);
	const {desired, available} = newReplicaSet ?? workload.replicas;
	return pods.flatMap(pod => {
		const side = sideOf(pod);
		// Old pods hold a rollout up only by not ending. What has ended was replaced, and matters only as long as the replacement does not serve either.
		if (side === undefined || (pod.deletedAt === undefined && (side === 'old' || (isPodEnded(pod) && available >= desired)))) return [];
		const finding = remembered(pod, eventsOf.get(pod.uid) ?? noEvents, logTails, now);
		return finding === undefined ? [] : [finding];
	});
}

type Judgement = {
	readonly events: readonly K8sEvent[];
	readonly logTails: LogTails;
	/** Epoch ms: when it was made, and the moment from which on it may be another. */
	readonly from: number;
	readonly until: number;
	readonly finding: Finding | undefined;
};

const noEvents: readonly K8sEvent[] = [];
// Thousands of pods are asked for ten times a second, while a few of them change.
const judgements = new WeakMap<Pod, Judgement>();

function remembered(pod: Pod, events: readonly K8sEvent[], logTails: LogTails, now: number): Finding | undefined {
	const known = judgements.get(pod);
	if (known !== undefined && known.from <= now && now < known.until && known.logTails === logTails && isSame(known.events, events)) return known.finding;
	let until = Number.POSITIVE_INFINITY;
	const isPast = (at: number) => {
		if (at > now) until = Math.min(until, at);
		return at <= now;
	};
	const cause = podCause({pod, events, logTails, isPast});
	const finding = cause && {...cause, object: {kind: 'Pod', name: pod.name, uid: pod.uid}, count: 1};
	judgements.set(pod, {events, logTails, from: now, until, finding});
	return finding;
}

function isSame(left: readonly K8sEvent[], right: readonly K8sEvent[]): boolean {
	return left === right || (left.length === right.length && left.every((event, index) => event === right[index]));
}

const grouped = new WeakMap<readonly K8sEvent[], ReadonlyMap<string, readonly K8sEvent[]>>();

/** Events by what they are about: thousands of pods must not each look through the events of all. */
function byObject(events: readonly K8sEvent[]): ReadonlyMap<string, readonly K8sEvent[]> {
	const known = grouped.get(events);
	if (known !== undefined) return known;
	const byUid = new Map<string, K8sEvent[]>();
	for (const event of events) {
		const others = byUid.get(event.object.uid);
		if (others === undefined) byUid.set(event.object.uid, [event]);
		else others.push(event);
	}
	grouped.set(events, byUid);
	return byUid;
}
