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

/** What an answer made of the tracks. */
export type Tracked = {
	readonly tracks: readonly VersionTrack[];
	/** Slot that the answer counts in; -1 where it has no version. */
	readonly slot: number;
	/** Tracks that gave their slots back: what is still counted under them now belongs to the further versions, which then have a track. */
	readonly freed: readonly VersionTrack[];
};

/**
 * The tracks after this answer. When all slots are taken, `slotsInUse` is asked which of them anything on the screen still refers to; undefined: none can be
 * free.
 */
export function track(tracks: readonly VersionTrack[], sample: Sample, ordinal: number, slotsInUse: () => ReadonlySet<number> | undefined): Tracked {
	const {outcome} = sample;
	if (outcome.kind !== 'version') return {tracks, slot: -1, freed: []};
	const index = tracks.findIndex(known => known.version === outcome.version);
	const known = tracks[index];
	if (known !== undefined) return {tracks: tracks.with(index, seen(known, sample, outcome.rule, ordinal)), slot: known.slot, freed: []};
	if (isFree(tracks) || outcome.version === furtherVersions) {
		const added = newTrack(tracks, outcome.version, sample, outcome.rule, ordinal);
		return {tracks: [...tracks, added], slot: added.slot, freed: []};
	}
	const used = slotsInUse();
	const kept = used === undefined ? tracks : tracks.filter(({slot, version}) => used.has(slot) || version === furtherVersions);
	const further = {...sample, ownerUid: undefined, outcome: {...outcome, version: furtherVersions}};
	if (kept.length === tracks.length) return track(kept, further, ordinal, slotsInUse);
	const named = kept.some(({version}) => version === furtherVersions) ? kept : track(kept, further, ordinal, slotsInUse).tracks;
	return {...track(named, sample, ordinal, slotsInUse), freed: tracks.filter(version => !kept.includes(version))};
}

function isFree(tracks: readonly VersionTrack[]): boolean {
	return tracks.length < slotLimit || tracks.filter(({version}) => version !== furtherVersions).length < slotLimit;
}

function seen(known: VersionTrack, sample: Sample, rule: RuleName, ordinal: number): VersionTrack {
	return {
		...known,
		rule,
		ownerUid: sample.ownerUid ?? known.ownerUid,
		lastAt: Math.max(known.lastAt, sample.at),
		lastOrdinal: ordinal,
		meanGap: known.meanGap + smoothing * (ordinal - known.lastOrdinal - known.meanGap),
	};
}
