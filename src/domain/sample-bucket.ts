import {binned} from './latency-bins.ts';
import {countIn, failureMark, markOfKey, mergedTallies, type Tallies, type TallyKey} from './mix/tallies.ts';
import type {FailureReason, Sample} from './sample.ts';

/** A sample of a second that may still get more, newest first: adding one shares all the others. */
export type OpenSample = {readonly sample: Sample; readonly mark: number; readonly older: OpenSample | undefined};

/** A second to which samples may still come. */
export type OpenSecond = {readonly second: number; readonly newest: OpenSample};

/** Answers and failures of one pod. */
export type PodAnswers = {readonly answers: number; readonly failures: number};

/** Failures of one kind from one pod. */
export type FailureCell = {readonly reason: FailureReason; readonly podName: string | undefined; readonly count: number; readonly detail: string};

/** The samples of one second, counted. */
export type Bucket = {
	/** Epoch seconds. */
	readonly second: number;
	readonly samples: number;
	/** Oldest first, for the strip: the last ones of many. */
	readonly marks: readonly number[];
	readonly tallies: Tallies;
	readonly failures: readonly FailureCell[];
	readonly pods: ReadonlyMap<string, PodAnswers>;
};

/** More marks than any strip shows are not kept of a second. */
export const mostMarks = 256;

// Nothing answered: how long that took says nothing about how long answers take. A time-out does: it would have taken at least so long.
const withoutAnswer = new Set<FailureReason>([
	'refused',
	'reset',
	'dns',
	'tls',
	'unreachable',
	'proxy-503',
	'proxy-forbidden',
	'proxy-unreachable',
	'proxy-error',
	'other',
]);

function hasLatency({outcome}: Sample): boolean {
	return outcome.kind !== 'failure' || !withoutAnswer.has(outcome.reason);
}

function keyOf({sample: {outcome, ownerUid}, mark}: OpenSample): TallyKey {
	return outcome.kind === 'failure' ? (ownerUid ?? mark) : mark;
}

function tally(entries: readonly OpenSample[]): Tallies {
	const byKey = new Map<TallyKey, {count: number; readonly latencies: number[]}>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const known = byKey.get(key) ?? {count: 0, latencies: []};
		known.count += 1;
		if (hasLatency(entry.sample)) known.latencies.push(entry.sample.latencyMs);
		byKey.set(key, known);
	}
	return new Map(Array.from(byKey, ([key, {count, latencies}]) => [key, {count, latency: binned(latencies)}]));
}

/** The same with failures of one kind from one pod as one, in the words of the newest. */
function joinedCells(cells: readonly FailureCell[]): readonly FailureCell[] {
	const joined = new Map<string, FailureCell>();
	for (const cell of cells) {
		const key = `${cell.reason} ${cell.podName}`;
		joined.set(key, {...cell, count: cell.count + (joined.get(key)?.count ?? 0)});
	}
	return [...joined.values()];
}

function failureCells(entries: readonly OpenSample[]): readonly FailureCell[] {
	const cells = entries.flatMap(({sample: {outcome, podName}}) =>
		outcome.kind === 'failure' ? [{reason: outcome.reason, podName, count: 1, detail: outcome.detail}] : [],
	);
	return joinedCells(cells);
}

/** Answers and failures by pod, of all these together. */
export function joinedPods(parts: Iterable<Iterable<readonly [podName: string, answers: PodAnswers]>>): ReadonlyMap<string, PodAnswers> {
	const pods = new Map<string, {answers: number; failures: number}>();
	for (const part of parts) {
		for (const [podName, {answers, failures}] of part) {
			const known = pods.get(podName);
			if (known === undefined) {
				pods.set(podName, {answers, failures});
			} else {
				known.answers += answers;
				known.failures += failures;
			}
		}
	}
	return pods;
}

const answered: PodAnswers = {answers: 1, failures: 0};
const failed: PodAnswers = {answers: 0, failures: 1};

function podAnswers(entries: readonly OpenSample[]): ReadonlyMap<string, PodAnswers> {
	const named = entries.flatMap(({sample: {podName}, mark}) => (podName === undefined ? [] : [[podName, mark === failureMark ? failed : answered] as const]));
	return joinedPods([named]);
}

/** Counts the samples of a second. */
function counted({second, newest}: OpenSecond): Bucket {
	const entries: OpenSample[] = [];
	for (let entry: OpenSample | undefined = newest; entry !== undefined; entry = entry.older) entries.push(entry);
	entries.reverse();
	return {
		second,
		samples: entries.length,
		marks: entries.slice(-mostMarks).map(({mark}) => mark),
		tallies: tally(entries),
		failures: failureCells(entries),
		pods: podAnswers(entries),
	};
}

// Asked several times a frame, while only the newest of them changes.
const buckets = new WeakMap<OpenSample, Bucket>();

/** Counts the samples of a second that may still get more. */
export function countSecond(open: OpenSecond): Bucket {
	const known = buckets.get(open.newest) ?? counted(open);
	buckets.set(open.newest, known);
	return known;
}

/** Two counts of one second together; the marks of `late` last. */
export function joinedBuckets(bucket: Bucket, late: Bucket): Bucket {
	return {
		second: bucket.second,
		samples: bucket.samples + late.samples,
		marks: [...bucket.marks, ...late.marks].slice(-mostMarks),
		tallies: mergedTallies([bucket.tallies, late.tallies]),
		failures: joinedCells([...bucket.failures, ...late.failures]),
		pods: joinedPods([bucket.pods, late.pods]),
	};
}

/** Samples by mark: how the strip and the history draw them. */
export function countsByMark({tallies}: Bucket): ReadonlyMap<number, number> {
	const counts = new Map<number, number>();
	for (const [key, {count}] of tallies) countIn(counts, markOfKey(key), count);
	return counts;
}
