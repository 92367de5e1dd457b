import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {Budget} from './budget.ts';
import {createPacer, type OnPaced} from './pacer.ts';
import {runBeats, type Timing} from './run-beats.ts';

export type SamplerOptions = Timing & {
	readonly probe: (signal: AbortSignal) => Promise<ProbeResult>;
	readonly recognise: (result: ProbeResult) => Sample;
	/** From the beginning of a beat to the beginning of the next. */
	readonly intervalMs: number;
	/** Requests at once at each beat. Default 1. */
	readonly burst?: number;
	/** Shared with the other targets. Default: no limit. */
	readonly budget?: Budget | undefined;
	readonly onSample: (sample: Sample) => void;
	readonly onPaced?: OnPaced | undefined;
	readonly signal: AbortSignal;
};

/**
 * Probes until the signal is aborted: at each beat one request, or a burst of them, and never a beat before all answers to the last one are there.
 * Each answer is a sample; a request that the abort cut off is none. Slower than asked where the target or the budget demands it.
 */
export async function runSampler(options: SamplerOptions): Promise<void> {
	const {probe, recognise, intervalMs, burst = 1, budget, onSample, onPaced, signal, clock = () => performance.now()} = options;
	const pacer = createPacer({intervalMs, perBeat: () => burst, budget, onPaced, clock});
	const ask = async (): Promise<void> => {
		const sentAt = clock();
		const result = await probe(signal);
		if (signal.aborted) return;
		const sample = recognise(result);
		onSample(sample);
		pacer.note(result, sample, sentAt);
	};
	const beat = burst === 1 ? ask : async () => void (await Promise.all(Array.from({length: burst}, ask)));
	try {
		pacer.pace();
		await runBeats({...options, beat, pace: pacer.pace});
	} finally {
		pacer.close();
	}
}
