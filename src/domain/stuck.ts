import {conditionOf} from './condition-of.ts';
import type {K8sEvent} from './k8s-event.ts';
import type {Pod} from './pod.ts';
import {isPodEnded, isPodReady} from './pod-availability.ts';
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
	readonly pods: readonly Pod[];
	readonly events: readonly K8sEvent[];
	/** Epoch ms. */
	readonly now: number;
};

/** What the rollout waits for in vain, the most hopeless first. Pods of old revisions are not the rollout's matter. */
export function stuckPods({workload, newReplicaSet, pods, events, now}: StuckInput): readonly StuckPod[] {
	const current = pods.filter(pod => newReplicaSet !== undefined && pod.ownerUid === newReplicaSet.uid && pod.deletedAt === undefined);
	const troubled = current.flatMap(pod => {
		const trouble = troubleOf(pod, events, now);
		return trouble === undefined ? [] : [{pod: pod.name, ...trouble}];
	});
	const failure = replicaFailure(workload);
	const all = failure === undefined ? troubled : [{pod: workload.name, ...failure}, ...troubled];
	return all
		.toSorted((left, right) => right.weight - left.weight || (left.sinceAt ?? now) - (right.sinceAt ?? now))
		.map(({pod, reason, message, sinceAt}) => ({pod, reason, message, sinceAt}));
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
	return unscheduled(pod) ?? stuckContainer(pod, now) ?? unreadyPod(pod, events, now);
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
