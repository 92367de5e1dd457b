import {wantedNew} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {availableAt} from './pod-availability.ts';
import {fencepostsOf} from './rollout-arithmetic.ts';
import type {Workload} from './workload.ts';

/** When all new pods will be available if this rollout goes on as it went so far (epoch ms), never before now. */
export type Eta = {readonly at: number; readonly pods: number};

export type EtaInput = {
	readonly workload: Workload;
	/** New pods that neither ended nor were told to. */
	readonly newPods: readonly Pod[];
	/** When this rollout began, epoch ms. */
	readonly startedAt: number | undefined;
	/** Epoch ms. */
	readonly now: number;
};

/** Times in the API are whole seconds, and a pod may be stamped by another clock than its ReplicaSet. */
const toleranceMs = 2000;

/** The pace may change: only the last ones tell of now. */
const paceOf = 20;

/** Nobody watches a rollout for a month: a number beyond it tells of a slip, not of a pace. */
const farthestMs = 30 * 86_400_000;

/** A pod that takes this much longer than the others does not follow their pace any more. */
const latest = (durationMs: number) => durationMs * 2 + 15_000;

type Timed = {
	readonly createdAt: number;
	readonly availableAt: number | undefined;
	/** Of one that is ready: when it will have been so for long enough. */
	readonly expectedAt: number | undefined;
};

/**
 * Estimates from this rollout's own pace: how long its pods took from their creation until they were available (readiness and `minReadySeconds`), and how many of
 * them the strategy lets begin at a time. Undefined as long as no pod of this rollout got there, and as soon as one takes far longer than those before.
 */
export function etaOf({workload, newPods, startedAt, now}: EtaInput): Eta | undefined {
	if (startedAt === undefined) return undefined;
	const {minReadySeconds, strategy, replicas} = workload;
	const wanted = wantedNew(workload);
	const timed = newPods.map(pod => timedOf(pod, minReadySeconds, now));
	const done = timed.filter(pod => pod.availableAt !== undefined);
	const pending = timed.filter(pod => pod.availableAt === undefined);
	const missing = Math.max(0, wanted - done.length);
	const duration = durationOf(done.filter(({createdAt}) => createdAt >= startedAt - toleranceMs));
	if (duration === undefined || missing === 0) return undefined;
	if (pending.some(({createdAt, expectedAt}) => expectedAt === undefined && now - createdAt > latest(duration))) return undefined;
	const unborn = Math.max(0, missing - pending.length);
	// Nothing is under way and nothing comes: the pace is no promise.
	const newest = done.reduce((last, pod) => Math.max(last, pod.availableAt ?? 0), 0);
	if (pending.length === 0 && now - newest > latest(0)) return undefined;
	const {surge, unavailable} = fencepostsOf(workload);
	const atOnce = strategy.type === 'Recreate' ? replicas.desired : Math.max(1, surge + unavailable, pending.length);
	const at = lastOf(pending, unborn, {duration, atOnce, now});
	return at - now > farthestMs ? undefined : {at, pods: missing};
}

/** A pod that is ready for not long enough is not available, but it is known when it will be. */
function timedOf(pod: Pod, minReadySeconds: number, now: number): Timed {
	const at = availableAt(pod, minReadySeconds);
	const isReached = at !== undefined && (minReadySeconds === 0 || at <= now);
	return {createdAt: pod.createdAt ?? now, availableAt: isReached ? at : undefined, expectedAt: isReached ? undefined : at};
}

/** The median of the last ones, ms: one pod that fell and rose again must not count for all. */
function durationOf(done: readonly Timed[]): number | undefined {
	const durations = lastOnes(done)
		.map(({createdAt, availableAt: at = createdAt}) => Math.max(0, at - createdAt))
		.sort((left, right) => left - right);
	return durations[Math.floor(durations.length / 2)];
}

/** Those that became available last, in no order. Thousands are not sorted for the sake of twenty. */
function lastOnes(done: readonly Timed[]): readonly Timed[] {
	const kept: Timed[] = [];
	for (const pod of done) {
		const place = kept.findIndex(({availableAt = 0}) => availableAt < (pod.availableAt ?? 0));
		if (place === -1 && kept.length >= paceOf) continue;
		kept.splice(place === -1 ? kept.length : place, 0, pod);
		kept.length = Math.min(kept.length, paceOf);
	}
	return kept;
}

type Pace = {readonly duration: number; readonly atOnce: number; readonly now: number};

/** Each pod that gets available makes room for the next one: when the last one of all is there. */
function lastOf(pending: readonly Timed[], unborn: number, {duration, atOnce, now}: Pace): number {
	const step = Math.max(1000, duration);
	const underWay = pending.map(({createdAt, expectedAt}) => Math.max(now + 1000, expectedAt ?? createdAt + duration));
	const busy = underWay.sort((left, right) => left - right);
	// Free places are counted, not made: somebody may have asked for two thousand million pods.
	const free = Math.max(0, atOnce - pending.length);
	// Pods take their turns at the places in the order in which these get free; all take the same time.
	const turns = (place: number) => step * Math.max(0, Math.ceil((unborn - place) / (free + busy.length)));
	const first = free > 0 ? now + turns(0) : now;
	return busy.reduce((last, at, index) => Math.max(last, at + turns(free + index)), Math.max(now + 1000, first));
}
