import {humanDuration} from '../../human-duration.ts';
import type {Pod} from '../../pod.ts';
import {isPodEnded} from '../../pod-availability.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';

/** The kubelet kills at the end of the grace period, and needs a moment to tell. */
const slackMs = 30_000;
/** More than Kubernetes gives by default is worth a word when that is over; much more, at once. */
const usualGraceMs = 30_000;
const longGraceMs = 120_000;
const finalizerSlackMs = 5_000;

/** A pod that was told to end and does not: somebody holds it, its node does not answer, or it may take that long. */
export function terminatingPod(subject: PodSubject): Cause | undefined {
	const {deletedAt, deletionGraceSeconds} = subject.pod;
	if (deletedAt === undefined) return undefined;
	const grace = (deletionGraceSeconds ?? 0) * 1000;
	const end: End = {toldAt: deletedAt - grace, grace, dueAt: deletedAt};
	return heldPod(subject, end) ?? overduePod(subject, end) ?? patientPod(subject, end);
}

/** When it was told to end, how long it may take (ms), and when that is over. */
type End = {readonly toldAt: number; readonly grace: number; readonly dueAt: number};

function heldPod({pod, isPast}: PodSubject, {toldAt, dueAt}: End): Cause | undefined {
	const {finalizers} = pod;
	if (finalizers.length === 0 || !isPast(hasStopped(pod) ? toldAt + finalizerSlackMs : dueAt + slackMs)) return undefined;
	const names = shortText(finalizers.join(', '), 160);
	const who = finalizers.length === 1 ? `finalizer ${names} holds` : `finalizers ${names} hold`;
	const advice = 'check the controller that set the finalizer';
	return {kind: 'terminating-finalizer', hope: 'doubtful', reason: 'Terminating', message: `has ended but stays: ${who} it`, advice, sinceAt: toldAt};
}

function overduePod({pod, isPast}: PodSubject, {toldAt, dueAt}: End): Cause | undefined {
	if (!isPast(dueAt + slackMs)) return undefined;
	const node = pod.nodeName === undefined ? 'its node' : `node ${pod.nodeName}`;
	const message = `should have ended: its grace period is over and ${node} does not say so`;
	const advice = 'check the node; delete by force only when the node is gone';
	return {kind: 'terminating-overdue', hope: 'doubtful', reason: 'Terminating', message, advice, sinceAt: toldAt};
}

function patientPod({isPast}: PodSubject, {toldAt, grace, dueAt}: End): Cause | undefined {
	if (grace <= usualGraceMs || (grace < longGraceMs && !isPast(toldAt + usualGraceMs))) return undefined;
	return {
		kind: 'terminating-long-grace',
		hope: 'waits',
		reason: 'Terminating',
		message: `may take ${humanDuration(grace)} to end (its grace period)`,
		advice: 'wait, or make the program end at SIGTERM',
		sinceAt: toldAt,
		next: {what: 'killed', at: dueAt},
	};
}

function hasStopped(pod: Pod): boolean {
	return isPodEnded(pod) || (pod.containerStatuses.length > 0 && pod.containerStatuses.every(({state}) => state.kind === 'terminated'));
}
