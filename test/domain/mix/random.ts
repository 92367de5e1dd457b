/** Numbers 0…1 that look random, the same for the same seed (Park and Miller's generator). */
export function randomFrom(seed: number): () => number {
	let state = (seed * 7919 + 1) % 2_147_483_647;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

/** Latencies in ms of a log-normal distribution: most of them near `median`, some many times that. */
export function latenciesFrom(random: () => number, n: number, median: number, spread = 0.8): readonly number[] {
	return Array.from({length: n}, () => median * Math.exp(spread * Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())));
}
