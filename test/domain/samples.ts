import type {FailureReason, Outcome, Sample} from '../../src/domain/sample.ts';
import {addSample, emptyWindow, type SampleWindow} from '../../src/domain/sample-window.ts';

/** Epoch ms at which the samples of tests begin: a whole second. */
export const start = 1_700_000_000_000;

/** A sample so many ms after the start. */
export function sample(afterMs: number, outcome: Outcome, more: Partial<Sample> = {}): Sample {
	return {at: start + afterMs, latencyMs: 3, outcome, podName: undefined, ownerUid: undefined, ...more};
}

export function version(name: string): Outcome {
	return {kind: 'version', version: name, rule: 'auto:word'};
}

export function failure(reason: FailureReason, detail = ''): Outcome {
	return {kind: 'failure', reason, detail};
}

export const unrecognised: Outcome = {kind: 'unrecognised', status: 200};

/** A window of these, added in order. */
export function windowOf(samples: Iterable<Sample>): SampleWindow {
	let window = emptyWindow;
	for (const next of samples) window = addSample(window, next);
	return window;
}
