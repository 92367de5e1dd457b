import type {Pod} from '../../domain/pod.ts';
import {isPodEnded, isPodReady} from '../../domain/pod-availability.ts';
import {podColumns} from '../../domain/pod-columns.ts';
import {byUrgency} from '../../domain/pod-order.ts';
import type {PodRow, Tone} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** Answers and failures of one pod among the samples of the window. */
export type PodAnswers = {readonly answers: number; readonly failures: number};

/** One row per pod: not-ready first, new revision before old. */
export function podRows(facts: RolloutFacts, pods: readonly Pod[], answersOf: ReadonlyMap<string, PodAnswers>, now: number): readonly PodRow[] {
	const newUid = facts.newReplicaSet?.uid;
	return pods.toSorted(byUrgency(newUid)).map(pod => {
		const {ready, status, restarts, age} = podColumns(pod, now);
		const {answers, failures} = answersOf.get(pod.name) ?? {answers: 0, failures: 0};
		return {
			uid: pod.uid,
			name: pod.name,
			revision: pod.ownerUid === undefined ? undefined : facts.revisionByUid.get(pod.ownerUid),
			isNew: newUid !== undefined && pod.ownerUid === newUid,
			ready,
			status,
			restarts,
			age,
			ip: pod.ip ?? '',
			node: pod.nodeName ?? '',
			answers,
			failures,
			tone: podTone(pod, status),
		};
	});
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
