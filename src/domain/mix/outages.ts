import type {FailureReason, Sample} from '../sample.ts';

/** A request and how it went, as far as outages are concerned. */
export type Attempt = {
	/** Epoch ms: sent, and answered or given up. */
	readonly at: number;
	readonly endAt: number;
	/** Why it failed; undefined where the answer was good. */
	readonly reason: FailureReason | undefined;
	readonly podName: string | undefined;
	readonly ownerUid: string | undefined;
};

/** Something named by failures and how often, in the order in which it first was. */
type Counts<Key> = readonly {readonly key: Key; readonly count: number}[];

/** Failures close to one another in time: of all requests, or among good answers. */
export type Outage = {
	/** Counts up; one that has not settled yet may get another number while late answers come. */
	readonly id: number;
	/** Epoch ms: the first and the last failed request was sent, the last one ended, the first good answer after it was asked for (absent: still failing). */
	readonly startAt: number;
	readonly lastAt: number;
	readonly failedUntil: number;
	readonly endAt: number | undefined;
	readonly failures: number;
	/** Good ones between the first and the last failure. */
	readonly answers: number;
	/** Gaps that are over: from a failed request to the next good one, with nothing good between. */
	readonly gaps: number;
	readonly downMs: number;
	readonly longestMs: number;
	readonly reasons: Counts<FailureReason>;
	/** Named by the answers that failed; not all of them where they are many. */
	readonly pods: Counts<string>;
	readonly ownerUids: Counts<string>;
	/** The first failures, each to be joined with what happened to pods then. */
	readonly first: readonly Attempt[];
};

/** Failures up to now with nothing good between. */
type Run = {readonly startAt: number; readonly failures: number; readonly failedUntil: number};

/** What failed so far, of requests in the order in which they were sent; of constant size. */
export type Outages = {
	readonly samples: number;
	readonly failed: number;
	/** Never came as far as the Service, so they are neither good nor failed. */
	readonly unasked: number;
	/** The last ones, oldest first. */
	readonly list: readonly Outage[];
	/** Since the start, without the gap that is not over. */
	readonly downtime: Downtime;
	readonly run: Run | undefined;
	/** Good ones since the last failure. */
	readonly answers: number;
	/** Epoch ms of the newest request. */
	readonly askedAt: number;
};

export type Downtime = {
	/** Outages with a gap in them. */
	readonly outages: number;
	/** All gaps together, and the longest one. */
	readonly downMs: number;
	readonly longestMs: number;
};

/** Before the first request. */
export const noOutages: Outages = {
	samples: 0,
	failed: 0,
	unasked: 0,
	list: [],
	downtime: {outages: 0, downMs: 0, longestMs: 0},
	run: undefined,
	answers: 0,
	askedAt: Number.NEGATIVE_INFINITY,
};

const mostKept = 100;
const mostNames = 8;
const mostFirst = 16;
/** Failures no further apart belong together: one bad pod of many fails again and again. */
const togetherMs = 5000;
/** A single failure is a gap where it took so long and nothing else was answered meanwhile. */
const longFailureMs = 1000;
/** Requests come every ten seconds at least: after a longer silence the sampler had been stopped, and nobody knows whether it still failed. */
const silenceMs = 120_000;

/** What of a sample matters to outages: an answer without a version is as good as one with it. */
export function attemptOf({at, latencyMs, outcome, podName, ownerUid}: Sample): Attempt {
	return {at, endAt: at + Math.max(0, latencyMs), reason: outcome.kind === 'failure' ? outcome.reason : undefined, podName, ownerUid};
}

/**
 * We may not ask, or the API server is away: that is no downtime of the Service, whose users come another way. Any other error of its proxy may be: it
 * breaks our connection where a pod breaks its own.
 */
function isUnasked(reason: FailureReason | undefined): boolean {
	return reason === 'proxy-forbidden' || reason === 'proxy-unreachable';
}

/** After one more request. */
export function withAttempt(before: Outages, attempt: Attempt): Outages {
	if (isUnasked(attempt.reason)) return {...before, samples: before.samples + 1, unasked: before.unasked + 1};
	const isSilent = Math.abs(attempt.at - before.askedAt) > silenceMs;
	const outages = isSilent ? withoutRun(before) : before;
	if (attempt.reason !== undefined) return withFailure(outages, attempt, attempt.reason);
	const after = withoutRun(outages, attempt.at);
	return {...after, samples: after.samples + 1, answers: after.answers + 1, askedAt: Math.max(after.askedAt, attempt.at)};
}

