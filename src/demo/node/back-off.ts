import type {Clock} from '../clock.ts';

const firstMs = 10_000;
const longestMs = 300_000;

/** How long to leave something alone after failures: client-go's flowcontrol.Backoff with the kubelet's numbers, for one thing. */
export class BackOff {
	readonly #clock: Clock;
	#currentMs = 0;
	#updatedAt = 0;

	/** Starts without any delay; the first `next` makes it ten seconds. */
	constructor(clock: Clock) {
		this.#clock = clock;
	}

	get currentMs(): number {
		return this.#currentMs;
	}

	/** How much longer, counted from a moment (a container's end) or, without one, from the last failure; not above 0 when it is over. */
	remainingMs(since = this.#updatedAt): number {
		return this.#currentMs === 0 || this.#isForgotten(since) ? 0 : since + this.#currentMs - this.#clock.now();
	}

	isWaiting(since?: number): boolean {
		return this.remainingMs(since) > 0;
	}

	/** Another failure: twice as long, unless the last one is so long ago that the thing counts as healthy since. */
	next(since = this.#clock.now()): void {
		this.#currentMs = this.#currentMs === 0 || this.#isForgotten(since) ? firstMs : Math.min(longestMs, this.#currentMs * 2);
		this.#updatedAt = this.#clock.now();
	}

	#isForgotten(at: number): boolean {
		return at - this.#updatedAt > 2 * longestMs;
	}
}

/** Go's way to print a duration of whole seconds: `10s`, `1m20s`, `5m0s`. */
export function goSeconds(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
