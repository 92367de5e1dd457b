import type {ExpectedShare} from '../expected-share.ts';
import type {Interval} from './wilson.ts';

export type OwnerShare = Pick<ExpectedShare, 'ownerUid' | 'share'>;

type Ranges = ReadonlyMap<string, Interval>;

/** Ranges are undefined where nothing is known. */
type Era = {readonly since: number; readonly ranges: Ranges | undefined};

/** The expected shares of the last seconds, each until the next one. */
export type Expectations = {readonly eras: readonly Era[]; readonly current: readonly OwnerShare[]};

/** Before any is known. */
export const noExpectations: Expectations = {eras: [{since: Number.NEGATIVE_INFINITY, ranges: undefined}], current: []};

/** However often they change, no more are kept: the oldest ones are then put into one, which lets more be as expected, never less. */
const mostEras = 64;

/** The same ones throughout, as when they have just been found. */
export function onlyNow({eras, current}: Expectations): Expectations {
	return {eras: [{since: Number.NEGATIVE_INFINITY, ranges: eras.at(-1)?.ranges}], current};
}

function isSame(left: readonly OwnerShare[], right: readonly OwnerShare[]): boolean {
	return left.length === right.length && left.every(({ownerUid, share}, index) => ownerUid === right[index]?.ownerUid && share === right[index]?.share);
}

function rangesOf(shares: readonly OwnerShare[]): Ranges | undefined {
	if (shares.length === 0) return undefined;
	return new Map(shares.flatMap(({ownerUid, share}) => (ownerUid === undefined ? [] : [[ownerUid, {low: share, high: share}]])));
}

const none: Interval = {low: 0, high: 0};

function joined(left: Ranges | undefined, right: Ranges | undefined): Ranges | undefined {
	if (left === undefined || right === undefined) return undefined;
	const both = new Map<string, Interval>();
	for (const ownerUid of new Set([...left.keys(), ...right.keys()])) {
		const [a, b] = [left.get(ownerUid) ?? none, right.get(ownerUid) ?? none];
		both.set(ownerUid, {low: Math.min(a.low, b.low), high: Math.max(a.high, b.high)});
	}
	return both;
}

/** With what is expected from `at` (epoch ms) on; no shares: nothing is known from then on. The same object where that is nothing new. */
export function expectFrom(expectations: Expectations, at: number, shares: readonly OwnerShare[]): Expectations {
	const {eras, current} = expectations;
	if (isSame(current, shares)) return expectations;
	const since = Math.max(at, eras.at(-1)?.since ?? at);
	const all = [...eras, {since, ranges: rangesOf(shares)}];
	const [first, second, ...rest] = all;
	const isFull = all.length > mostEras && first !== undefined && second !== undefined;
	return {eras: isFull ? [{since: first.since, ranges: joined(first.ranges, second.ranges)}, ...rest] : all, current: shares};
}

/** Least and most that was expected of each owner between the two times; an owner that is missing was expected to get nothing. Undefined: not known throughout. */
export function rangesWithin({eras}: Expectations, from: number, to: number): Ranges | undefined {
	const within = eras.filter(({since}, index) => since <= to && (eras[index + 1]?.since ?? Number.POSITIVE_INFINITY) > from);
	return within.map(({ranges}) => ranges).reduce(joined);
}

/** Without what was over before that time. */
export function forgetBefore(expectations: Expectations, at: number): Expectations {
	const second = expectations.eras[1];
	if (second === undefined || second.since > at) return expectations;
	return {...expectations, eras: expectations.eras.filter((_, index, all) => (all[index + 1]?.since ?? Number.POSITIVE_INFINITY) > at)};
}
