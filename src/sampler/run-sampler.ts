import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {Budget} from './budget.ts';
import {createPacer, type OnPaced} from './pacer.ts';
import {runBeats, type Timing} from './run-beats.ts';

export type SamplerOptions = Timing & {
	readonly probe: (signal: AbortSignal) => Promise<ProbeResult>;
	readonly recognise: (result: ProbeResult) => Sample;
	/** From the beginning of a beat to the beginning of the next. 0: one after the other, as soon as `mostAtOnce` allows. */
	readonly intervalMs: number;
	/** Requests at once at each beat. Default 1. */
	readonly burst?: number;
	/** So many may be under way. Default 64. */
	readonly mostAtOnce?: number;
	/** Shared with the other targets. Default: no limit. */
	readonly budget?: Budget | undefined;
	/** In the order of the answers, which is not that in which they were asked for. */
	readonly onSample: (sample: Sample) => void;
	readonly onPaced?: OnPaced | undefined;
	readonly signal: AbortSignal;
};

/** Tasks under way; `end` ends all, with the error of the first that threw, if any. */
function createFlight(given: AbortSignal) {
	const failed = new AbortController();
	const signal = AbortSignal.any([given, failed.signal]);
	let running = 0;
	let onLast = (): void => {};
	return {
		signal,
		running: () => running,
		async start(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
			running += 1;
			try {
				await task(signal);
			} catch (error) {
				failed.abort(error);
			}
			running -= 1;
			if (running === 0) onLast();
		},
		async end(): Promise<void> {
			const last = new Promise<void>(resolve => {
				onLast = resolve;
			});
			if (running > 0) await last;
			failed.signal.throwIfAborted();
		},
	};
}

/**
 * Probes until the signal is aborted: at each beat one request, or a burst of them, however long the earlier ones take, so that a slow target is asked
 * as often as a fast one and its failures count as much. Only where too many are under way beats are left out. Each answer is a sample; a request that
 * the abort cut off is none. Slower than asked where the target or the budget demands it. Rejects with what `recognise` or `onSample` throw.
 */
export async function runSampler(options: SamplerOptions): Promise<void> {
	const {probe, recognise, intervalMs, burst = 1, mostAtOnce = 64, budget, onSample, onPaced, clock = () => performance.now()} = options;
	const pacer = createPacer({intervalMs, perBeat: () => burst, budget, onPaced, clock});
	const flight = createFlight(options.signal);
	const ask = async (signal: AbortSignal): Promise<void> => {
		const sentAt = clock();
		const result = await probe(signal);
		if (signal.aborted) return;
		const sample = recognise(result);
		onSample(sample);
		pacer.note(result, sample, sentAt);
	};
	const beat = (late: number) => {
		const count = Math.min(burst, mostAtOnce - flight.running());
		for (let index = 0; index < count; index += 1) void flight.start(ask);
		pacer.noteBeat({sent: count / burst, waiting: 1 - count / burst, late});
	};
	try {
		pacer.pace();
		await runBeats({...options, ...pacer, beat, signal: flight.signal});
		await flight.end();
	} finally {
		pacer.close();
	}
}
