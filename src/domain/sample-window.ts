import {type Quantiles, quantilesOf} from './latency-bins.ts';
import type {FailureReason, RuleName, Sample} from './sample.ts';
import {type Bucket, countIn, countSecond, failureMark, type OpenSecond, type PodAnswers, unrecognisedMark} from './sample-bucket.ts';
import {track, type VersionTrack} from './version-track.ts';

/** How far back samples are kept, in seconds: the widest window that can be asked for. */
export const longestWindowSeconds = 600;

/**
 * The sampler's samples of the last ten minutes, immutable: each second counted in a bucket of its own, so that 500 samples a second cost
 * little to add, to keep and to ask. Every question is answered by whole seconds.
 */
export type SampleWindow = {
	/** Seconds that are over, oldest first. */
	readonly buckets: readonly Bucket[];
	/** Epoch second that `open` collects; samples arrive in order. */
	readonly second: number;
	readonly open: OpenSecond | undefined;
	readonly versions: readonly VersionTrack[];
	/** Answers with a version since the start. */
	readonly recognised: number;
	/** Epoch ms of the newest sample. */
	readonly newestAt: number | undefined;
};

/** The window before the first sample. */
export const emptyWindow: SampleWindow = {buckets: [], second: 0, open: undefined, versions: [], recognised: 0, newestAt: undefined};

function slotsInUse({buckets, open}: SampleWindow): ReadonlySet<number> {
	const slots = new Set(buckets.flatMap(({versions}) => [...versions.keys()]));
	for (let entry = open; entry !== undefined; entry = entry.older) slots.add(entry.mark);
	return slots;
}

/** The window in which the second of this sample is the open one. */
function openSecond(window: SampleWindow, second: number): SampleWindow {
	// A clock that was set back leaves samples from the future, which would never leave the window. A second or two is jitter.
	if (second < window.second - 2) return {...window, buckets: [], second, open: undefined};
	if (second <= window.second) return window;
	const closed = window.open === undefined ? window.buckets : [...window.buckets, countSecond(window.second, window.open)];
	const firstKept = closed.findIndex(bucket => bucket.second > second - longestWindowSeconds);
	return {...window, buckets: firstKept === -1 ? [] : closed.slice(firstKept), second, open: undefined};
}

/** The window with one more sample, which must not be older than those in it by more than jitter. */
export function addSample(before: SampleWindow, sample: Sample): SampleWindow {
	const window = openSecond(before, Math.floor(sample.at / 1000));
	const recognised = window.recognised + (sample.outcome.kind === 'version' ? 1 : 0);
	const {tracks, slot} = track(window.versions, sample, recognised, () => slotsInUse(window));
	const mark = markOf(sample, slot);
	return {...window, open: {sample, mark, older: window.open}, versions: tracks, recognised, newestAt: sample.at};
}

function markOf({outcome}: Sample, slot: number): number {
	if (outcome.kind === 'failure') return failureMark;
	return outcome.kind === 'unrecognised' ? unrecognisedMark : slot;
}

/** All seconds, the open one counted too. */
function allBuckets(window: SampleWindow): readonly Bucket[] {
	return window.open === undefined ? window.buckets : [...window.buckets, countSecond(window.second, window.open)];
}

function bucketsWithin(window: SampleWindow, now: number, seconds: number): readonly Bucket[] {
	const oldest = Math.floor(now / 1000) - seconds;
	return allBuckets(window).filter(({second}) => second > oldest);
}

type VersionShare = {
	readonly version: string;
	/** Index that chooses glyph and colour: stays the same for as long as the version is in the window. */
	readonly slot: number;
	readonly count: number;
	readonly share: number;
	readonly ownerUid: string | undefined;
	readonly rule: RuleName;
};

export type FailureShare = {
	readonly reason: FailureReason;
	readonly count: number;
	readonly share: number;
	/** The newest one's words for people. */
	readonly detail: string;
	/** Pods that are known to have failed so, most failures first. */
	readonly pods: readonly {readonly podName: string; readonly count: number}[];
};

