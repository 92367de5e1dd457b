/** The least of several measurements, in ms: what else the machine does only adds. */
function leastMs(run: () => void, calls: number): number {
	const times = Array.from({length: 5}, () => {
		const startedMs = performance.now();
		for (let call = 0; call < calls; call += 1) run();
		return (performance.now() - startedMs) / calls;
	});
	return Math.min(...times);
}

/**
 * How many times as long a text of four times the length takes: 4 where time grows with the length, 16 where with its square. A ratio, so that it is the same on
 * every machine; measured again while it looks bad, since what is really bad stays so.
 */
export function growth(read: (text: string) => unknown, part: string, length = 4096): number {
	const textOf = (characters: number) => part.repeat(Math.ceil(characters / part.length)).slice(0, characters);
	const [short, long] = [textOf(length), textOf(4 * length)];
	const calls = Math.max(1, Math.ceil(1 / leastMs(() => read(short), 1)));
	let least = Number.POSITIVE_INFINITY;
	for (let attempt = 0; attempt < 4 && least > 8; attempt += 1) {
		const before = leastMs(() => read(short), calls);
		least = Math.min(least, leastMs(() => read(long), Math.max(1, Math.ceil(calls / 4))) / before);
	}
	return least;
}
