import type {Sample} from '../sample.ts';
import {type Attempt, attemptOf, noOutages, type Outages, withAttempt, withoutRun} from './outages.ts';

/** Requests overlap, and the one that ran into its time-out is known last: order can be trusted after so long, unless a longer time-out was asked for. */
const holdMs = 6000;
/** A clock that was set back by more than jitter. */
const setBackMs = 10_000;

/** A request and what there is after it. */
type Held = {readonly attempt: Attempt; readonly after: Outages};

/** Outages of samples that come in the order of their answers. */
export type OutageLog = {
	/** After all requests that none can come before any more. */
	readonly settled: Outages;
	/** Those after them, in the order in which they were sent. */
	readonly held: readonly Held[];
	readonly now: Outages;
	/** Epoch ms of the newest answer, or failure. */
	readonly answeredAt: number;
};

/** Before the first sample. */
export const emptyOutageLog: OutageLog = {settled: noOutages, held: [], now: noOutages, answeredAt: Number.NEGATIVE_INFINITY};

/** With one more sample. */
export function addToOutages(before: OutageLog, sample: Sample): OutageLog {
	const sent = attemptOf(sample);
	const log = sent.endAt < before.answeredAt - setBackMs ? withAllSettled(before) : before;
	const isLate = sent.at < log.settled.askedAt;
	if (isLate && sent.reason === undefined) return withLateAnswer(log);
	// A failure whose place is settled counts as the first after that: else all good answers since would seem to be missing.
	const attempt = isLate ? {...sent, at: Math.min(log.settled.askedAt, sent.endAt)} : sent;
	const place = log.held.findLastIndex(held => held.attempt.at <= attempt.at) + 1;
	// Those that were sent after it come after it once more: few, unless it took long.
	const later = log.held.slice(place).map(held => held.attempt);
	let now = log.held[place - 1]?.after ?? log.settled;
	const again = [attempt, ...later].map(next => {
		now = withAttempt(now, next);
		return {attempt: next, after: now};
	});
	const held = [...log.held.slice(0, place), ...again];
	return withSettled({...log, held, now, answeredAt: Math.max(log.answeredAt, attempt.endAt)});
}

/** A good one that was asked for before all that is held: what failed since has not ended with it. */
function withLateAnswer({settled, held, now, answeredAt}: OutageLog): OutageLog {
	const counted = (outages: Outages): Outages => ({...outages, samples: outages.samples + 1});
	return {settled: counted(settled), held: held.map(({attempt, after}) => ({attempt, after: counted(after)})), now: counted(now), answeredAt};
}

function withSettled(log: OutageLog): OutageLog {
	const young = log.held.findIndex(({attempt}) => attempt.at > log.answeredAt - holdMs);
	const old = young === -1 ? log.held.length : young;
	return {...log, settled: log.held[old - 1]?.after ?? log.settled, held: old === 0 ? log.held : log.held.slice(old)};
}

/** When no more requests are sent: what failed at last is over, since nobody knows how it went on. */
export function stopOutages({now, answeredAt}: OutageLog): OutageLog {
	const settled = withoutRun(now);
	return {settled, held: [], now: settled, answeredAt};
}

function withAllSettled({now}: OutageLog): OutageLog {
	const settled = {...withoutRun(now), askedAt: Number.NEGATIVE_INFINITY};
	return {settled, held: [], now: settled, answeredAt: Number.NEGATIVE_INFINITY};
}
