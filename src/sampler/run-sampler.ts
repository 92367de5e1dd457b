import {setTimeout as timer, setImmediate as turn} from 'node:timers/promises';
import type {ProbeResult, Sample} from '../domain/sample.ts';

export type SamplerOptions = {
	readonly probe: (signal: AbortSignal) => Promise<ProbeResult>;
	readonly recognise: (result: ProbeResult) => Sample;
	/** From the beginning of a request to the beginning of the next. */
	readonly intervalMs: number;
	readonly onSample: (sample: Sample) => void;
	readonly signal: AbortSignal;
	/** Monotonic ms. Default `performance.now`. */
	readonly clock?: () => number;
	/** Resolves after so many ms, or when the signal is aborted. */
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

// Timers are a millisecond or two late: at short intervals the slots that this costs are made up for, at long ones it never comes to it.
const catchUpMs = 20;

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
	// A timer takes a millisecond at least, which is half an interval at 500 a second.
	const pause = ms > 0 ? timer(ms, undefined, {signal}) : turn(undefined, {signal});
	// An abort ends the loop, not the sleep with an error.
	await pause.catch(() => {});
}

/** Begin of the next request, in the grid that the first one laid: a request that took long is followed at once, whole slots that it took are left out. */
function nextSlot(slot: number, now: number, intervalMs: number): number {
	const next = slot + intervalMs;
	const late = now - next;
	if (late <= Math.max(intervalMs, catchUpMs)) return next;
	return next + Math.floor(late / intervalMs) * intervalMs;
}

/**
 * Probes until the signal is aborted, one request at a time, each a sample. Requests begin in a fixed grid of `intervalMs`, so lateness does not
 * add up. A request that the abort cut off is no sample.
 */
export async function runSampler(options: SamplerOptions): Promise<void> {
	const {probe, recognise, intervalMs, onSample, signal, clock = () => performance.now(), sleep = sleepUnlessAborted} = options;
	let slot = clock();
	while (!signal.aborted) {
		const result = await probe(signal);
		if (signal.aborted) return;
		onSample(recognise(result));
		slot = nextSlot(slot, clock(), intervalMs);
		const wait = slot - clock();
		// Never without a pause: a probe that fails at once must leave the event loop its turn.
		await sleep(Math.max(0, wait), signal);
	}
}
