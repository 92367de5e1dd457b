import {setMaxListeners} from 'node:events';
import {setTimeout as timer, setImmediate as turn} from 'node:timers/promises';

/** Time, so that tests need not wait. */
export type Timing = {
	/** Monotonic ms. Default `performance.now`. */
	readonly clock?: () => number;
	/** Resolves after so many ms, or when the signal is aborted. */
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** From the begin of a beat to that of the next, and a time before which there is none. */
export type BeatPace = {readonly intervalMs: number; readonly notBefore: number};

export type BeatsOptions = Timing & {
	/** Must not wait for anything. `late`: how many beats were left out before it, because this process did not get to them in time. */
	readonly beat: (late: number) => void;
	/** Asked before and after each sleep. */
	readonly pace: () => BeatPace;
	/** Resolves when the pace has changed. */
	readonly changed: () => Promise<void>;
	readonly signal: AbortSignal;
};

// Timers are a millisecond or two late: at short intervals the slots that this costs are made up for, at long ones it never comes to it.
const catchUpMs = 20;
/** Nobody is busy for so long: the process was stopped, or the machine slept. No beat was late then. */
const stoppedMs = 5000;
/** A shorter sleep is not worth being woken from. */
const longSleepMs = 50;

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
	// A timer takes a millisecond at least, which is half an interval at 500 a second.
	const pause = ms > 0 ? timer(ms, undefined, {signal}) : turn(undefined, {signal});
	// An abort ends the loop, not the sleep with an error.
	await pause.catch(() => {});
}

/** Begin of the next beat, in the grid that the first one laid: after a stall it begins at once, whole slots that the stall took are left out. */
function nextSlot(slot: number, now: number, intervalMs: number): number {
	if (intervalMs === 0) return now;
	const next = slot + intervalMs;
	const late = now - next;
	if (late <= Math.max(intervalMs, catchUpMs)) return next;
	return next + Math.floor(late / intervalMs) * intervalMs;
}

/** Beats until the signal is aborted, in a fixed grid of the pace's interval: lateness does not add up. A new pace is followed at once. */
export async function runBeats(options: BeatsOptions): Promise<void> {
	const {beat, pace, changed, signal, clock = () => performance.now(), sleep = sleepUnlessAborted} = options;
	// Each request under way listens: a burst is no leak, and a warning of Node's would spoil the screen.
	setMaxListeners(0, signal);
	const pause = async (ms: number): Promise<boolean> => {
		if (ms > longSleepMs) return Promise.race([sleep(ms, signal).then(() => false), changed().then(() => true)]);
		// Never without a pause: a beat that fails at once must leave the event loop its turn.
		await sleep(Math.max(0, ms), signal);
		return false;
	};
	let slot = clock();
	const due = ({intervalMs, notBefore}: BeatPace) => Math.max(nextSlot(slot, clock(), intervalMs), notBefore);
	/** Waits for the next beat. */
	const nextBeat = async (before: BeatPace): Promise<{readonly at: number; readonly of: BeatPace}> => {
		for (let wanted = due(before); ; ) {
			const isWoken = await pause(wanted - clock());
			const of = pace();
			const at = due(of);
			// A timer may be a part of a millisecond early.
			if (signal.aborted || at <= clock() || (!isWoken && at <= wanted)) return {at, of};
			wanted = at;
		}
	};
	let late = 0;
	while (!signal.aborted) {
		beat(late);
		const before = pace();
		const {at, of} = await nextBeat(before);
		// Where the pace has changed there was no grid to be late in.
		const wasStopped = at - slot - of.intervalMs >= stoppedMs;
		const isSame = before.intervalMs === of.intervalMs && of.intervalMs > 0 && at !== of.notBefore && !wasStopped;
		late = isSame ? Math.max(0, Math.round((at - slot) / of.intervalMs) - 1) : 0;
		slot = at;
	}
}
