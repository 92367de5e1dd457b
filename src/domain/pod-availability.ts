import {conditionOf} from './condition-of.ts';
import type {Pod} from './pod.ts';

/** Condition Ready is True: the pod takes traffic. */
export function isPodReady(pod: Pod): boolean {
	return conditionOf(pod.conditions, 'Ready')?.status === 'True';
}

/** The pod has ended and will not run again (Succeeded or Failed). */
export function isPodEnded(pod: Pod): boolean {
	return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

/**
 * Since when, or from when on, the pod counts as available (epoch ms): ready for `minReadySeconds`. Undefined while it is not ready, or when the API
 * does not say since when it is and that matters. kubernetes: pkg/api/v1/pod/util.go IsPodAvailable.
 */
export function availableAt(pod: Pod, minReadySeconds: number): number | undefined {
	const ready = conditionOf(pod.conditions, 'Ready');
	if (ready?.status !== 'True') return undefined;
	if (minReadySeconds === 0) return ready.lastTransitionAt ?? pod.createdAt ?? 0;
	return ready.lastTransitionAt === undefined ? undefined : ready.lastTransitionAt + minReadySeconds * 1000;
}

/** The pod counts as available at `now` (epoch ms). */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
	// Without a minimum, readiness alone decides: a clock that runs behind the cluster's must not delay it.
	if (minReadySeconds === 0) return isPodReady(pod);
	const at = availableAt(pod, minReadySeconds);
	return at !== undefined && at <= now;
}
