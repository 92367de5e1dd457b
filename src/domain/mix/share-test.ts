import type {Sample} from '../sample.ts';
import {type Expectations, expectFrom, forgetBefore, noExpectations, type OwnerShare, onlyNow, rangesWithin} from './expectations.ts';
import {afterAnswers, fund, noSuspicion, renew, type Suspicion} from './suspicion.ts';
import type {Interval} from './wilson.ts';

/*
 * Is it chance that a version got more or less of the requests than the ready endpoints let expect? Looked at after every answer, so a test of a fixed
 * number of answers would find something sooner or later, whatever the truth. This is one by betting (wager.ts) instead: it may be looked at all the time.
 * 1 % an hour is shared out: over the epochs that an hour can touch, the owners of an epoch, and too much and too little.
 */

/** An answer is compared with all that was expected so long before and after: our watch and what routes learn of a change at different moments. */
const slackMs = 2000;
/** Answers of so long are counted together, which bounds what is held back at any rate. */
const slotMs = 250;
/** Requests overlap, and those to a slow version are answered last: without them it would seem to get too few. Longer than a time-out. */
const holdMs = 6000;

const epochMs = 600_000;
const epochsInHour = 7;
/** Money comes in instalments: what was lost while all was well does not weigh on what comes then. */
const instalmentMs = 30_000;
const instalment = instalmentMs / epochMs;
const mostOwners = 8;
const falseAlarmsPerHour = 0.01;
const alarmWorth = (epochsInHour * mostOwners * 2) / falseAlarmsPerHour;

/** A share that is off by no more than that is nothing to tell: a stray answer of a pod that ends, weights that are rounded. */
const tolerance = 0.01;

/** From so many answers on the 95 % interval of any share reaches no further than 20 percentage points to either side. */
const enoughAnswers = 21;

/** A clock that was set back by more than jitter. */
const setBackMs = 10_000;

/** Answers of one slot. `silent` ones name no known owner: failures too. */
type Tally = {readonly slot: number; readonly counts: ReadonlyMap<string, number>; readonly named: number; readonly silent: number};

type OwnerTest = {
	readonly ownerUid: string;
	readonly more: Suspicion;
	readonly less: Suspicion;
	/** Answers that were tested, in this epoch and the one before. */
	readonly answers: number;
	readonly answersBefore: number;
};

/** Whether each version gets its share, after all answers so far; immutable, of constant size. */
export type ShareTest = {
	readonly expectations: Expectations;
	/** Too young yet, oldest first: answers are still to come, and what is expected may be about to change. */
	readonly held: readonly Tally[];
	/** Epoch ms of the newest answer. */
	readonly answeredAt: number;
	readonly owners: readonly OwnerTest[];
	readonly epoch: number;
	readonly instalments: number;
	/** Answers in a row, up to now, that named no owner; failures between them count for nothing. */
	readonly silent: number;
};

/** Before the first answer. */
export const emptyShareTest: ShareTest = {
	expectations: noExpectations,
	held: [],
	answeredAt: Number.NEGATIVE_INFINITY,
	owners: [],
	epoch: 0,
	instalments: 0,
	silent: 0,
};

/** p is the chance that within an hour any version is told of although each gets its share. */
export type ShareVerdict =
	| {readonly kind: 'as-expected'}
	| {readonly kind: 'more' | 'less'; readonly ownerUid: string; readonly p: 0.01 | 0.001 | 0.0001}
	| {readonly kind: 'too-few'; readonly answers: number; readonly needed: number}
	| {readonly kind: 'unknown-expectation'; readonly why: 'no-endpoints' | 'no-owners'};

/** With the shares expected from `at` (epoch ms) on. None: nothing is known (no ready endpoint, no Service, a lost stream). */
export function expectationChanged(test: ShareTest, at: number, shares: readonly OwnerShare[]): ShareTest {
	const expectations = expectFrom(test.expectations, at, shares);
	return expectations === test.expectations ? test : {...test, expectations};
}

/** With one more sample, in the order of their answers. A failure counts towards no version: any of them may have been asked. */
export function addToShareTest(before: ShareTest, sample: Pick<Sample, 'at' | 'latencyMs' | 'outcome' | 'ownerUid'>): ShareTest {
	const isSetBack = sample.at + sample.latencyMs < before.answeredAt - setBackMs;
	const test = isSetBack ? {...emptyShareTest, expectations: onlyNow(before.expectations)} : before;
	const answeredAt = Math.max(test.answeredAt, sample.at + sample.latencyMs);
	const ownerUid = sample.outcome.kind === 'failure' ? undefined : sample.ownerUid;
	const silent = ownerUid === undefined ? test.silent + (sample.outcome.kind === 'failure' ? 0 : 1) : 0;
	const held = hold(test.held, Math.floor(Math.max(sample.at, answeredAt - holdMs) / slotMs), ownerUid);
	const young = held.findIndex(({slot}) => (slot + 1) * slotMs + holdMs > answeredAt);
	const settled = young === -1 ? held : held.slice(0, young);
	return settled.reduce(settle, {...test, answeredAt, silent, held: settled.length === 0 ? held : held.slice(settled.length)});
}

