import {addToCells, type HistoryCell, remarked} from './mix/history-cells.ts';
import {failureMark, rekeyed, type Tallies, unrecognisedMark} from './mix/tallies.ts';
import {addToTotals} from './mix/totals.ts';
import type {Sample} from './sample.ts';
import {type Bucket, countSecond, joinedBuckets, type OpenSecond} from './sample-bucket.ts';
import {furtherVersions, track, type VersionTrack} from './version-track.ts';

/** How far back samples are kept by the second: the widest window that can be asked for. */
export const longestWindowSeconds = 600;

// Samples are numbered by when they were sent and come when they are answered: so many seconds stay open for those that took long.
const openSeconds = 6;

// A clock that was set back leaves samples from the future, which would never leave the window. Two seconds are jitter.
const jitterMs = 2000;

// Owners whose version is remembered.
const mostOwners = 64;

/**
 * The sampler's samples, immutable: of the last ten minutes each second counted in a bucket of its own, so that 500 samples a second cost little to add,
 * to keep and to ask; of the last half an hour in cells of some seconds; and all since the start in totals. A sample counts in the second in which it was sent,
 * however late it comes.
 */
export type SampleWindow = {
	/** Seconds that are over, oldest first. */
	readonly buckets: readonly Bucket[];
	/** Seconds to which samples may still come, oldest first. All others are counted in `cells` and `totals`. */
	readonly open: readonly OpenSecond[];
	readonly cells: readonly HistoryCell[];
	readonly totals: Tallies;
	readonly versions: readonly VersionTrack[];
	/** Slot of the version that the pods of an owner answered with last, by its uid. */
	readonly slotByOwner: ReadonlyMap<string, number>;
	/** Answers with a version since the start. */
	readonly recognised: number;
	/** Epoch ms: when the first one and the newest one were sent, and when the newest one had its answer. */
	readonly firstAt: number | undefined;
	readonly newestAt: number | undefined;
	readonly answeredAt: number;
	/** Second in which no slot was found to be free: to be asked again in the next one. */
	readonly fullAt: number | undefined;
};

/** The window before the first sample. */
export const emptyWindow: SampleWindow = {
	buckets: [],
	open: [],
	cells: [],
	totals: new Map(),
	versions: [],
	slotByOwner: new Map(),
	recognised: 0,
	firstAt: undefined,
	newestAt: undefined,
	answeredAt: Number.NEGATIVE_INFINITY,
	fullAt: undefined,
};

/** The window with the samples of a second counted for good. */
function withBucket(window: SampleWindow, bucket: Bucket): SampleWindow {
	const {buckets} = window;
	const after = buckets.findLastIndex(({second}) => second <= bucket.second);
	const known = buckets[after];
	const added = known?.second === bucket.second ? buckets.with(after, joinedBuckets(known, bucket)) : buckets.toSpliced(after + 1, 0, bucket);
	return {...window, buckets: added, cells: addToCells(window.cells, bucket), totals: addToTotals(window.totals, bucket.tallies)};
}

/** The window in which all seconds up to this one are over. */
function closed(window: SampleWindow, second: number): SampleWindow {
	const over = window.open.filter(open => open.second <= second);
	if (over.length === 0) return window;
	const {buckets, ...counted} = over.map(countSecond).reduce(withBucket, window);
	const firstKept = buckets.findIndex(bucket => bucket.second > second + openSeconds - longestWindowSeconds);
	return {...counted, buckets: firstKept === -1 ? [] : buckets.slice(firstKept), open: window.open.slice(over.length)};
}

/** The window ready for this sample: without what is from before the clock was set back, and with room for its second. */
function readyFor(window: SampleWindow, {at, latencyMs}: Sample): SampleWindow {
	const {newestAt = at, answeredAt} = window;
	// Neither sent nor answered after the others.
	const isSetBack = at < newestAt - jitterMs && at + latencyMs < answeredAt - jitterMs;
	if (!isSetBack) return closed(window, Math.floor(at / 1000) - openSeconds);
	const counted = closed(window, Number.POSITIVE_INFINITY);
	return {...counted, buckets: [], cells: [], newestAt: undefined, answeredAt: Number.NEGATIVE_INFINITY, fullAt: undefined};
}

