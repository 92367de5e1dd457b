import {conditionOf} from './condition-of.ts';
import type {K8sEvent} from './k8s-event.ts';
import type {Pod} from './pod.ts';
import {lastReadinessFailure, probeAnswer, readinessFailure} from './probe-failure.ts';
import {shortText} from './short-text.ts';
import type {Trouble} from './trouble.ts';

/** A pod may take that long to become ready before anybody worries, unless its probe has failed already. */
const patienceMs = 15_000;

/** Why a pod whose containers run is not ready: its probe's last failure, in the probe's own terms. */
export function unreadyPod(pod: Pod, events: readonly K8sEvent[], now: number): Trouble | undefined {
	const unready = pod.containerStatuses.find(({ready, state}) => !ready && state.kind === 'running');
	if (unready === undefined || unready.state.kind !== 'running') return gatedPod(pod, now);
	const probe = pod.containers.find(({name}) => name === unready.name)?.readinessProbe;
	const sinceAt = conditionOf(pod.conditions, 'Ready')?.lastTransitionAt ?? unready.state.startedAt;
	const failure = lastReadinessFailure(pod.uid, events, unready.state.startedAt ?? 0);
	const words = failure === undefined ? undefined : readinessFailure(failure);
	if (failure !== undefined && words !== undefined) {
		return {
			reason: 'ReadinessProbe',
			message: `is not ready: readiness probe ${probe ?? ''} ${probeAnswer(words)}${howOften(failure)}`.replace('  ', ' '),
			sinceAt,
			weight: 4,
		};
	}
	if (sinceAt === undefined || now - sinceAt < patienceMs) return undefined;
	const what = probe === undefined ? `container ${unready.name} is not ready` : `is not ready: readiness probe ${probe} has not succeeded yet`;
	return {reason: 'NotReady', message: what, sinceAt, weight: 2};
}

/** All containers are ready; a controller outside has not said yes. */
function gatedPod(pod: Pod, now: number): Trouble | undefined {
	const ready = conditionOf(pod.conditions, 'Ready');
	if (ready?.reason !== 'ReadinessGatesNotReady' || now - (ready.lastTransitionAt ?? now) < patienceMs) return undefined;
	return {reason: ready.reason, message: `is not ready: ${shortText(ready.message, 200)}`, sinceAt: ready.lastTransitionAt, weight: 2};
}

/** ` (12 times in 14s)`; nothing for a single failure. */
function howOften({count, firstAt, lastAt}: K8sEvent): string {
	if (count < 2) return '';
	const seconds = firstAt === undefined || lastAt === undefined ? 0 : Math.round((lastAt - firstAt) / 1000);
	return seconds === 0 ? ` (${count} times)` : ` (${count} times in ${seconds}s)`;
}
