import {wantedNew} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {availableAt} from './pod-availability.ts';
import {countOf, type Readiness, undatedPods, waitingPods} from './readiness.ts';
import {fencepostsOf} from './rollout-arithmetic.ts';
import type {Workload} from './workload.ts';

/** When all new pods will be available if this rollout goes on as it went so far (epoch ms), never before now. */
export type Eta = {readonly at: number; readonly pods: number};

export type EtaInput = {
	readonly workload: Workload;
	/** Of new pods that neither ended nor were told to. */
	readonly readiness: Readiness;
	/** When this rollout began, epoch ms. */
	readonly startedAt: number | undefined;
	/** Epoch ms. */
	readonly now: number;
};

/** Times in the API are whole seconds, and a pod may be stamped by another clock than its ReplicaSet. */
const toleranceMs = 2000;

/** When a pod became ready is told by its node's clock. */
const slowestClockMs = 60_000;

/** The pace may change: only the last ones tell of now. */
const paceOf = 20;

/** Nobody watches a rollout for a month: a number beyond it tells of a slip, not of a pace. */
const farthestMs = 30 * 86_400_000;

/** A pod that takes this much longer than the others does not follow their pace any more. */
const longest = (durationMs: number) => durationMs * 2 + 15_000;

/** A pod that is available; epoch ms. */
type Done = {readonly createdAt: number; readonly availableAt: number};

/**
 * Estimates from this rollout's own pace: how long its pods took from their creation until they were available (readiness and `minReadySeconds`), and how many of
 * them the strategy lets begin at a time. Undefined as long as no pod of this rollout got there, and as soon as one takes far longer than those before.
 */
export function etaOf({workload, readiness, startedAt, now}: EtaInput): Eta | undefined {
	if (startedAt === undefined) return undefined;
	const {minReadySeconds, strategy, replicas} = workload;
	const undated = undatedPods(readiness, minReadySeconds);
	const waiting = waitingPods(readiness, minReadySeconds, now);
	const pending = readiness.unready.size + undated.length + waiting.length;
	const missing = Math.max(0, wantedNew(workload) - (countOf(readiness) - pending));
	const latest = latestOf(readiness, workload, startedAt, now);
	const duration = durationOf(latest.filter(done => isOwn(done, startedAt)).slice(0, paceOf));
	if (duration === undefined || missing === 0) return undefined;
	// Nothing is under way and nothing comes: the pace is no promise.
	if (pending === 0 && now - (latest[0]?.availableAt ?? 0) > longest(0)) return undefined;
	const {surge, unavailable} = fencepostsOf(workload);
	const atOnce = strategy.type === 'Recreate' ? replicas.desired : Math.max(1, surge + unavailable, pending);
	const ends = uncertainEnds(readiness, undated, {duration, now});
	if (ends === undefined) return undefined;
	for (const pod of waiting) endsAlso(ends, availableAt(pod, minReadySeconds) ?? now);
	const at = lastOf(ends, Math.max(0, missing - pending), {duration, atOnce, now});
	return at - now > farthestMs ? undefined : {at, pods: missing};
}

/** Those that are available, the last ones first; of this rollout's own as many as tell its pace. */
function latestOf({ready, undated}: Readiness, {minReadySeconds}: Workload, startedAt: number, now: number): readonly Done[] {
	const latest = [...undated.values()].flatMap(pod => doneOf(pod, minReadySeconds, now) ?? []);
	let own = 0;
	for (let index = ready.length - 1; index >= 0 && own < paceOf; index--) {
		const one = ready[index];
		const done = one && doneOf(one.pod, minReadySeconds, now);
		if (one === undefined || done === undefined) continue;
		latest.push(done);
		if (isOwn(done, startedAt)) own++;
		// What was ready by then was made before.
		if (one.since < startedAt - slowestClockMs) break;
	}
	return latest.sort((left, right) => right.availableAt - left.availableAt);
}

/** A pod that is ready for not long enough is not available. */
function doneOf(pod: Pod, minReadySeconds: number, now: number): Done | undefined {
	const at = availableAt(pod, minReadySeconds);
	return at === undefined || (minReadySeconds > 0 && at > now) ? undefined : {createdAt: pod.createdAt ?? now, availableAt: at};
}

/** An undo finds pods that ran before. */
function isOwn({createdAt}: Done, startedAt: number): boolean {
	return createdAt >= startedAt - toleranceMs;
}

/** The median, ms: one pod that fell and rose again must not count for all. */
function durationOf(latest: readonly Done[]): number | undefined {
	const durations = latest.map(({createdAt, availableAt: at}) => Math.max(0, at - createdAt)).sort((left, right) => left - right);
	return durations[Math.floor(durations.length / 2)];
}

/** So many pods will be available then (epoch ms). */
type End = {readonly at: number; count: number};

/** When those will be of which nobody knows; undefined where one takes far longer than the others did. */
function uncertainEnds({unreadyByBirth}: Readiness, undated: readonly Pod[], {duration, now}: Pick<Pace, 'duration' | 'now'>): End[] | undefined {
	const births = [...unreadyByBirth];
	for (const {createdAt} of undated) births.push([createdAt, 1]);
	const earliest = now - longest(duration);
	if (births.some(([createdAt = now]) => createdAt < earliest)) return undefined;
	return births.map(([createdAt = now, count]) => ({at: createdAt + duration, count}));
}

/** One more; those that wait come in the order of their ends, thousands of them within few seconds. */
function endsAlso(ends: End[], at: number): void {
	const last = ends.at(-1);
	if (last?.at === at) last.count++;
	else ends.push({at, count: 1});
}

type Pace = {readonly duration: number; readonly atOnce: number; readonly now: number};

/** Each pod that gets available makes room for the next one: when the last one of all is there. `ends`: when those under way will be. */
function lastOf(ends: readonly End[], unborn: number, {duration, atOnce, now}: Pace): number {
	const soonest = now + 1000;
	const step = Math.max(1000, duration);
	const sorted = ends.toSorted((left, right) => left.at - right.at);
	const last = Math.max(soonest, sorted.at(-1)?.at ?? soonest);
	if (unborn === 0) return last;
	// Pods take their turns at the places in the order in which these get free; all take the same time. Free places are counted, not made: somebody may have asked for
	// two thousand million pods.
	const busy = sorted.reduce((sum, {count}) => sum + count, 0);
	const free = Math.max(0, atOnce - busy);
	const places = free + busy;
	const turns = Math.ceil(unborn / places);
	/** So many of the places take one turn more than the others. */
	const most = unborn - (turns - 1) * places;
	const lastOfMost = most <= free ? now : Math.max(soonest, nth(sorted, most - free));
	return Math.max(lastOfMost + turns * step, busy === 0 ? soonest : last + (most < places ? turns - 1 : turns) * step);
}

/** When so many of them have ended. */
function nth(sorted: readonly End[], number: number): number {
	let ended = 0;
	for (const {at, count} of sorted) {
		ended += count;
		if (ended >= number) return at;
	}
	return sorted.at(-1)?.at ?? 0;
}
