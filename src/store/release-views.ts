import type {Tone} from './views.ts';

/** What panels and dialogs read about a rollout that goes by steps. Weights are percent of the traffic. */

/** One step, as a row. */
export type ReleaseStepRow = {
	/** 1-based. */
	readonly number: number;
	readonly text: string;
	/** `20%`: what the new version is to get from here on. */
	readonly weight: string | undefined;
	/** `1`, `20%`: pods that are to run the new version. */
	readonly pods: string | undefined;
	/** `a person`, `10s`: what it pauses for. */
	readonly pause: string | undefined;
	readonly state: 'done' | 'current' | 'left';
};

/** Where a rollout that goes by steps stands. */
export type ReleaseStepsView = {
	readonly rows: readonly ReleaseStepRow[];
	/** 1-based; one more than there are when all are done. */
	readonly current: number;
	/** It goes through them now; else they are what the next rollout will do. */
	readonly active: boolean;
	readonly waitsForPerson: boolean;
	/** `waits for you: n continues`; `brief` in a few words. */
	readonly wait: {readonly text: string; readonly brief: string} | undefined;
	/** Percent; measured: of the answers in the window. */
	readonly weights: {readonly set: number; readonly actual: number | undefined; readonly measured: number | undefined} | undefined;
	/** Analysis runs, experiments, checks. */
	readonly checks: readonly {readonly tone: Tone; readonly text: string}[];
};
