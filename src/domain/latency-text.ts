/** A latency in ms with no more digits than it is good for. */
export function roundedMs(ms: number): number {
	return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}

/** A latency in ms for people: `3.2 ms`, `40 ms`, `1.2 s`. */
export function latencyText(ms: number): string {
	return ms < 1000 ? `${roundedMs(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}
