import {steadyMs} from '../../domain/human-duration.ts';
import {placeIn} from '../../domain/place-in.ts';
import type {Pod} from '../../domain/pod.ts';
import {byRank, type PodRank, podRank} from '../../domain/pod-order.ts';
import type {Sample} from '../../domain/sample.ts';
import {tally} from '../../domain/tally.ts';
import {share, shareList} from '../share.ts';
import type {State} from '../state.ts';
import {VersionedMap} from '../versioned-map.ts';
import type {PodRow} from '../views.ts';
import {type PodAnswers, podRow, type TimedRow} from './pod-row.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** What rows are made of, beside the clock. */
export type PodRowsInput = {
	readonly facts: Pick<RolloutFacts, 'newReplicaSet' | 'revisionByUid' | 'side'>;
	/** All pods of the state; of those of nobody there is no row. */
	readonly pods: State['pods'];
	/** By pod name, in the window. */
	readonly answers: ReadonlyMap<string, PodAnswers>;
	/** What pods said when they were asked themselves, by uid. */
	readonly own: ReadonlyMap<string, Sample>;
};

type Entry = {readonly pod: Pod; readonly rank: PodRank} & {-readonly [key in keyof TimedRow]: TimedRow[key]};

/** The rows as they were made last. */
type Table = {
	input: PodRowsInput;
	/** Epoch ms: when they were made, and when the first of them is another row by time alone. */
	madeAt: number;
	steadyUntil: number;
	/** Epoch ms: when their ages were looked at, and when the first of those has other words. */
	at: number;
	agesUntil: number;
	/** How many were created when (epoch ms): the API tells whole seconds, so that thousands are few. */
	readonly births: Map<number | undefined, number>;
	readonly entries: Map<string, Entry>;
	readonly byName: Map<string, Entry>;
	/** In the order of the rows. */
	readonly order: Entry[];
	/** The row of each, as it is by now. */
	readonly current: PodRow[];
	/** The rows as they were given last. */
	rows: readonly PodRow[];
};

/** Rows, and when (epoch ms) they are seen: their ages are told by who draws them, a few of thousands that all get older each second. */
export type PodRows = {readonly rows: readonly PodRow[]; readonly at: number};

/** One row per pod of a workload: not-ready first, new revision before old. */
export function podRows(input: PodRowsInput, now: number): readonly PodRow[] {
	return madeOf(input, now).rows;
}

/**
 * As `podRows`, from one call to the next: only pods that changed are looked at, rows that look the same stay the same objects, and so does the list as long as all
 * do, and the moment as long as their ages do. Thousands of pods are drawn ten times a second while a few of them change.
 */
export function createPodRows(): (input: PodRowsInput, now: number) => PodRows {
	let table: Table | undefined;
	return (input, now) => {
		const changed = table === undefined || now < table.madeAt ? undefined : changedUids(table.input, input);
		if (table === undefined || changed === undefined) table = keeping(table, madeOf(input, now));
		else update(table, input, changed, now);
		return {rows: table.rows, at: table.at};
	};
}

/** Pods whose rows may look different for another reason than time; undefined: all of them. */
function changedUids(before: PodRowsInput, after: PodRowsInput): ReadonlySet<string> | undefined {
	const {facts, pods, own} = after;
	if (before.own !== own || before.facts.side.rule !== facts.side.rule || !isSameMap(before.facts.revisionByUid, facts.revisionByUid)) return undefined;
	return VersionedMap.changes(before.pods, pods);
}

