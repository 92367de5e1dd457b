import {mergedBins, type Quantiles, quantilesOf} from '../latency-bins.ts';
import type {FailureReason, RuleName} from '../sample.ts';
import {type Bucket, joinedPods, type PodAnswers} from '../sample-bucket.ts';
import {countedSeconds, type SampleWindow, secondsWithin} from '../sample-window.ts';
import {countIn, unrecognisedMark} from './tallies.ts';

type VersionShare = {
	readonly version: string;
	/** Index that chooses glyph and colour: stays the same for as long as the version is in the window. */
	readonly slot: number;
	readonly count: number;
	readonly share: number;
	/** uid of the ReplicaSet that it was found to come from last; of all whose pods have answered with it last. */
	readonly ownerUid: string | undefined;
	readonly ownerUids: readonly string[];
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

function versionShares(window: SampleWindow, counts: ReadonlyMap<unknown, number>, samples: number): readonly VersionShare[] {
	const shares = window.versions.flatMap(({version, slot, ownerUid, rule}) => {
		const count = counts.get(slot);
		if (count === undefined) return [];
		const ownerUids = [...window.slotByOwner].flatMap(([uid, ownSlot]) => (ownSlot === slot ? [uid] : []));
		return [{version, slot, count, share: count / samples, ownerUid, ownerUids, rule}];
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
	const buckets = secondsWithin(window, now, seconds);
	const samples = buckets.reduce((sum, bucket) => sum + bucket.samples, 0);
	const counts = new Map<unknown, number>();
	for (const {tallies} of buckets) for (const [key, {count}] of tallies) countIn(counts, key, count);
	const unrecognised = counts.get(unrecognisedMark) ?? 0;
	return {
		samples,
		versions: versionShares(window, counts, samples),
		failures: failureShares(buckets, samples),
		unrecognised: {count: unrecognised, share: samples === 0 ? 0 : unrecognised / samples},
	};
}

/**
 * The last `n` samples as marks, newest last: slot of the version, -1 failure, -2 unrecognised. Of a second with more samples than any strip shows
 * only the last ones are known.
 */
export function lastOutcomes(window: SampleWindow, n: number): readonly number[] {
	const parts: (readonly number[])[] = [];
	let missing = n;
	const buckets = countedSeconds(window);
	for (let index = buckets.length - 1; index >= 0 && missing > 0; index -= 1) {
		const marks = buckets[index]?.marks ?? [];
		parts.unshift(marks.slice(-missing));
		missing -= marks.length;
	}
	return parts.flat();
}

/** Latency in ms of the window's answers and time-outs, right to half a percent; undefined where nothing answered. */
export function latencyQuantiles(window: SampleWindow, now: number, seconds: number): Quantiles | undefined {
	return quantilesOf(mergedBins(secondsWithin(window, now, seconds).flatMap(({tallies}) => Array.from(tallies.values(), ({latency}) => latency))));
}

/** Answers and failures of each pod that answered within the window, by pod name. */
export function answersByPod(window: SampleWindow, now: number, seconds: number): ReadonlyMap<string, PodAnswers> {
	return joinedPods(secondsWithin(window, now, seconds).map(({pods}) => pods));
}
