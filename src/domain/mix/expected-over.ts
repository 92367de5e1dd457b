import type {ExpectedShare} from '../expected-share.ts';
import {longestWindowSeconds} from '../sample-window.ts';

/** What was expected from `since` (epoch ms) on, until the next one. */
export type ExpectedSince = {readonly since: number; readonly shares: readonly ExpectedShare[]};

// Endpoints that come and go all the time: more would only cost memory.
const mostChanges = 1000;

/** The log with one more change; as far back as any window reaches. */
export function logExpectation(log: readonly ExpectedSince[], change: ExpectedSince): readonly ExpectedSince[] {
	const oldest = change.since - longestWindowSeconds * 1000;
	const firstKept = log.findLastIndex(({since}) => since <= oldest);
	return [...log.slice(Math.max(0, firstKept)), change].slice(-mostChanges);
}

/** Samples that were sent in a second. */
type Sampled = {readonly second: number; readonly samples: number};

function inForce(log: readonly ExpectedSince[], second: number): readonly ExpectedShare[] {
	return log.findLast(({since}) => since < (second + 1) * 1000)?.shares ?? [];
}

/**
 * What the endpoints let expect of exactly these samples: each with what was expected in its second. Shares of a rollout change while a window
 * is measured, and what is expected now says nothing about the answers of a minute ago. Empty where nothing was known.
 */
export function expectedOver(seconds: Iterable<Sampled>, log: readonly ExpectedSince[]): readonly ExpectedShare[] {
	const sums = new Map<string | undefined, ExpectedShare>();
	let known = 0;
	for (const {second, samples} of seconds) {
		const shares = inForce(log, second);
		if (shares.length === 0) continue;
		known += samples;
		for (const {ownerUid, ready, share} of shares) sums.set(ownerUid, {ownerUid, ready, share: (sums.get(ownerUid)?.share ?? 0) + share * samples});
	}
	return known === 0 ? [] : Array.from(sums.values(), sum => ({...sum, share: sum.share / known}));
}