/** With the run over: by a good answer that was asked for at that time, or by itself. */
export function withoutRun(outages: Outages, goodAt?: number): Outages {
	const {run, list, downtime} = outages;
	const last = list.at(-1);
	if (run === undefined || last === undefined) return outages;
	const until = Math.max(run.startAt, goodAt ?? run.failedUntil);
	const ended = {...last, endAt: until};
	if (!isGap(run, until)) return {...outages, run: undefined, list: list.with(-1, ended)};
	const gapMs = until - run.startAt;
	const torn = {...ended, gaps: last.gaps + 1, downMs: last.downMs + gapMs, longestMs: Math.max(last.longestMs, gapMs)};
	return {...outages, run: undefined, list: list.with(-1, torn), downtime: withGap(downtime, gapMs, last.gaps === 0)};
}

function isGap({failures, startAt, failedUntil}: Run, until: number): boolean {
	return failures > 1 || Math.min(until, failedUntil) - startAt >= longFailureMs;
}

function withGap({outages, downMs, longestMs}: Downtime, gapMs: number, isFirst: boolean): Downtime {
	return {outages: outages + (isFirst ? 1 : 0), downMs: downMs + gapMs, longestMs: Math.max(longestMs, gapMs)};
}

/** Length of the gap that is not over, as far as it is known; undefined while the newest answer is good, or only one failed. */
export function openGapMs({run}: Outages): number | undefined {
	return run !== undefined && isGap(run, run.failedUntil) ? run.failedUntil - run.startAt : undefined;
}

/** All gaps since the start, the one that is not over too. */
export function downtimeOf(outages: Outages): Downtime {
	const gapMs = openGapMs(outages);
	return gapMs === undefined ? outages.downtime : withGap(outages.downtime, gapMs, outages.list.at(-1)?.gaps === 0);
}

function withFailure(outages: Outages, attempt: Attempt, reason: FailureReason): Outages {
	const {run, list, answers, samples, failed} = outages;
	const last = list.at(-1);
	const isSame = last !== undefined && (run !== undefined || Math.abs(attempt.at - last.lastAt) <= togetherMs);
	const outage = isSame ? {...last, answers: last.answers + answers} : newOutage((last?.id ?? 0) + 1, attempt);
	return {
		...outages,
		samples: samples + 1,
		failed: failed + 1,
		list: [...(isSame ? list.slice(0, -1) : list.slice(1 - mostKept)), failedOnce(outage, attempt, reason)],
		run: {
			startAt: run?.startAt ?? attempt.at,
			failures: (run?.failures ?? 0) + 1,
			failedUntil: Math.max(run?.failedUntil ?? attempt.endAt, attempt.endAt),
		},
		answers: 0,
		askedAt: Math.max(outages.askedAt, attempt.at),
	};
}

function newOutage(id: number, {at, endAt}: Attempt): Outage {
	const none = {failures: 0, answers: 0, gaps: 0, downMs: 0, longestMs: 0, reasons: [], pods: [], ownerUids: [], first: []};
	return {id, startAt: at, lastAt: at, failedUntil: endAt, endAt: undefined, ...none};
}

function failedOnce(outage: Outage, attempt: Attempt, reason: FailureReason): Outage {
	const isKnown = outage.reasons.length < mostNames - 1 || outage.reasons.some(({key}) => key === reason);
	return {
		...outage,
		lastAt: Math.max(outage.lastAt, attempt.at),
		failedUntil: Math.max(outage.failedUntil, attempt.endAt),
		endAt: undefined,
		failures: outage.failures + 1,
		reasons: counted(outage.reasons, isKnown ? reason : 'other'),
		pods: counted(outage.pods, attempt.podName),
		ownerUids: counted(outage.ownerUids, attempt.ownerUid),
		first: outage.first.length < mostFirst ? [...outage.first, attempt] : outage.first,
	};
}

function counted<Key>(counts: Counts<Key>, key: Key | undefined): Counts<Key> {
	if (key === undefined) return counts;
	const index = counts.findIndex(count => count.key === key);
	const known = counts[index];
	if (known !== undefined) return counts.with(index, {key, count: known.count + 1});
	return counts.length < mostNames ? [...counts, {key, count: 1}] : counts;
}
