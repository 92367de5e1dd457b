import type {K8sEvent} from '../../k8s-event.ts';
import type {LogTails} from '../../log-tail.ts';
import type {Pod} from '../../pod.ts';

/** A pod as its rules see it. */
export type PodSubject = {
	readonly pod: Pod;
	/** The pod's own, in no order. */
	readonly events: readonly K8sEvent[];
	readonly logTails: LogTails;
	/**
	 * Whether a moment (epoch ms) has come. Rules ask this instead of comparing with a clock: what they said stays true until the earliest moment
	 * that had not come yet, so that thousands of pods need not be judged anew each second.
	 */
	readonly isPast: (at: number) => boolean;
};
