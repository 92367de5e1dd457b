import {randomFrom} from '../../random.mjs';

/**
 * The same choices for the same seed.
 * @typedef {{next(): number, between(from: number, to: number): number, chance(part: number): boolean, pick<T>(items: readonly T[]): T}} Random
 */

/** @param {number} seed @returns {Random} */
export function createRandom(seed) {
	const next = randomFrom(seed);
	return {
		next,
		between: (from, to) => from + Math.floor(next() * (to - from + 1)),
		chance: part => next() < part,
		pick: items => /** @type {any} */ (items[Math.floor(next() * items.length)]),
	};
}
