import {conditionOf} from './condition-of.ts';
import {placeIn} from './place-in.ts';
import type {Pod} from './pod.ts';
import {isPodReady} from './pod-availability.ts';
import {tally} from './tally.ts';

/** A pod that is ready, and since when (epoch ms). */
export type ReadyPod = {readonly pod: Pod; readonly since: number};

/** Pods by their readiness, each in one of these. */
export type Readiness = {
	/** By when they became ready, the last one last. */
	readonly ready: readonly ReadyPod[];
	/** Ready, but the API does not say since when. By uid. */
	readonly undated: ReadonlyMap<string, Pod>;
	/** By uid. */
	readonly unready: ReadonlyMap<string, Pod>;
	/** How many of the unready ones were created when (epoch ms): the API tells whole seconds, so that thousands are few. */
	readonly unreadyByBirth: ReadonlyMap<number | undefined, number>;
};

/** The same, kept while pods change one by one. */
export type ReadinessIndex = Readiness & {
	/** A pod came (`before` undefined), changed, or went (`after` undefined). */
	readonly put: (before: Pod | undefined, after: Pod | undefined) => void;
};

/** What depends on readiness must not ask thousands of pods for each frame: few of them are not ready, or became so a moment ago. */
export function createReadiness(pods: Iterable<Pod> = []): ReadinessIndex {
	const ready: ReadyPod[] = [];
	const undated = new Map<string, Pod>();
	const unready = new Map<string, Pod>();
	const unreadyByBirth = new Map<number | undefined, number>();
	const add = (pod: Pod) => {
		const since = readySince(pod);
		if (since !== undefined) ready.splice(placeOf(ready, pod, since), 0, {pod, since});
		else if (isPodReady(pod)) undated.set(pod.uid, pod);
		else {
			if (!unready.has(pod.uid)) tally(unreadyByBirth, pod.createdAt, 1);
			unready.set(pod.uid, pod);
		}
	};
	const remove = (pod: Pod) => {
		const since = readySince(pod);
		if (since !== undefined) ready.splice(placeOf(ready, pod, since), 1);
		else if (isPodReady(pod)) undated.delete(pod.uid);
		else if (unready.delete(pod.uid)) tally(unreadyByBirth, pod.createdAt, -1);
	};
	for (const pod of pods) add(pod);
	return {
		ready,
		undated,
		unready,
		unreadyByBirth,
		put(before, after) {
			if (before !== undefined) remove(before);
			if (after !== undefined) add(after);
		},
	};
}

/** How many pods there are. */
export function countOf({ready, undated, unready}: Readiness): number {
	return ready.length + undated.size + unready.size;
}

/** Pods that do not count as available at `now` (epoch ms). */
export function unavailablePods(readiness: Readiness, minReadySeconds: number, now: number): readonly Pod[] {
	return [...readiness.unready.values(), ...undatedPods(readiness, minReadySeconds), ...waitingPods(readiness, minReadySeconds, now)];
}

/** How many count as available at `now` (epoch ms). */
export function availableCount(readiness: Readiness, minReadySeconds: number, now: number): number {
	const {ready, undated} = readiness;
	return ready.length + undated.size - undatedPods(readiness, minReadySeconds).length - waitingPods(readiness, minReadySeconds, now).length;
}

/** Of the ready ones those of which nobody knows when they will be. */
export function undatedPods({undated}: Readiness, minReadySeconds: number): readonly Pod[] {
	// Without a minimum, readiness alone decides: a clock that runs behind the cluster's must not delay it.
	return minReadySeconds === 0 ? [] : [...undated.values()];
}

/** Those of them that are ready, but not for long enough. */
export function waitingPods({ready}: Readiness, minReadySeconds: number, now: number): readonly Pod[] {
	const waiting: Pod[] = [];
	for (let index = ready.length - 1; index >= 0 && minReadySeconds > 0; index--) {
		const last = ready[index];
		if (last === undefined || last.since + minReadySeconds * 1000 <= now) break;
		waiting.push(last.pod);
	}
	return waiting;
}

function readySince(pod: Pod): number | undefined {
	const condition = conditionOf(pod.conditions, 'Ready');
	return condition?.status === 'True' ? condition.lastTransitionAt : undefined;
}

/** Where it is, or would be. */
function placeOf(ready: readonly ReadyPod[], {uid}: Pod, since: number): number {
	return placeIn(ready, other => other.since < since || (other.since === since && other.pod.uid < uid));
}
