import {type Bucket, joinedPods, type PodAnswers} from '../sample-bucket.ts';
import {type SampleWindow, secondsWithin} from '../sample-window.ts';
import {failureMark} from './tallies.ts';

/** A pod that is ready behind the Service. */
export type ExpectedPod = {
	readonly podName: string;
	/** Epoch ms since which it is; undefined: for longer than anybody asks. */
	readonly readySince: number | undefined;
};

export type PodFinding = {readonly kind: 'silent-pods' | 'failing-pod'; readonly podNames: readonly string[]; readonly text: string};

/** Which pods answered, and what is strange about it. */
export type PodSpread = {
	/** The expected pods and those that answered besides, most answers first; `share` of the requests whose pod is known. */
	readonly pods: readonly ({readonly podName: string; readonly share: number} & PodAnswers)[];
	readonly findings: readonly PodFinding[];
};

/** Until every proxy sends a pod its share, and every watcher knows of it. */
export const settlingMs = 5000;

// Said where chance does it in less than such a part of all looks, at all pods together; it is looked at every second.
const silentByChance = 0.001;
const failingByChance = 0.001;
const mostNames = 3;

function requestsOf({answers, failures}: PodAnswers): number {
	return answers + failures;
}

function sum(numbers: Iterable<number>): number {
	let total = 0;
	for (const number of numbers) total += number;
	return total;
}

/** Good answers that do not tell whose they are. */
export function namelessAnswers({tallies, pods}: Bucket): number {
	const answers = sum(Array.from(tallies, ([key, {count}]) => (typeof key === 'number' && key !== failureMark ? count : 0)));
	return answers - sum(Array.from(pods.values(), pod => pod.answers));
}

/** So many requests that chance leaves hardly any of these pods without one. */
function isEnough(requests: number, pods: number): boolean {
	return pods * (1 - 1 / pods) ** requests < silentByChance;
}

/** The answers of these seconds where the pod gave none of them, which chance hardly explains; else undefined. */
function silence(buckets: readonly Bucket[], podName: string, pods: number): number | undefined {
	if (buckets.some(bucket => bucket.pods.has(podName))) return undefined;
	const named = sum(buckets.map(bucket => sum(Array.from(bucket.pods.values(), requestsOf))));
	// Pods of another version may not say who they are; answers without a name are then as many as its share.
	if (sum(buckets.map(namelessAnswers)) * 4 * pods >= named) return undefined;
	return isEnough(named, pods) ? named : undefined;
}

function silentPods(
	buckets: readonly Bucket[],
	expected: readonly ExpectedPod[],
	answered: ReadonlyMap<string, PodAnswers>,
	pods: number,
): PodFinding | undefined {
	if (!isEnough(sum(Array.from(answered.values(), requestsOf)), pods)) return undefined;
	const oldest = (buckets[0]?.second ?? 0) * 1000;
	const silent = expected.flatMap(({podName, readySince = Number.NEGATIVE_INFINITY}) => {
		const settledAt = readySince + settlingMs;
		if (answered.has(podName) && settledAt <= oldest) return [];
		const answers = silence(settledAt <= oldest ? buckets : buckets.filter(({second}) => second * 1000 >= settledAt), podName, pods);
		return answers === undefined ? [] : [{podName, answers}];
	});
	const [first, ...more] = silent;
	if (first === undefined) return undefined;
	const podNames = silent.map(({podName}) => podName);
	const which = more.length === 0 ? `${first.podName} is ready but has` : `${podNames.length} pods are ready (${listed(podNames)}) but have`;
	return {kind: 'silent-pods', podNames, text: `${which} given none of ${Math.min(...silent.map(({answers}) => answers))} answers`};
}

function listed(names: readonly string[]): string {
	return names.length <= mostNames ? names.join(', ') : `${names.slice(0, mostNames).join(', ')} …`;
}

/** The pod all failures come from, where chance would have spread them over the pods by their requests. */
function failingPod(pods: readonly (readonly [string, PodAnswers])[], requests: number): PodFinding | undefined {
	const [failing, ...more] = pods.filter(([, {failures}]) => failures > 0);
	if (failing === undefined || more.length > 0) return undefined;
	const [podName, {failures, answers}] = failing;
	if (sum(pods.map(([, pod]) => (requestsOf(pod) / requests) ** failures)) >= failingByChance) return undefined;
	const others = pods.length === 2 ? 'the other pod' : `the other ${pods.length - 1} pods`;
	const own = answers + failures;
	const text = `only ${podName} fails: ${failures} of its ${own} answers, ${others} none of ${requests - own}`;
	return {kind: 'failing-pod', podNames: [podName], text};
}

/**
 * How the answers of the last `seconds` seconds before `now` (epoch ms) spread over pods, as far as they name them: a pod that gives none though it is ready,
 * and a pod that alone fails, each only where that would be a rare accident.
 */
export function podSpread(window: SampleWindow, now: number, seconds: number, expected: readonly ExpectedPod[]): PodSpread {
	const buckets = secondsWithin(window, now, seconds);
	const answered = joinedPods(buckets.map(({pods}) => pods));
	const requests = sum(Array.from(answered.values(), requestsOf));
	const silent: PodAnswers = {answers: 0, failures: 0};
	const all = new Map([...expected.map(({podName}) => [podName, silent] as const), ...answered]);
	const rows = Array.from(all, ([podName, pod]) => ({podName, ...pod, share: requests === 0 ? 0 : requestsOf(pod) / requests}));
	const findings = requests === 0 ? [] : [failingPod([...answered], requests), silentPods(buckets, expected, answered, all.size)];
	return {
		pods: rows.sort((left, right) => right.share - left.share || (left.podName < right.podName ? -1 : 1)),
		findings: findings.filter(finding => finding !== undefined),
	};
}