/** What the answers of a window were. Shares are of all its samples: versions, failures and unrecognised add up to 1. */
export type VersionMix = {
	readonly samples: number;
	/** By slot, so that rows never jump. */
	readonly versions: readonly VersionShare[];
	/** Most frequent first. */
	readonly failures: readonly FailureShare[];
	readonly unrecognised: {readonly count: number; readonly share: number};
};

function versionShares(window: SampleWindow, buckets: readonly Bucket[], samples: number): readonly VersionShare[] {
	const counts = new Map<number, number>();
	for (const bucket of buckets) for (const [slot, count] of bucket.versions) countIn(counts, slot, count);
	const shares = window.versions.flatMap(({version, slot, ownerUid, rule}) => {
		const count = counts.get(slot);
		return count === undefined ? [] : [{version, slot, count, share: count / samples, ownerUid, rule}];
	});
	return shares.sort((left, right) => left.slot - right.slot);
}

function failureShares(buckets: readonly Bucket[], samples: number): readonly FailureShare[] {
	const reasons = new Map<FailureReason, {count: number; detail: string; readonly pods: Map<string, number>}>();
	for (const {reason, podName, count, detail} of buckets.flatMap(({failures}) => failures)) {
		const known = reasons.get(reason) ?? {count: 0, detail, pods: new Map<string, number>()};
		known.count += count;
		known.detail = detail;
		if (podName !== undefined) countIn(known.pods, podName, count);
		reasons.set(reason, known);
	}
	const shares = Array.from(reasons, ([reason, {count, detail, pods}]) => ({
		reason,
		count,
		share: count / samples,
		detail,
		pods: Array.from(pods, ([podName, podCount]) => ({podName, count: podCount})).sort((left, right) => right.count - left.count),
	}));
	return shares.sort((left, right) => right.count - left.count);
}

/** The mix of the last `seconds` seconds before `now` (epoch ms), the running one included. */
export function versionMix(window: SampleWindow, now: number, seconds: number): VersionMix {
	const buckets = bucketsWithin(window, now, seconds);
	const samples = buckets.reduce((sum, bucket) => sum + bucket.samples, 0);
	const unrecognised = buckets.reduce((sum, bucket) => sum + bucket.unrecognised, 0);
	return {
		samples,
		versions: versionShares(window, buckets, samples),
		failures: failureShares(buckets, samples),
		unrecognised: {count: unrecognised, share: samples === 0 ? 0 : unrecognised / samples},
	};
}

/** The last `n` samples as marks, newest last: slot of the version, -1 failure, -2 unrecognised. */
export function lastOutcomes(window: SampleWindow, n: number): readonly number[] {
	const parts: (readonly number[])[] = [];
	let missing = n;
	const buckets = allBuckets(window);
	for (let index = buckets.length - 1; index >= 0 && missing > 0; index -= 1) {
		const marks = buckets[index]?.marks ?? [];
		parts.unshift(marks.slice(-missing));
		missing -= marks.length;
	}
	return parts.flat();
}

/** Latency in ms of the window's answers and time-outs, right to half a percent; undefined where nothing answered. */
export function latencyQuantiles(window: SampleWindow, now: number, seconds: number): Quantiles | undefined {
	return quantilesOf(bucketsWithin(window, now, seconds).flatMap(({latencyBins}) => [...latencyBins]));
}

/** Answers and failures of each pod that answered within the window, by pod name. */
export function answersByPod(window: SampleWindow, now: number, seconds: number): ReadonlyMap<string, PodAnswers> {
	const pods = new Map<string, PodAnswers>();
	for (const bucket of bucketsWithin(window, now, seconds)) {
		for (const [podName, {answers, failures}] of bucket.pods) {
			const known = pods.get(podName) ?? {answers: 0, failures: 0};
			pods.set(podName, {answers: known.answers + answers, failures: known.failures + failures});
		}
	}
	return pods;
}
