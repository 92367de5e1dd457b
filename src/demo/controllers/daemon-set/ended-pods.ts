import type {Clock} from '../../clock.ts';
import type {EventRecorder} from '../../event-recorder.ts';
import {involved} from '../context.ts';
import type {Pod} from '../kinds.ts';
import type {DaemonSet} from './daemon-set.ts';
import type {NodePlan} from './plan-nodes.ts';

/** Decides when pods that have ended by themselves are removed, so that others may follow. */
export interface EndedPods {
	/** Those to remove now; for the others `later` is asked for another look. */
	readonly due: (set: DaemonSet, ended: NodePlan['ended'], later: (delayMs: number) => void) => readonly Pod[];
}

const firstDelayMs = 1_000;
const longestDelayMs = 900_000;

/** One that failed waits longer each time: a node that takes no pod would make and lose them without end (kubernetes: failedPodsBackoff). */
export function createEndedPods(clock: Clock, events: EventRecorder): EndedPods {
	const delays = new Map<string, {readonly delayMs: number; readonly at: number}>();
	const mayGo = (place: string, later: (delayMs: number) => void): boolean => {
		const now = clock.now();
		const known = delays.get(place);
		if (known !== undefined && now - known.at < known.delayMs) {
			later(known.delayMs);
			return false;
		}
		const isForgotten = known === undefined || now - known.at > 2 * longestDelayMs;
		delays.set(place, {delayMs: isForgotten ? firstDelayMs : Math.min(longestDelayMs, 2 * known.delayMs), at: now});
		return true;
	};
	return {
		due: (set, ended, later) =>
			ended.flatMap(({pod, node}) => {
				const hasFailed = pod.status?.phase === 'Failed';
				if (hasFailed && !mayGo(`${set.metadata.uid}/${set.status?.observedGeneration}/${node}`, later)) return [];
				const found = `${pod.metadata.namespace}/${pod.metadata.name} on node ${node}`;
				if (hasFailed) events.record(involved(set), 'Warning', 'FailedDaemonPod', `Found failed daemon pod ${found}, will try to kill it`);
				else events.record(involved(set), 'Normal', 'SucceededDaemonPod', `Found succeeded daemon pod ${found}, will try to delete it`);
				return [pod];
			}),
	};
}
