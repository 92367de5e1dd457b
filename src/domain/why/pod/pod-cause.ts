import {isPodEnded, isPodReady} from '../../pod-availability.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {containerCause, restlessCause} from './container-cause.ts';
import {endedPod} from './ended-pod.ts';
import {nodeLost} from './node-lost.ts';
import type {PodSubject} from './pod-subject.ts';
import {terminatingPod} from './terminating-pod.ts';
import {unreadyPod} from './unready-pod.ts';
import {unscheduledPod} from './unscheduled-pod.ts';

const maxText = 400;

/** What keeps a pod from becoming available, or from ending: the first that is found in the order of a pod's life. */
export function podCause(subject: PodSubject): Cause | undefined {
	const cause = causeOf(subject);
	if (cause === undefined) return undefined;
	// Each word of others is short and clean already; many of them together, or a name that no API server would take, need not be. Some say nothing.
	const isTidy = cause.message.length <= maxText && !/[:\s]$/.test(cause.message);
	return isTidy ? cause : {...cause, message: shortText(cause.message, maxText).replace(/:$/, '')};
}

function causeOf(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	if (pod.deletedAt !== undefined) return terminatingPod(subject);
	if (isPodEnded(pod)) return endedPod(pod);
	if (isPodReady(pod)) return restlessCause(subject);
	return unscheduledPod(subject) ?? nodeLost(subject) ?? containerCause(subject) ?? unreadyPod(subject);
}