function isSameMap(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean {
	return before.size === after.size && [...after].every(([key, value]) => before.get(key) === value);
}

function madeOf(input: PodRowsInput, now: number): Table {
	const {facts, pods} = input;
	const own = [...pods.values()].filter(pod => facts.side.of(pod) !== undefined);
	const order = own.map(pod => entryOf(pod, input, now)).sort(byEntry);
	const steadyUntil = order.reduce((first, entry) => Math.min(first, entry.steadyUntil), Number.POSITIVE_INFINITY);
	const entries = new Map(order.map(entry => [entry.pod.uid, entry]));
	const byName = new Map(order.map(entry => [entry.pod.name, entry]));
	const births: Table['births'] = new Map();
	for (const {pod} of order) tally(births, pod.createdAt, 1);
	const current = order.map(({row}) => row);
	return {input, madeAt: now, steadyUntil, at: now, agesUntil: agesUntil(births, now), births, entries, byName, order, current, rows: current.slice()};
}

/** All was made anew, but not all looks different. */
function keeping(before: Table | undefined, after: Table): Table {
	if (before === undefined) return after;
	for (const [uid, entry] of after.entries) entry.row = share(before.entries.get(uid)?.row, entry.row);
	const current = after.order.map(({row}) => row);
	const rows = latest(before.rows, current);
	const isSame = rows === before.rows && after.madeAt >= before.at && after.madeAt < before.agesUntil;
	return {...after, current, rows, at: isSame ? before.at : after.at};
}

function entryOf(pod: Pod, {facts, answers, own}: PodRowsInput, now: number): Entry {
	return {pod, rank: podRank(pod, facts.newReplicaSet?.uid), ...podRow(pod, facts, answers.get(pod.name), own.get(pod.uid), now)};
}

/** Names are unique among living pods; of two with one name, one is gone and not yet known to be. */
function byEntry(left: Entry, right: Entry): number {
	return byRank(left.rank, right.rank) || (left.pod.uid < right.pod.uid ? -1 : Number(left.pod.uid > right.pod.uid));
}

function update(table: Table, input: PodRowsInput, changed: ReadonlySet<string>, now: number): void {
	const before = table.input;
	table.input = input;
	for (const uid of changed) replace(table, uid, now);
	if (before.answers !== input.answers) answered(table, before.answers, now);
	if (table.steadyUntil <= now) refresh(table, now);
	table.madeAt = now;
	const rows = latest(table.rows, table.current);
	if (rows !== table.rows || table.agesUntil <= now) table.at = now;
	if (table.agesUntil <= now) table.agesUntil = agesUntil(table.births, now);
	table.rows = rows;
}

/** What was given last, where it still holds, else a copy of what goes on changing. */
function latest(given: readonly PodRow[], current: readonly PodRow[]): readonly PodRow[] {
	return shareList(given, current) === given ? given : current.slice();
}

/** When the first age has other words, epoch ms. */
function agesUntil(births: Table['births'], now: number): number {
	let first = Number.POSITIVE_INFINITY;
	for (const birth of births.keys()) first = Math.min(first, ageUntil(birth, now));
	return first;
}

function ageUntil(createdAt: number | undefined, now: number): number {
	return createdAt === undefined ? Number.POSITIVE_INFINITY : now + steadyMs(now - createdAt);
}

/** A pod came, changed, or went. */
function replace(table: Table, uid: string, now: number): void {
	const {entries, byName, order, current, input} = table;
	const before = entries.get(uid);
	const pod = input.pods.get(uid);
	const after = pod === undefined || input.facts.side.of(pod) === undefined ? undefined : entryOf(pod, input, now);
	if (before !== undefined) {
		const place = placeOf(order, before);
		order.splice(place, 1);
		current.splice(place, 1);
		tally(table.births, before.pod.createdAt, -1);
	}
	if (after === undefined) {
		entries.delete(uid);
		if (before !== undefined && byName.get(before.pod.name) === before) byName.delete(before.pod.name);
		return;
	}
	after.row = share(before?.row, after.row);
	const place = placeOf(order, after);
	order.splice(place, 0, after);
	current.splice(place, 0, after.row);
	entries.set(uid, after);
	byName.set(after.pod.name, after);
	table.steadyUntil = Math.min(table.steadyUntil, after.steadyUntil);
	tally(table.births, after.pod.createdAt, 1);
	table.agesUntil = Math.min(table.agesUntil, ageUntil(after.pod.createdAt, now));
}

/** Where it is, or would be. */
function placeOf(order: readonly Entry[], entry: Entry): number {
	return placeIn(order, other => byEntry(other, entry) < 0);
}

/** Some pods answered, or their answers left the window. */
function answered(table: Table, before: PodRowsInput['answers'], now: number): void {
	for (const name of new Set([...before.keys(), ...table.input.answers.keys()])) {
		const entry = table.byName.get(name);
		if (entry !== undefined) renew(table, entry, now);
	}
}

/** Time went on far enough to show. */
function refresh(table: Table, now: number): void {
	let steadyUntil = Number.POSITIVE_INFINITY;
	for (const entry of table.order) {
		if (entry.steadyUntil <= now) renew(table, entry, now);
		steadyUntil = Math.min(steadyUntil, entry.steadyUntil);
	}
	table.steadyUntil = steadyUntil;
}

function renew({input: {facts, answers, own}, order, current}: Table, entry: Entry, now: number): void {
	const {pod} = entry;
	const {row, steadyUntil} = podRow(pod, facts, answers.get(pod.name), own.get(pod.uid), now);
	entry.row = share(entry.row, row);
	entry.steadyUntil = steadyUntil;
	current[placeOf(order, entry)] = entry.row;
}
