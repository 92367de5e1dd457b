import {latencyCount, quantileInterval, quantilesOf} from '../latency-bins.ts';
import {latencyText} from '../latency-text.ts';
import {type Occurrence, probabilityOfSoMany} from './fisher.ts';
import type {VersionNumbers} from './version-numbers.ts';

/** A version as it is compared, under the name that people know. */
export type ComparedVersion = Pick<VersionNumbers, 'answers' | 'failures' | 'latency'> & {readonly name: string};

/** What the comparison of two versions found, in words. `unsure` kinds tell numbers without saying that they differ. */
export type ComparisonFinding = {
	readonly kind: 'fails-more' | 'fails-less' | 'fails-unsure' | 'slower' | 'faster' | 'as-fast' | 'too-few';
	readonly text: string;
};

// Looked at every second while the window slides on, which is some hundred looks an hour that know nothing of each other: each of the two ways to be wrong
// about failures happens by chance once in 3000 looks, so that an hour without a false alarm is the rule. Stricter, and ten failures of thirty next to
// none would be called unsure.
const surely = 0.0003;
// Each end of a quantile's interval is wrong once in 400 times, and two of them must be to be wrong about a difference.
const standardErrors = 2.81;

const fewestAnswers = 20;
// Latency bins are 1 % wide, and who reads this can do nothing about 5 %.
const leastRatio = 1.1;
// “About as fast” is only said where the medians surely differ by less.
const likeRatio = 1.5;

/** `12%`, `3.1%`; never 0 % of some or 100 % of fewer than all. */
function percent(share: number, digits: number): string {
	const least = 10 ** -Math.max(1, digits);
	const value = Math.min(100 - least, Math.max(least, share * 100));
	const text = value.toFixed(value < 10 ? Math.max(1, digits) : digits).replace(/\.0+$/, '');
	if (share * 100 < least) return `<${text}%`;
	return text === '100' ? '>99%' : `${text}%`;
}

function amount({count, of}: Occurrence, digits: number): string {
	if (count === 0) return 'none';
	if (count === of) return 'all';
	return of < 50 ? `${count} of ${of}` : percent(count / of, digits);
}

/** `v3 fails 12% of its requests, v2 none`. */
function failureText(newer: ComparedVersion, more: Occurrence, older: ComparedVersion, less: Occurrence): string {
	// Numbers that differ must not look the same.
	const digits = [0, 1, 2, 3].find(places => amount(more, places) !== amount(less, places)) ?? 0;
	const [own, other] = [amount(more, digits), amount(less, digits)];
	const ofRequests = own === 'none' || own.endsWith('%') ? ' of its requests' : own === 'all' ? ` of its ${more.of} requests` : ' requests';
	return `${newer.name} fails ${own}${ofRequests}, ${older.name} ${other}`;
}

function compareFailures(older: ComparedVersion, newer: ComparedVersion): ComparisonFinding | undefined {
	const [before, after] = [older, newer].map(({answers, failures}): Occurrence => ({count: failures, of: answers + failures}));
	if (before === undefined || after === undefined || before.count + after.count === 0) return undefined;
	const text = failureText(newer, after, older, before);
	if (probabilityOfSoMany(after, before) < surely) return {kind: 'fails-more', text};
	if (probabilityOfSoMany(before, after) < surely) return {kind: 'fails-less', text};
	return {kind: 'fails-unsure', text: `${text}: no sure difference`};
}

/** Ratios of a quantile, newer to older: as it was measured, and what it surely is at least and at most. */
type Ratio = {readonly measured: number; readonly low: number; readonly high: number};

const quantiles = [
	['p95', 0.95],
	['p50', 0.5],
] as const;

function ratioOf(older: ComparedVersion, newer: ComparedVersion, name: 'p50' | 'p95', share: number): Ratio | undefined {
	const [before, after] = [older, newer].map(({latency}) => quantileInterval(latency, share, standardErrors));
	const [slow, quick] = [quantilesOf(newer.latency)?.[name], quantilesOf(older.latency)?.[name]];
	if (before === undefined || after === undefined || slow === undefined || quick === undefined) return undefined;
	return {measured: slow / quick, low: after.lowMs / before.highMs, high: after.highMs / before.lowMs};
}

/** `v3 p95 40 ms, 2.1 times v2’s`, where the intervals of a quantile do not overlap. */
function latencyDifference(older: ComparedVersion, newer: ComparedVersion): ComparisonFinding | undefined {
	for (const [name, share] of quantiles) {
		const ratio = ratioOf(older, newer, name, share);
		if (ratio === undefined) continue;
		const own = `${newer.name} ${name} ${latencyText(quantilesOf(newer.latency)?.[name] ?? 0)}`;
		if (ratio.low > 1 && ratio.measured >= leastRatio) return {kind: 'slower', text: `${own}, ${ratio.measured.toFixed(1)} times ${older.name}’s`};
		if (ratio.high < 1 && ratio.measured <= 1 / leastRatio) {
			return {kind: 'faster', text: `${own}, ${older.name}’s ${(1 / ratio.measured).toFixed(1)} times that`};
		}
	}
	return undefined;
}

function compareLatency(older: ComparedVersion, newer: ComparedVersion): ComparisonFinding {
	const [fewer] = [newer, older].sort((left, right) => latencyCount(left.latency) - latencyCount(right.latency));
	const few = latencyCount(fewer?.latency ?? newer.latency);
	const tooFew: ComparisonFinding = {kind: 'too-few', text: `too few answers of ${fewer?.name} (${few}) to compare`};
	if (few < fewestAnswers) return tooFew;
	const difference = latencyDifference(older, newer);
	if (difference !== undefined) return difference;
	const medians = ratioOf(older, newer, 'p50', 0.5);
	const isAlike = medians !== undefined && medians.low > 1 / likeRatio && medians.high < likeRatio;
	return isAlike ? {kind: 'as-fast', text: `${newer.name} about as fast as ${older.name}`} : tooFew;
}

/**
 * How a newer version does next to an older one, in words, failures first; nothing where one of them has got no request. It says that they differ only where
 * chance explains that less than once in a hundred comparisons: failures by Fisher's exact test, latency where the intervals of a quantile do not overlap.
 */
export function compareVersions(older: ComparedVersion, newer: ComparedVersion): readonly ComparisonFinding[] {
	if ([older, newer].some(({answers, failures}) => answers + failures === 0)) return [];
	const failures = compareFailures(older, newer);
	const latency = compareLatency(older, newer);
	// Whose every request fails is not a matter of too few answers.
	const isSaid = latency.kind === 'too-few' && (failures?.kind === 'fails-more' || failures?.kind === 'fails-less');
	return [...(failures === undefined ? [] : [failures]), ...(isSaid ? [] : [latency])];
}
