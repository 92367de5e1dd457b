import {latencyBin} from './latency-bins.ts';
import type {FailureReason, Sample} from './sample.ts';

/** A sample as the strip draws it: slot of the version, or one of these. */
export const failureMark = -1;
export const unrecognisedMark = -2;

/** Samples of the second that still runs, newest first: adding one shares all the others. */
export type OpenSecond = {readonly sample: Sample; readonly mark: number; readonly older: OpenSecond | undefined};

/** Answers and failures of one pod. */
export type PodAnswers = {readonly answers: number; readonly failures: number};

/** Failures of one kind from one pod. */
type FailureCell = {readonly reason: FailureReason; readonly podName: string | undefined; readonly count: number; readonly detail: string};

/** The samples of one second, counted. */
export type Bucket = {
	/** Epoch seconds. */
	readonly second: number;
	readonly samples: number;
	/** Oldest first, for the strip. */
	readonly marks: readonly number[];
	/** By slot. */
	readonly versions: ReadonlyMap<number, number>;
	readonly failures: readonly FailureCell[];
	readonly unrecognised: number;
	readonly pods: ReadonlyMap<string, PodAnswers>;
	readonly latencyBins: ReadonlyMap<number, number>;
};

// Nothing answered: how long that took says nothing about how long answers take. A time-out does: it would have taken at least so long.
const withoutAnswer = new Set<FailureReason>(['refused', 'reset', 'dns', 'tls', 'unreachable', 'proxy-503', 'proxy-forbidden', 'proxy-error', 'other']);

function hasLatency({outcome}: Sample): boolean {
	return outcome.kind !== 'failure' || !withoutAnswer.has(outcome.reason);
}

/** Adds one to what the map counts under the key. */
export function countIn<Key>(counts: Map<Key, number>, key: Key, more = 1): void {
	counts.set(key, (counts.get(key) ?? 0) + more);
}

function failureCells(samples: readonly Sample[]): readonly FailureCell[] {
	const cells = new Map<string, FailureCell>();
	for (const {outcome, podName} of samples) {
		if (outcome.kind !== 'failure') continue;
		const key = `${outcome.reason} ${podName}`;
		cells.set(key, {reason: outcome.reason, podName, count: (cells.get(key)?.count ?? 0) + 1, detail: outcome.detail});
	}
	return [...cells.values()];
}

function podAnswers(samples: readonly Sample[]): ReadonlyMap<string, PodAnswers> {
	const pods = new Map<string, PodAnswers>();
	for (const {outcome, podName} of samples) {
		if (podName === undefined) continue;
		const {answers, failures} = pods.get(podName) ?? {answers: 0, failures: 0};
		pods.set(podName, outcome.kind === 'failure' ? {answers, failures: failures + 1} : {answers: answers + 1, failures});
	}
	return pods;
}

/** Counts the samples of a second. */
export function countSecond(second: number, open: OpenSecond | undefined): Bucket {
	const samples: Sample[] = [];
	const marks: number[] = [];
	for (let entry = open; entry !== undefined; entry = entry.older) {
		samples.push(entry.sample);
		marks.push(entry.mark);
	}
	samples.reverse();
	marks.reverse();
	const versions = new Map<number, number>();
	for (const mark of marks) if (mark >= 0) countIn(versions, mark);
	const latencyBins = new Map<number, number>();
	for (const sample of samples) if (hasLatency(sample)) countIn(latencyBins, latencyBin(sample.latencyMs));
	return {
		second,
		samples: samples.length,
		marks,
		versions,
		failures: failureCells(samples),
		unrecognised: marks.filter(mark => mark === unrecognisedMark).length,
		pods: podAnswers(samples),
		latencyBins,
	};
}
