import {conditionOf} from './condition-of.ts';
import type {K8sEvent} from './k8s-event.ts';
import type {Pod} from './pod.ts';
import {isPodEnded, isPodReady} from './pod-availability.ts';
import {podSide} from './pod-side.ts';
import type {ReplicaSet} from './replica-set.ts';
import {shortText} from './short-text.ts';
import {stuckContainer} from './stuck-container.ts';
import type {Trouble} from './trouble.ts';
import {unreadyPod} from './unready-pod.ts';
import type {Workload} from './workload.ts';

/** A pod (or, for `ReplicaFailure`, the workload itself) that holds the rollout up, in a sentence that goes on after its name. */
export type StuckPod = {readonly pod: string; readonly reason: string; readonly message: string; readonly sinceAt: number | undefined};

export type StuckInput = {
	readonly workload: Workload;
	readonly newReplicaSet: ReplicaSet | undefined;
	/** ReplicaSets may not be listed: new pods are then known by the name that the controller says. Else an absent one has not come yet, or is not made. */
	readonly replicaSetsHidden?: boolean;
	readonly pods: readonly Pod[];
	readonly events: readonly K8sEvent[];
	/** Epoch ms. */
	readonly now: number;
};

/** What the rollout waits for in vain, the most hopeless first. Pods of old revisions are not the rollout's matter. */
export function stuckPods({workload, newReplicaSet, replicaSetsHidden = false, pods, events, now}: StuckInput): readonly StuckPod[] {
	const sideOf = newReplicaSet === undefined && !replicaSetsHidden ? () => undefined : podSide({workload, newReplicaSet, replicaSets: []});
	const eventsOf = byObject(events);
	const isShort = lacksPods(workload, newReplicaSet);
	const troubled = pods.flatMap(pod => {
		// What has ended was replaced, and matters only as long as the replacement does not serve either.
		if (sideOf(pod) !== 'new' || pod.deletedAt !== undefined || (isPodEnded(pod) && !isShort)) return [];
		const trouble = troubleOf(pod, eventsOf.get(pod.uid) ?? [], now);
		return trouble === undefined ? [] : [{pod: pod.name, ...trouble}];
	});
	const failure = replicaFailure(workload);
	const all = failure === undefined ? troubled : [{pod: workload.name, ...failure}, ...troubled];
	return all
		.toSorted((left, right) => right.weight - left.weight || (left.sinceAt ?? now) - (right.sinceAt ?? now))
		.map(({pod, reason, message, sinceAt}) => ({pod, reason, message, sinceAt}));
}

/** Events by what they are about: thousands of pods must not each look through the events of all. */
function byObject(events: readonly K8sEvent[]): ReadonlyMap<string, readonly K8sEvent[]> {
	const byUid = new Map<string, K8sEvent[]>();
	for (const event of events) {
		const others = byUid.get(event.object.uid);
		if (others === undefined) byUid.set(event.object.uid, [event]);
		else others.push(event);
	}
	return byUid;
}

function lacksPods(workload: Workload, newReplicaSet: ReplicaSet | undefined): boolean {
	const {desired, available} = newReplicaSet ?? workload.replicas;
	return available < desired;
}

function troubleOf(pod: Pod, events: readonly K8sEvent[], now: number): Trouble | undefined {
	if (isPodEnded(pod))
		return {
			reason: pod.reason || pod.phase,
			message: `has ended: ${pod.reason || pod.phase} ${shortText(pod.message, 160)}`.trim(),
			sinceAt: undefined,
			weight: 6,
		};
	if (isPodReady(pod)) return undefined;
	return unscheduled(pod) ?? stuckContainer(pod, events, now) ?? unreadyPod(pod, events, now);
}

function unscheduled(pod: Pod): Trouble | undefined {
	const scheduled = conditionOf(pod.conditions, 'PodScheduled');
	if (scheduled?.status !== 'False') return undefined;
	if (scheduled.reason === 'SchedulingGated')
		return {reason: scheduled.reason, message: 'is held back by a scheduling gate', sinceAt: pod.createdAt, weight: 2};
	return {
		reason: scheduled.reason || 'Unschedulable',
		message: `can't be scheduled: ${shortText(scheduled.message, 200)}`,
		sinceAt: scheduled.lastTransitionAt ?? pod.createdAt,
		weight: 5,
	};
}

/** Pods that could not even be created: quota, admission, a limit range. */
function replicaFailure(workload: Workload): Trouble | undefined {
	const failure = conditionOf(workload.conditions, 'ReplicaFailure');
	if (failure?.status !== 'True') return undefined;
	return {reason: 'ReplicaFailure', message: `can't create pods: ${shortText(failure.message, 240)}`, sinceAt: failure.lastTransitionAt, weight: 7};
}
