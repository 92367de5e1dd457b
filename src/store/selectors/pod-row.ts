import {latencyText} from '../../domain/latency-text.ts';
import type {Pod} from '../../domain/pod.ts';
import {isPodEnded, isPodReady} from '../../domain/pod-availability.ts';
import {podStateColumns} from '../../domain/pod-columns.ts';
import type {Sample} from '../../domain/sample.ts';
import type {PodRow, Tone} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** Answers and failures of one pod among the samples of the window. */
export type PodAnswers = {readonly answers: number; readonly failures: number};

const noAnswers: PodAnswers = {answers: 0, failures: 0};

/** A row, and until when (epoch ms) time alone changes nothing in it. */
export type TimedRow = {readonly row: PodRow; readonly steadyUntil: number};

/** A pod's row at `now` (epoch ms). `own`: what it answered last when it was asked itself. */
export function podRow(
	pod: Pod,
	{newReplicaSet, revisionByUid}: Pick<RolloutFacts, 'newReplicaSet' | 'revisionByUid'>,
	{answers, failures}: PodAnswers = noAnswers,
	own: Sample | undefined,
	now: number,
): TimedRow {
	const {ready, status, restarts, steadyUntil} = podStateColumns(pod, now);
	const row: PodRow = {
		uid: pod.uid,
		name: pod.name,
		revision: pod.ownerUid === undefined ? undefined : revisionByUid.get(pod.ownerUid),
		isNew: newReplicaSet !== undefined && pod.ownerUid === newReplicaSet.uid,
		ready,
		status,
		restarts,
		createdAt: pod.createdAt,
		ip: pod.ip ?? '',
		node: pod.nodeName ?? '',
		tone: podTone(pod, status),
		answers,
		failures,
		own: own && ownAnswer(own),
	};
	return {row, steadyUntil};
}

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
