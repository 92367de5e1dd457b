/** One step of a progressive rollout, as its kind's own tool names it. Weights are percent of the traffic. */
export type ReleaseStep = {
	/** `setWeight: 20`, `pause`, `20 % of pods, 20 % of traffic`. */
	readonly text: string;
	/** Traffic that the new version is to get from here on; undefined: the step does not say. */
	readonly weight: number | undefined;
	/** Pods that are to run the new version after it: a number or a percentage, as the object says it. */
	readonly replicas: string | undefined;
	/** Whether it waits for a person, for so many ms, or goes on by itself. */
	readonly pause: 'person' | {readonly ms: number} | undefined;
};

/** What the current step waits for. `until` is epoch ms. */
export type StepWait =
	| {readonly kind: 'person'}
	| {readonly kind: 'time'; readonly until: number | undefined}
	| {readonly kind: 'pods'}
	| {readonly kind: 'traffic'}
	| {readonly kind: 'analysis'}
	/** Closing work after the last step, or after it was given up. */
	| {readonly kind: 'finishing'};

/** Shares of the traffic in percent: what is asked for, and what the controller says that it has set. */
export type StepWeight = {readonly set: number; readonly actual: number | undefined};

/** An analysis run, an experiment, or a check that goes with a step. */
export type StepCheck = {readonly name: string; readonly status: string; readonly message: string | undefined; readonly isBad: boolean};

/** A rollout that goes by steps, and where it stands. */
export type ReleaseSteps = {
	readonly steps: readonly ReleaseStep[];
	/** Index of the current step; `steps.length` when all are done. */
	readonly current: number;
	/** A rollout goes through these steps now; else they are what the next one will do. */
	readonly active: boolean;
	/** Undefined where nothing is waited for. */
	readonly wait: StepWait | undefined;
	readonly weight: StepWeight | undefined;
	readonly checks: readonly StepCheck[];
};