function hold(held: readonly Tally[], slot: number, ownerUid: string | undefined): readonly Tally[] {
	const index = held.findLastIndex(tally => tally.slot <= slot);
	const open = held[index];
	if (open?.slot === slot) return held.with(index, withAnswer(open, ownerUid));
	return held.toSpliced(index + 1, 0, withAnswer({slot, counts: new Map(), named: 0, silent: 0}, ownerUid));
}

function withAnswer(tally: Tally, ownerUid: string | undefined): Tally {
	if (ownerUid === undefined) return {...tally, silent: tally.silent + 1};
	return {...tally, counts: new Map(tally.counts).set(ownerUid, (tally.counts.get(ownerUid) ?? 0) + 1), named: tally.named + 1};
}

/** Compares the answers of a slot with what was expected around it. */
function settle(test: ShareTest, tally: Tally): ShareTest {
	const at = tally.slot * slotMs;
	const expectations = forgetBefore(test.expectations, at - slackMs);
	const ranges = rangesWithin(expectations, at - slackMs, at + slotMs + slackMs);
	if (ranges === undefined) return {...test, expectations};
	const epoch = Math.floor(at / epochMs);
	const instalments = Math.floor(at / instalmentMs);
	const kept = epoch === test.epoch ? test.owners : turnEpoch(test.owners, ranges, epoch === test.epoch + 1);
	const funded = instalments === test.instalments ? kept : kept.map(pay);
	const judged = enrol(funded, ranges.keys()).map(owner => judge(owner, tally, ranges.get(owner.ownerUid) ?? {low: 0, high: 0}));
	// Who answers although nothing is expected of it is tested from its next answer on: its first one chose it.
	return {...test, expectations, epoch, instalments, owners: enrol(judged, tally.counts.keys())};
}

function pay(owner: OwnerTest): OwnerTest {
	return {...owner, more: fund(owner.more, instalment), less: fund(owner.less, instalment)};
}

/** Only of the epoch just before anything is kept: alarms, and who was asked how often. */
function turnEpoch(owners: readonly OwnerTest[], ranges: ReadonlyMap<string, Interval>, isNext: boolean): readonly OwnerTest[] {
	if (!isNext) return [];
	const kept = owners.filter(({ownerUid, more, less}) => ranges.has(ownerUid) || more.alarm !== undefined || less.alarm !== undefined);
	return kept.map(({ownerUid, more, less, answers}) => ({ownerUid, more: renew(more), less: renew(less), answers: 0, answersBefore: answers}));
}

function enrol(owners: readonly OwnerTest[], ownerUids: Iterable<string>): readonly OwnerTest[] {
	const fresh = [...ownerUids].filter(uid => owners.every(({ownerUid}) => ownerUid !== uid)).slice(0, Math.max(0, mostOwners - owners.length));
	if (fresh.length === 0) return owners;
	return [...owners, ...fresh.map(ownerUid => pay({ownerUid, more: noSuspicion, less: noSuspicion, answers: 0, answersBefore: 0}))];
}

/** What names no owner is counted so that it speaks against both suspicions. */
function judge(owner: OwnerTest, {slot, counts, named, silent}: Tally, {low, high}: Interval): OwnerTest {
	const moment = {at: slot * slotMs, limit: alarmWorth};
	const own = counts.get(owner.ownerUid) ?? 0;
	return {
		ownerUid: owner.ownerUid,
		answersBefore: owner.answersBefore,
		more: afterAnswers(owner.more, high + tolerance, own, named - own + silent, moment),
		less: afterAnswers(owner.less, 1 - low + tolerance, named - own, own + silent, moment),
		answers: owner.answers + named,
	};
}

/** The alarm that was raised first of those that stand: which is told must not change with every answer. Of two at once, the one of too much. */
function firstAlarm(owners: readonly OwnerTest[]): ShareVerdict | undefined {
	const alarmsOf = (kind: 'more' | 'less') =>
		owners.flatMap(owner => (owner[kind].alarm === undefined ? [] : {kind, ownerUid: owner.ownerUid, ...owner[kind].alarm}));
	const alarms = [...alarmsOf('more'), ...alarmsOf('less')];
	if (alarms.length === 0) return undefined;
	const {kind, ownerUid, proof} = alarms.reduce((first, alarm) => (alarm.since < first.since ? alarm : first));
	const times = proof / alarmWorth;
	return {kind, ownerUid, p: times >= 100 ? 0.0001 : times >= 10 ? 0.001 : 0.01};
}

/** What is to be said of the answers up to now (but for the last six seconds). */
export function verdictOf({expectations: {current}, owners, silent}: ShareTest): ShareVerdict {
	const expected = current.flatMap(({ownerUid}) => ownerUid ?? []);
	if (current.length === 0) return {kind: 'unknown-expectation', why: 'no-endpoints'};
	if (expected.length === 0 || silent >= enoughAnswers) return {kind: 'unknown-expectation', why: 'no-owners'};
	const alarm = firstAlarm(owners);
	if (alarm !== undefined) return alarm;
	const counts = expected
		.map(uid => owners.find(({ownerUid}) => ownerUid === uid))
		.map(owner => (owner === undefined ? 0 : owner.answers + owner.answersBefore));
	const answers = Math.min(...counts);
	return answers < enoughAnswers ? {kind: 'too-few', answers, needed: enoughAnswers - answers} : {kind: 'as-expected'};
}
