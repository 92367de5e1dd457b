import {setMaxListeners} from 'node:events';
import {setTimeout as timer, setImmediate as turn} from 'node:timers/promises';

/** Time, so that tests need not wait. */
export type Timing = {
	/** Monotonic ms. Default `performance.now`. */
	readonly clock?: () => number;
	/** Resolves after so many ms, or when the signal is aborted. */
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type BeatsOptions = Timing & {
	readonly beat: () => Promise<void>;
	/** Asked after each beat: how long from its begin to that of the next, and a time before which there is none. */
	readonly pace: () => {readonly intervalMs: number; readonly notBefore: number};
	readonly signal: AbortSignal;
};

// Timers are a millisecond or two late: at short intervals the slots that this costs are made up for, at long ones it never comes to it.
const catchUpMs = 20;

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
	// A timer takes a millisecond at least, which is half an interval at 500 a second.
	const pause = ms > 0 ? timer(ms, undefined, {signal}) : turn(undefined, {signal});
	// An abort ends the loop, not the sleep with an error.
	await pause.catch(() => {});
}

/** Begin of the next beat, in the grid that the first one laid: a beat that took long is followed at once, whole slots that it took are left out. */
function nextSlot(slot: number, now: number, intervalMs: number): number {
	const next = slot + intervalMs;
	const late = now - next;
	if (late <= Math.max(intervalMs, catchUpMs)) return next;
	return next + Math.floor(late / intervalMs) * intervalMs;
}

/** Beats until the signal is aborted, one after the other, in a fixed grid of the pace's interval: lateness does not add up. */
export async function runBeats({beat, pace, signal, clock = () => performance.now(), sleep = sleepUnlessAborted}: BeatsOptions): Promise<void> {
	// Each request under way listens: a burst is no leak, and a warning of Node's would spoil the screen.
	setMaxListeners(0, signal);
	let slot = clock();
	while (!signal.aborted) {
		await beat();
		if (signal.aborted) return;
		const {intervalMs, notBefore} = pace();
		slot = Math.max(nextSlot(slot, clock(), intervalMs), notBefore);
		// Never without a pause: a beat that fails at once must leave the event loop its turn.
		await sleep(Math.max(0, slot - clock()), signal);
	}
}