function slotsInUse({buckets, open}: SampleWindow): ReadonlySet<number> {
	const keys = [...buckets, ...open.map(countSecond)].flatMap(({tallies}) => [...tallies.keys()]);
	return new Set(keys.filter(key => typeof key === 'number'));
}

/** The window in which what was counted for these versions is counted for the further ones. */
function withoutTracks(window: SampleWindow, freed: readonly VersionTrack[]): SampleWindow {
	const into = window.versions.find(({version}) => version === furtherVersions)?.slot;
	if (freed.length === 0 || into === undefined) return window;
	const slots = new Set(freed.map(({slot}) => slot));
	const owners = new Set([...window.slotByOwner].flatMap(([uid, slot]) => (slots.has(slot) ? [uid] : [])));
	const keyOf = (key: number | string) => (typeof key === 'string' ? (owners.has(key) ? furtherVersions : key) : slots.has(key) ? into : key);
	return {
		...window,
		cells: remarked(window.cells, slots, into),
		totals: rekeyed(window.totals, keyOf),
		slotByOwner: new Map([...window.slotByOwner].filter(([uid]) => !owners.has(uid))),
	};
}

function withOwner(slotByOwner: SampleWindow['slotByOwner'], uid: string | undefined, slot: number): SampleWindow['slotByOwner'] {
	if (uid === undefined || slot < 0 || slotByOwner.get(uid) === slot) return slotByOwner;
	const owners = [...slotByOwner].filter(([known]) => known !== uid).slice(1 - mostOwners);
	return new Map([...owners, [uid, slot]]);
}

/** Everything about versions after this sample, and the mark that it counts under. */
function tracked(window: SampleWindow, sample: Sample): {readonly window: SampleWindow; readonly mark: number} {
	const recognised = window.recognised + (sample.outcome.kind === 'version' ? 1 : 0);
	const second = Math.floor(sample.at / 1000);
	let {fullAt} = window;
	const ask = () => {
		if (fullAt === second) return undefined;
		fullAt = second;
		return slotsInUse(window);
	};
	const {tracks, slot, freed} = track(window.versions, sample, recognised, ask);
	const after = withoutTracks({...window, versions: tracks, recognised, fullAt}, freed);
	const mark = sample.outcome.kind === 'failure' ? failureMark : sample.outcome.kind === 'unrecognised' ? unrecognisedMark : slot;
	return {mark, window: {...after, slotByOwner: withOwner(after.slotByOwner, sample.ownerUid, slot)}};
}

/** The window with one more sample. Samples come in the order in which they were sent or answered. */
export function addSample(before: SampleWindow, sample: Sample): SampleWindow {
	const {window, mark} = tracked(readyFor(before, sample), sample);
	const {firstAt = sample.at, newestAt = sample.at, open} = window;
	const after = {...window, firstAt, newestAt: Math.max(newestAt, sample.at), answeredAt: Math.max(window.answeredAt, sample.at + sample.latencyMs)};
	const second = Math.floor(sample.at / 1000);
	const newest = Math.floor(newestAt / 1000);
	if (second <= newest - openSeconds) return withBucket(after, countSecond({second, newest: {sample, mark, older: undefined}}));
	const index = open.findLastIndex(known => known.second <= second);
	const known = open[index];
	if (known?.second !== second) return {...after, open: open.toSpliced(index + 1, 0, {second, newest: {sample, mark, older: undefined}})};
	return {...after, open: open.with(index, {second, newest: {sample, mark, older: known.newest}})};
}

/** All seconds of the last ten minutes, oldest first, the open ones counted too. */
export function countedSeconds({buckets, open}: SampleWindow): readonly Bucket[] {
	return [...buckets, ...open.map(countSecond)];
}

/** The last `seconds` seconds before `now` (epoch ms), the running one included. */
export function secondsWithin(window: SampleWindow, now: number, seconds: number): readonly Bucket[] {
	const oldest = Math.floor(now / 1000) - seconds;
	return countedSeconds(window).filter(({second}) => second > oldest);
}
