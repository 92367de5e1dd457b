import fc from 'fast-check';
import type {Outcome, Sample} from '../../../src/domain/sample.ts';
import {failure, sample, unrecognised, version} from '../samples.ts';

/** Of each version the pods have one owner, as after an undisturbed rollout. */
export const ownerOf: Readonly<Record<string, string>> = {v1: 'rs-1', v2: 'rs-2', v3: 'rs-3'};

const outcomes: readonly (readonly [Outcome, string | undefined])[] = [
	[version('v1'), 'rs-1'],
	[version('v2'), 'rs-2'],
	[version('v3'), 'rs-3'],
	[version('v3'), undefined],
	[failure('http-500'), 'rs-1'],
	[failure('http-500'), 'rs-3'],
	[failure('timeout'), undefined],
	[failure('refused'), undefined],
	[unrecognised, undefined],
];

/** Samples in the order in which they are sent, some with pauses of many seconds between them; the answer to each takes so long at most. */
function trafficWithin(longestMs: number): fc.Arbitrary<readonly Sample[]> {
	const step = fc.oneof({weight: 9, arbitrary: fc.nat(900)}, {weight: 1, arbitrary: fc.nat(40_000)});
	const latency = fc.oneof(fc.nat(3000), fc.nat(longestMs));
	return fc.array(fc.tuple(step, fc.constantFrom(...outcomes), latency), {minLength: 1, maxLength: 80}).map(steps => {
		let at = 0;
		return steps.map(([stepMs, [outcome, ownerUid], latencyMs]) => {
			at += stepMs;
			return sample(at, outcome, {latencyMs, ownerUid, podName: ownerUid === undefined ? undefined : `${ownerUid}-pod`});
		});
	});
}

export const traffic = trafficWithin(3000);

/** With answers that come long after everything that was asked meanwhile. */
export const slowTraffic = trafficWithin(20_000);

/** The same samples in the order in which their answers came. */
export function byAnswer(samples: readonly Sample[]): readonly Sample[] {
	return samples.toSorted((left, right) => left.at + left.latencyMs - (right.at + right.latencyMs));
}
