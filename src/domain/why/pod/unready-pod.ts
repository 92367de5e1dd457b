import {conditionOf} from '../../condition-of.ts';
import type {K8sEvent} from '../../k8s-event.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';
import {lastReadinessFailure, probeAnswer, readinessFailure} from './probe-failure.ts';

/** A pod may take that long to become ready before anybody worries, unless its probe has failed already. */
const patienceMs = 15_000;

/** Why a pod whose containers run is not ready: its probe's last failure, in the probe's own terms. */
export function unreadyPod(subject: PodSubject): Cause | undefined {
	const {pod, events, isPast} = subject;
	const unready = pod.containerStatuses.find(({ready, state}) => !ready && state.kind === 'running');
	if (unready === undefined || unready.state.kind !== 'running') return gatedPod(subject);
	const probe = pod.containers.find(({name}) => name === unready.name)?.readinessProbe?.text;
	const sinceAt = conditionOf(pod.conditions, 'Ready')?.lastTransitionAt ?? unready.state.startedAt;
	const failure = lastReadinessFailure(pod.uid, events, unready.state.startedAt ?? 0);
	const words = failure === undefined ? undefined : readinessFailure(failure);
	if (failure !== undefined && words !== undefined) {
		return {
			kind: 'readiness-probe-fails',
			hope: 'doubtful',
			reason: 'ReadinessProbe',
			message: `is not ready: readiness probe ${probe ?? ''} ${probeAnswer(words)}${howOften(failure)}`.replace('  ', ' '),
			sinceAt,
		};
	}
	if (sinceAt === undefined || !isPast(sinceAt + patienceMs)) return undefined;
	const what = probe === undefined ? `container ${unready.name} is not ready` : `is not ready: readiness probe ${probe} has not succeeded yet`;
	return {kind: 'not-ready-yet', hope: 'likely', reason: 'NotReady', message: what, sinceAt};
}

/** All containers are ready; a controller outside has not said yes. */
function gatedPod({pod, isPast}: PodSubject): Cause | undefined {
	const ready = conditionOf(pod.conditions, 'Ready');
	if (ready?.reason !== 'ReadinessGatesNotReady' || ready.lastTransitionAt === undefined || !isPast(ready.lastTransitionAt + patienceMs)) return undefined;
	return {
		kind: 'readiness-gate',
		hope: 'waits',
		reason: ready.reason,
		message: `is not ready: ${shortText(ready.message, 200)}`,
		sinceAt: ready.lastTransitionAt,
	};
}

/** ` (12 times in 14s)`; nothing for a single failure. */
function howOften({count, firstAt, lastAt}: K8sEvent): string {
	if (count < 2) return '';
	const seconds = firstAt === undefined || lastAt === undefined ? 0 : Math.round((lastAt - firstAt) / 1000);
	return seconds === 0 ? ` (${count} times)` : ` (${count} times in ${seconds}s)`;
}
