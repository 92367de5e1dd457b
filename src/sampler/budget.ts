import {stretchOf, type Wish} from '../domain/mix/pace.ts';

/** One target's part of the budget. */
export type BudgetShare = {
	/** By what its interval must be multiplied now: others may have joined or left. */
	readonly stretch: () => number;
	readonly leave: () => void;
};

/** What all targets together may send (see `mostPerSecond`). */
export type Budget = {readonly join: (wish: () => Wish) => BudgetShare};

/** A budget that nobody uses yet. */
export function createBudget(): Budget {
	const wishes = new Set<() => Wish>();
	return {
		join(wish) {
			wishes.add(wish);
			return {stretch: () => stretchOf(Array.from(wishes, each => each())), leave: () => void wishes.delete(wish)};
		},
	};
}
