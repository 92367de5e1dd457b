import {conditionOf} from './condition-of.ts';
import type {K8sEvent} from './k8s-event.ts';
import type {ContainerStatus, Pod} from './pod.ts';
import {isPodReady} from './pod-availability.ts';
import {shortText} from './short-text.ts';
import type {TimelineEntry, TimelineKind} from './timeline-entry.ts';
import {lastProbeFailure, probeFailure} from './why/pod/probe-failure.ts';
import {pullFailure} from './why/pod/pull-failure.ts';

const maxText = 160;

/** A probe that failed longer ago, while the pod started, is not why it became unready now: a gate closed, or its node is lost. */
const recentMs = 120_000;

/** Reasons that every pod passes through and that tell nothing. */
const usual: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/**
 * Timeline lines of what happened to a pod between two states; absent before: it was created, absent after: it is gone. `at` is epoch ms. An event of a
 * failed probe, where one is known, gives the reason why the pod is no longer ready. That it is available comes with time alone: see availableEntry.
 */
export function podEntries(before: Pod | undefined, after: Pod | undefined, at: number, events: Iterable<K8sEvent>): readonly TimelineEntry[] {
	if (after === undefined) return before === undefined ? [] : [entry(before, at, 'gone', 'quiet', 'gone')];
	const steps = [
		created(before, after, at),
		scheduled(before, after, at),
		waiting(before, after, at),
		restarted(before, after, at),
		running(before, after, at),
	];
	return [...steps, readiness(before, after, at, events), terminating(before, after, at)].filter(step => step !== undefined);
}

/** A ready pod has been ready for long enough. */
export function availableEntry(pod: Pod, at: number): TimelineEntry {
	return entry(pod, at, 'available', 'good', 'available');
}

function entry(pod: Pod, at: number, kind: TimelineKind, tone: TimelineEntry['tone'], text: string): TimelineEntry {
	return {at, kind, tone, subject: pod.name, text, count: 1};
}

function created(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	if (before !== undefined) return undefined;
	return entry(after, after.createdAt === undefined ? at : Math.min(at, after.createdAt + 999), 'created', 'change', 'created');
}

function scheduled(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	if (after.nodeName === undefined || before?.nodeName !== undefined) return undefined;
	return entry(after, at, 'scheduled', 'quiet', `scheduled to ${after.nodeName}`);
}

function waiting(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	const now = waitingOf(after);
	// A pull fails and backs off by turns: one line for both.
	if (now === undefined || familyOf(now.reason) === familyOf(before === undefined ? '' : (waitingOf(before)?.reason ?? ''))) return undefined;
	const why = familyOf(now.reason) === 'image' ? pullFailure(now.message).text : shortText(now.message, maxText);
	return entry(after, at, 'waiting', 'bad', why === '' ? now.reason : `${now.reason}: ${why}`);
}

function waitingOf(pod: Pod): {readonly reason: string; readonly message: string} | undefined {
	for (const {state} of [...pod.initContainerStatuses, ...pod.containerStatuses]) {
		if (state.kind === 'waiting' && !usual.has(state.reason)) return state;
	}
	return undefined;
}

const familyOf = (reason: string) => (reason === 'ErrImagePull' || reason === 'ImagePullBackOff' ? 'image' : reason);

const restartsOf = ({containerStatuses}: Pod) => containerStatuses.reduce((sum, {restartCount}) => sum + restartCount, 0);

function restarted(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	if (before === undefined || restartsOf(after) <= restartsOf(before)) return undefined;
	const last = after.containerStatuses.find(status => status.restartCount > restartCountOf(before, status))?.lastTermination;
	const how = last === undefined ? '' : ` after ${last.signal === 0 ? `exit code ${last.exitCode}` : `signal ${last.signal}`}`;
	return entry(after, at, 'restarted', 'bad', `restarted${how} (${restartsOf(after)} so far)`);
}

function restartCountOf(pod: Pod, {name}: ContainerStatus): number {
	return pod.containerStatuses.find(status => status.name === name)?.restartCount ?? 0;
}

const isRunning = (pod: Pod) => pod.containerStatuses.length > 0 && pod.containerStatuses.every(({state}) => state.kind === 'running');

function running(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	if (!isRunning(after) || isPodReady(after) || (before !== undefined && (isRunning(before) || isPodReady(before)))) return undefined;
	return entry(after, at, 'running', 'change', 'running but not ready');
}

function readiness(before: Pod | undefined, after: Pod, at: number, events: Iterable<K8sEvent>): TimelineEntry | undefined {
	const was = before !== undefined && isPodReady(before);
	const is = isPodReady(after);
	if (is && !was) return entry(after, at, 'ready', 'good', 'ready');
	// A pod that is told to end is expected to become unready.
	if (is || !was || after.deletedAt !== undefined) return undefined;
	return entry(after, at, 'unready', 'bad', `became unready${unreadyReason(after, events)}`);
}

function unreadyReason(pod: Pod, events: Iterable<K8sEvent>): string {
	const ready = conditionOf(pod.conditions, 'Ready');
	const failure = lastProbeFailure(pod.uid, events, 'Readiness', (ready?.lastTransitionAt ?? 0) - recentMs);
	const words = failure === undefined ? undefined : probeFailure(failure, 'Readiness');
	const reason = words ?? shortText(ready?.message ?? '', maxText);
	return reason === '' ? '' : `: ${reason}`;
}

function terminating(before: Pod | undefined, after: Pod, at: number): TimelineEntry | undefined {
	if (after.deletedAt === undefined || before?.deletedAt !== undefined) return undefined;
	return entry(after, at, 'terminating', 'change', 'terminating');
}
