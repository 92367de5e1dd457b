import type {RuleName, Sample} from './sample.ts';

/** What is remembered of a version for as long as anything of it may be on the screen. Ordinals count recognised answers since the start. */
export type VersionTrack = {
	readonly version: string;
	/** Index that chooses glyph and colour. */
	readonly slot: number;
	/** Rule that read it last, and the uid of the ReplicaSet that it was found to come from last. */
	readonly rule: RuleName;
	readonly ownerUid: string | undefined;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly lastOrdinal: number;
	/** How many recognised answers pass between two of this version, smoothed: 1 where it alone answers. */
	readonly meanGap: number;
};

/** Stands for all further versions when answers bring a new one each time (a clock in the page): they would fill memory and screen. */
export const furtherVersions = '(other versions)';
const slotLimit = 64;

// A version seen once may be a rare one: it is given the gap of a canary with an eighth of the traffic until it shows its own.
const firstGap = 8;
const smoothing = 0.15;

function lowestFreeSlot(tracks: readonly VersionTrack[]): number {
	const taken = new Set(tracks.map(({slot}) => slot));
	let slot = 0;
	while (taken.has(slot)) slot += 1;
	return slot;
}

function newTrack(tracks: readonly VersionTrack[], version: string, sample: Sample, rule: RuleName, ordinal: number): VersionTrack {
	return {
		version,
		slot: lowestFreeSlot(tracks),
		rule,
		ownerUid: sample.ownerUid,
		firstAt: sample.at,
		lastAt: sample.at,
		lastOrdinal: ordinal,
		meanGap: firstGap,
	};
}

/** The tracks after this answer, and the slot that it counts in. Tracks that nothing refers to any more give their slots back when all are taken. */
export function track(
	tracks: readonly VersionTrack[],
	sample: Sample,
	ordinal: number,
	slotsInUse: () => ReadonlySet<number>,
): {readonly tracks: readonly VersionTrack[]; readonly slot: number} {
	const {outcome} = sample;
	if (outcome.kind !== 'version') return {tracks, slot: -1};
	const index = tracks.findIndex(known => known.version === outcome.version);
	const known = tracks[index];
	if (known !== undefined) {
		const meanGap = known.meanGap + smoothing * (ordinal - known.lastOrdinal - known.meanGap);
		const seen = {...known, rule: outcome.rule, ownerUid: sample.ownerUid ?? known.ownerUid, lastAt: sample.at, lastOrdinal: ordinal, meanGap};
		return {tracks: tracks.with(index, seen), slot: known.slot};
	}
	if (tracks.length < slotLimit || outcome.version === furtherVersions) {
		const added = newTrack(tracks, outcome.version, sample, outcome.rule, ordinal);
		return {tracks: [...tracks, added], slot: added.slot};
	}
	const used = slotsInUse();
	const kept = tracks.filter(({slot}) => used.has(slot));
	const version = kept.length < slotLimit ? outcome.version : furtherVersions;
	return track(kept, {...sample, ownerUid: undefined, outcome: {...outcome, version}}, ordinal, slotsInUse);
}
