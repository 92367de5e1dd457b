import type {Remark} from './views.ts';

/** Everything that says why a rollout stands where it stands. */
export type WhyView = {
	readonly name: string;
	/** The phase and the line of `kubectl rollout status`. */
	readonly standing: Remark;
	/** `verdict`, `outlook`, `strategy`: what becomes of it. */
	readonly facts: readonly {readonly label: string; readonly value: string; readonly tone: Remark['tone']}[];
	/** Worst first. */
	readonly findings: readonly (Remark & {readonly advice: string | undefined})[];
	/** Of the new pods and of what makes them, newest first; what says the same is one. */
	readonly events: readonly {
		readonly age: string;
		readonly type: string;
		readonly reason: string;
		readonly message: string;
		/** `×12, 3 pods`; empty for what happened once. */
		readonly times: string;
	}[];
	/** Last lines of the container that is worst: of which, and of which of its runs. */
	readonly log: {readonly title: string; readonly lines: readonly string[]} | undefined;
};
