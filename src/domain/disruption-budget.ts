import type {LabelSelector} from './label-selector.ts';

/** A PodDisruptionBudget. Counts are pods. */
export type DisruptionBudget = {
	readonly uid: string;
	readonly name: string;
	readonly resourceVersion: string;
	/** Undefined selects no pods, an empty one all of the namespace. */
	readonly selector: LabelSelector | undefined;
	/** `status.disruptionsAllowed`: evictions that would be let through now. */
	readonly allowed: number;
	/** `status.currentHealthy`, `status.desiredHealthy`, `status.expectedPods`. */
	readonly healthy: number;
	readonly neededHealthy: number;
	readonly expected: number;
};
