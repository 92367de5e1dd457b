import type {Clock} from '../../src/demo/clock.ts';

/** Time that stands still until the test moves it. */
export interface ManualClock extends Clock {
	/** Moves on timer by timer, and lets everything that a timer set off come to rest before the next one. */
	readonly advance: (ms: number) => Promise<void>;
	/** Moves on in steps until something holds; throws when it still does not after `limitMs`. */
	readonly advanceUntil: (holds: () => boolean, limitMs: number) => Promise<void>;
	readonly pendingTimers: () => number;
}

interface Timer {
	readonly at: number;
	readonly run: () => void;
}

/** A clock that shows `epochMs`. */
export function createManualClock(epochMs = Date.parse('2026-11-21T02:00:00Z')): ManualClock {
	let now = epochMs;
	const timers = new Set<Timer>();
	const nextBefore = (end: number) => [...timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
	const advance = async (ms: number) => {
		const end = now + ms;
		await rest();
		for (let timer = nextBefore(end); timer !== undefined; timer = nextBefore(end)) {
			timers.delete(timer);
			now = Math.max(now, timer.at);
			timer.run();
			await rest();
		}
		now = end;
	};
	return {
		now: () => now,
		schedule(delayMs, run) {
			const timer = {at: now + delayMs, run};
			timers.add(timer);
			return () => timers.delete(timer);
		},
		advance,
		async advanceUntil(holds, limitMs) {
			const end = now + limitMs;
			await rest();
			while (!holds()) {
				if (now >= end) throw new Error(`still not so after ${limitMs} ms`);
				await advance(50);
			}
		},
		pendingTimers: () => timers.size,
	};
}

/**
 * Lets the event loop turn until whatever was set off is done. Both ends of every connection live in this process and loopback delivers
 * at once, so a request and its answer need a dozen turns, however slow the machine is.
 */
async function rest(): Promise<void> {
	for (let turn = 0; turn < 60; turn++) await new Promise(resolve => setImmediate(resolve));
}
