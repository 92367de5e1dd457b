import type {Pod} from '../../src/domain/pod.ts';
import {isPodAvailable} from '../../src/domain/pod-availability.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {type RolloutStep, rolloutStep} from '../../src/domain/rollout-step.ts';
import type {Workload} from '../../src/domain/workload.ts';
import {condition, pod, replicaSet, start, workload} from './cluster-objects.ts';

/** A rollout from `web-a` to `web-b`, played by the step that the program expects of the controller; what pods do is given. */
export type SimulatedRollout = {
	readonly desired: number;
	readonly strategy: Workload['strategy'];
	readonly minReadySeconds: number;
	/** From a new pod's creation until it is ready, ms; undefined: never. */
	readonly readyAfterMs: (index: number) => number | undefined;
	/** From a step to the next, ms. */
	readonly pauseMs: number;
	readonly endMs: number;
	/** Old pods of which so many are not ready. */
	readonly illOld?: number;
};

export type Moment = {
	readonly at: number;
	readonly workload: Workload;
	readonly step: RolloutStep;
	readonly newPods: readonly Pod[];
	readonly oldCount: number;
};

/** The moments of the rollout, one for each pause, until it is done or `endMs` have passed. */
export function simulateRollout(given: SimulatedRollout): readonly Moment[] {
	const {desired, strategy, minReadySeconds} = given;
	const born: number[] = [];
	let old = desired;
	let ill = given.illOld ?? 0;
	const moments: Moment[] = [];
	for (let at = start; at <= start + given.endMs; at += given.pauseMs) {
		const newPods = born.map((createdAt, index) => newPod(index, createdAt, given.readyAfterMs(index), at));
		const available = newPods.filter(one => isPodAvailable(one, minReadySeconds, at)).length;
		const object = workload({specReplicas: desired, strategy, minReadySeconds, replicas: {...counts, desired, updated: born.length, available}});
		const sets = setsOf(born.length, available, old, old - ill);
		const step = rolloutStep({workload: object, ...sets, oldPodsLeft: old, pods: undefined, now: 0});
		moments.push({at, workload: object, step, newPods, oldCount: old});
		if (step.kind === 'done') break;
		if (step.kind === 'grow') for (let index = 0; index < step.by; index++) born.push(at);
		if (step.kind === 'shrink-old') {
			old -= step.healthy + step.unhealthy;
			ill = Math.max(0, Math.min(ill - step.unhealthy, old));
		}
	}
	return moments;
}

const counts = {desired: 0, current: 0, updated: 0, ready: 0, available: 0, unavailable: 0, terminating: 0};

function setsOf(
	size: number,
	available: number,
	old: number,
	oldAvailable: number,
): {newReplicaSet: ReplicaSet | undefined; oldReplicaSets: readonly ReplicaSet[]} {
	const of = (name: string, revision: number, desired: number, count: number) =>
		replicaSet(name, revision, `app:v${revision}`, {desired, current: desired, ready: count, available: count});
	return {newReplicaSet: size === 0 ? undefined : of('web-b', 2, size, available), oldReplicaSets: [of('web-a', 1, old, oldAvailable)]};
}

function newPod(index: number, createdAt: number, readyAfterMs: number | undefined, at: number): Pod {
	const readyAt = readyAfterMs === undefined ? undefined : createdAt + readyAfterMs;
	const isReady = readyAt !== undefined && readyAt <= at;
	const seconds = (time: number) => Math.floor(time / 1000) * 1000;
	const ready = condition('Ready', isReady ? 'True' : 'False', {lastTransitionAt: seconds(isReady ? readyAt : createdAt)});
	return pod(`web-b-${index}`, 'web-b', isReady, {createdAt: seconds(createdAt), conditions: [ready]});
}
