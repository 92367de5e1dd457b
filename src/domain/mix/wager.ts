/**
 * Money that is bet on something to happen more often than it should, at the odds that would be fair if it did not: the money's expectation is then
 * never more than what was paid in, so that it is P(it ever reaches k times that) ≤ 1/k (Ville 1939). A bet for each of some fractions of the money, next
 * to one another: which one wins depends on how far off the truth is, and nothing has to be known of it.
 */
export type Wager = readonly number[];

/** Share of the money that is set each time. The best one for chance p and truth q is (q − p) / (1 − p). */
const fractions = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95];

/** What happens nearly always can't be bet on: there is nothing to win. */
const surest = 0.99;

// A number still, whatever money it is multiplied with.
const mostGain = 1e250;

export const noWager: Wager = fractions.map(() => 0);

/** What all bets are worth together. */
export function worth(wager: Wager): number {
	return wager.reduce((sum, money) => sum + money, 0) / wager.length;
}

/** With so much money more. */
export function payIn(wager: Wager, money: number): Wager {
	return wager.map(stake => stake + money);
}

/** Mostly there is a single answer to look at, and the general way takes ten times as long. */
function power(base: number, exponent: number): number {
	if (exponent === 0) return 1;
	return exponent === 1 ? base : base ** exponent;
}

/** After so many bets that were won and lost. `chance` is the most that the chance of each one can have been. */
export function bet(wager: Wager, chance: number, won: number, lost: number): Wager {
	if (chance >= surest) return wager;
	return wager.map((stake, index) => {
		const fraction = fractions[index] ?? 0;
		const gain = Math.min(mostGain, power(1 + fraction * (1 / chance - 1), won));
		return stake * gain * power(1 - fraction, lost);
	});
}

/** Worth no more than the limit: the rest is given away. */
export function capped(wager: Wager, limit: number): Wager {
	const now = worth(wager);
	return now <= limit ? wager : wager.map(stake => (stake / now) * limit);
}
