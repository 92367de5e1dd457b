/** ms on the machine's own clock, which all processes share and nobody steps. */
export function monotonicMs() {
	return Number(process.hrtime.bigint() / 1_000_000n);
}
