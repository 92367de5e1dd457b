import {type BinCounts, noLatencies, type Quantiles, quantilesOf} from '../latency-bins.ts';
import {countSecond} from '../sample-bucket.ts';
import {type SampleWindow, secondsWithin} from '../sample-window.ts';
import {furtherVersions, type VersionTrack} from '../version-track.ts';
import {failureMark, mergedTallies, type Tallies, unrecognisedMark} from './tallies.ts';

/** How the requests that a version got have ended. */
export type VersionNumbers = {
	/** Undefined: pods of this owner have only failed so far. */
	readonly version: string | undefined;
	readonly slot: number | undefined;
	/** uid of the ReplicaSet that it was found to come from last. */
	readonly ownerUid: string | undefined;
	/** Good answers, and failures of pods whose owner has this version. */
	readonly answers: number;
	readonly failures: number;
	/** Failures among all of its requests, 0…1. */
	readonly errorRate: number;
	/** Latencies of the good answers: an error that comes at once must not make a version look quick. */
	readonly latency: BinCounts;
	readonly latencyMs: Quantiles | undefined;
};

export type NumbersByVersion = {
	readonly samples: number;
	/** By slot; those that have only failed last. */
	readonly versions: readonly VersionNumbers[];
	/** Failures that nobody can be blamed for: nothing answered, or the answer names no pod. */
	readonly unattributed: number;
	readonly unrecognised: number;
};

const none = {count: 0, latency: noLatencies};

function numbersOf(tallies: Tallies, track: VersionTrack | undefined, owners: readonly string[]): VersionNumbers {
	const {count: answers, latency} = (track && tallies.get(track.slot)) ?? none;
	const failures = owners.reduce((sum, uid) => sum + (tallies.get(uid)?.count ?? 0), 0);
	const requests = answers + failures;
	return {
		version: track?.version,
		slot: track?.slot,
		ownerUid: track?.ownerUid ?? owners[0],
		answers,
		failures,
		errorRate: requests === 0 ? 0 : failures / requests,
		latency,
		latencyMs: quantilesOf(latency),
	};
}

function numbersByVersion({versions, slotByOwner}: SampleWindow, tallies: Tallies): NumbersByVersion {
	const furtherSlot = versions.find(({version}) => version === furtherVersions)?.slot;
	const slotOf = (uid: string) => (uid === furtherVersions ? furtherSlot : slotByOwner.get(uid));
	const failing = [...tallies.keys()].filter(key => typeof key === 'string');
	const rows = versions.map(track =>
		numbersOf(
			tallies,
			track,
			failing.filter(uid => slotOf(uid) === track.slot),
		),
	);
	const unknown = failing.filter(uid => slotOf(uid) === undefined).map(uid => nameless(numbersOf(tallies, undefined, [uid])));
	return {
		samples: [...tallies.values()].reduce((sum, {count}) => sum + count, 0),
		versions: [...rows.filter(({answers, failures}) => answers + failures > 0).sort(bySlot), ...unknown],
		unattributed: tallies.get(failureMark)?.count ?? 0,
		unrecognised: tallies.get(unrecognisedMark)?.count ?? 0,
	};
}

function bySlot(left: VersionNumbers, right: VersionNumbers): number {
	return (left.slot ?? 0) - (right.slot ?? 0);
}

/** Failures of owners that are not told apart any more have the further versions' name, not an owner's. */
function nameless(numbers: VersionNumbers): VersionNumbers {
	return numbers.ownerUid === furtherVersions ? {...numbers, version: furtherVersions, ownerUid: undefined} : numbers;
}

/** Errors and latency of each version in the last `seconds` seconds before `now` (epoch ms), the running one included. */
export function versionNumbers(window: SampleWindow, now: number, seconds: number): NumbersByVersion {
	return numbersByVersion(window, mergedTallies(secondsWithin(window, now, seconds).map(({tallies}) => tallies)));
}

/** Errors and latency of each version since the first sample; those that left all memory of them are among the further versions. */
export function versionTotals(window: SampleWindow): NumbersByVersion {
	return numbersByVersion(window, mergedTallies([window.totals, ...window.open.map(open => countSecond(open).tallies)]));
}
