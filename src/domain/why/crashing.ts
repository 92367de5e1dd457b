import type {ContainerStatus, Pod} from '../pod.ts';
import {isPodReady} from '../pod-availability.ts';

/** A container that ran for that long did something before it ended: what ended it may be outside of it. */
const shortRunMs = 60_000;

/** A run counts as a success when it lasts for twice the last one and for at least so long. */
const leastRunMs = 10_000;

/** How long the last run of the container took, ms. */
function lastRunMs({lastTermination}: ContainerStatus): number {
	const {startedAt, finishedAt} = lastTermination ?? {};
	return startedAt === undefined || finishedAt === undefined ? 0 : Math.max(0, finishedAt - startedAt);
}

function crashes(status: ContainerStatus): boolean {
	const {state, restartCount, lastTermination} = status;
	if (lastTermination === undefined || lastRunMs(status) > shortRunMs) return false;
	return state.kind === 'waiting' ? state.reason === 'CrashLoopBackOff' : restartCount >= 2;
}

/** A container of it ended soon after its start, and again when it was started anew: whether or not it runs at this moment. */
export function isCrashing({initContainerStatuses, containerStatuses}: Pod): boolean {
	return initContainerStatuses.some(crashes) || containerStatuses.some(crashes);
}

/** It is ready and runs for longer than it did before it ended; without an end before, being ready is enough. `now` is epoch ms. */
export function hasRecovered(pod: Pod, now: number): boolean {
	return isPodReady(pod) && pod.containerStatuses.every(status => outlasts(status, now));
}

function outlasts(status: ContainerStatus, now: number): boolean {
	const {state, restartCount} = status;
	if (restartCount === 0) return true;
	return state.kind === 'running' && state.startedAt !== undefined && now - state.startedAt > Math.max(leastRunMs, 2 * lastRunMs(status));
}
