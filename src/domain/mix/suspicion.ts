import {bet, capped, noWager, payIn, type Wager, worth} from './wager.ts';

/** Money on one version that gets more (or less) than its share, and whether so much was won that it is told. */
export type Suspicion = {
	readonly wager: Wager;
	/** Epoch ms since when it is told, and the most that it was worth since then; absent while it is not. */
	readonly alarm: {readonly since: number; readonly proof: number} | undefined;
};

export const noSuspicion: Suspicion = {wager: noWager, alarm: undefined};

// An alarm ends when the money is down to a tenth of what raised it, or it would come and go at first. Money without a limit would take as long to
// lose as it took to win, however long all is well again.
const endsBelow = 0.1;
const mostProof = 1000;

/** With one more instalment. */
export function fund(suspicion: Suspicion, money: number): Suspicion {
	return {...suspicion, wager: payIn(suspicion.wager, money)};
}

/** Begins anew, unless it is being told. */
export function renew(suspicion: Suspicion): Suspicion {
	return suspicion.alarm === undefined ? noSuspicion : suspicion;
}

/** After answers of which `hits` were as suspected, each with at most that chance. Told from the worth `limit` on. */
export function afterAnswers(suspicion: Suspicion, chance: number, hits: number, misses: number, {at, limit}: {at: number; limit: number}): Suspicion {
	const wager = capped(bet(suspicion.wager, chance, hits, misses), limit * mostProof);
	const now = worth(wager);
	const {alarm} = suspicion;
	if (alarm === undefined) return {wager, alarm: now >= limit ? {since: at, proof: now} : undefined};
	if (now < limit * endsBelow) return noSuspicion;
	return {wager, alarm: now > alarm.proof ? {...alarm, proof: now} : alarm};
}
