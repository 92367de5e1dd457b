import {latencyText} from '../../domain/latency-text.ts';
import type {Pod} from '../../domain/pod.ts';
import {isPodEnded, isPodReady} from '../../domain/pod-availability.ts';
import {podColumns} from '../../domain/pod-columns.ts';
import {sortedByUrgency} from '../../domain/pod-order.ts';
import type {Sample} from '../../domain/sample.ts';
import type {PodRow, Tone} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** Answers and failures of one pod among the samples of the window. */
export type PodAnswers = {readonly answers: number; readonly failures: number};

/** One row per pod: not-ready first, new revision before old. A pod that did not change since the last call keeps its row. */
export function podRows(
	facts: RolloutFacts,
	pods: readonly Pod[],
	answersOf: ReadonlyMap<string, PodAnswers>,
	ownAnswers: ReadonlyMap<string, Sample>,
	now: number,
): readonly PodRow[] {
	const newUid = facts.newReplicaSet?.uid;
	return sortedByUrgency(pods, newUid).map(pod => {
		const {answers, failures} = answersOf.get(pod.name) ?? noAnswers;
		const revision = pod.ownerUid === undefined ? undefined : facts.revisionByUid.get(pod.ownerUid);
		const isNew = newUid !== undefined && pod.ownerUid === newUid;
		const known = rows.get(pod);
		const own = ownAnswers.get(pod.uid);
		if (known !== undefined && known.at === now && known.own === own && isRowOf(known.row, revision, isNew, answers, failures)) return known.row;
		const row = {uid: pod.uid, name: pod.name, revision, isNew, ...cells(pod, now), answers, failures, own: own && ownAnswer(own)};
		rows.set(pod, {at: now, own, row});
		return row;
	});
}

const noAnswers: PodAnswers = {answers: 0, failures: 0};
// Thousands of pods are drawn ten times a second while a few of them change; their ages move once a second.
const rows = new WeakMap<Pod, {readonly at: number; readonly own: Sample | undefined; readonly row: PodRow}>();

/** `v3 4 ms`, or what was wrong: `500 4 ms`, `refused`. */
function ownAnswer({outcome, latencyMs}: Sample): PodRow['own'] {
	const took = latencyText(latencyMs);
	switch (outcome.kind) {
		case 'version':
			return {tone: 'good', text: `${outcome.version} ${took}`};
		case 'unrecognised':
			return {tone: 'good', text: `${outcome.status} ${took}`};
		case 'failure':
			return {tone: 'bad', text: outcome.reason.startsWith('http-') ? `${outcome.reason.slice(5)} ${took}` : outcome.reason};
	}
}

function isRowOf(row: PodRow, revision: number | undefined, isNew: boolean, answers: number, failures: number): boolean {
	return row.revision === revision && row.isNew === isNew && row.answers === answers && row.failures === failures;
}

function cells(pod: Pod, now: number): Pick<PodRow, 'ready' | 'status' | 'restarts' | 'age' | 'ip' | 'node' | 'tone'> {
	const {ready, status, restarts, age} = podColumns(pod, now);
	return {ready, status, restarts, age, ip: pod.ip ?? '', node: pod.nodeName ?? '', tone: podTone(pod, status)};
}

/** Reasons that pass by themselves; every other reason than these and plain `Running` is trouble. */
const passing = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Running', 'SchedulingGated']);

/** How a pod's row is coloured. */
export function podTone(pod: Pod, status: string): Tone {
	if (pod.deletedAt !== undefined) return 'quiet';
	if (isPodEnded(pod)) return status === 'Completed' ? 'quiet' : 'bad';
	if (status === 'Running') return isPodReady(pod) ? 'good' : 'change';
	if (passing.has(status) || /^Init:\d+\/\d+$/.test(status)) return 'change';
	return 'bad';
}
