import {conditionOf} from '../../condition-of.ts';
import type {Pod} from '../../pod.ts';
import {isPodEnded, isPodReady} from '../../pod-availability.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';
import {stuckContainer} from './stuck-container.ts';
import {unreadyPod} from './unready-pod.ts';

/** What keeps a pod from becoming available: the first that is found in the order of a pod's life. */
export function podCause(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	if (isPodEnded(pod)) {
		const word = pod.reason || pod.phase;
		return {kind: 'pod-ended', hope: 'doubtful', reason: word, message: `has ended: ${word} ${shortText(pod.message, 160)}`.trim(), sinceAt: undefined};
	}
	if (isPodReady(pod)) return undefined;
	return unscheduled(pod) ?? stuckContainer(subject) ?? unreadyPod(subject);
}

function unscheduled(pod: Pod): Cause | undefined {
	const scheduled = conditionOf(pod.conditions, 'PodScheduled');
	if (scheduled?.status !== 'False') return undefined;
	if (scheduled.reason === 'SchedulingGated')
		return {kind: 'scheduling-gate', hope: 'waits', reason: scheduled.reason, message: 'is held back by a scheduling gate', sinceAt: pod.createdAt};
	return {
		kind: 'unschedulable',
		hope: 'doubtful',
		reason: scheduled.reason || 'Unschedulable',
		message: `can't be scheduled: ${shortText(scheduled.message, 200)}`,
		sinceAt: scheduled.lastTransitionAt ?? pod.createdAt,
	};
}
