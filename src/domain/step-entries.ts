import {kruiseStanding} from './kinds/kruise/standing.ts';
import {rulesOf} from './kinds/rules-of.ts';
import {workflowStanding} from './kinds/vela/standing.ts';
import type {ReleaseSteps} from './release-steps.ts';
import {waitsForYou} from './rollout-phase.ts';
import type {TimelineEntry} from './timeline-entry.ts';
import type {Workload} from './workload.ts';

type Step = {readonly number: number; readonly name: string; readonly text: string};

/** Where a rollout stands among its steps, as far as the timeline tells of it. */
export type StepStanding = {
	/** The step that is gone through, counted from 1; undefined: none is. */
	readonly step: Step | undefined;
	/** A step waits for a person, or did when somebody paused all of it, which is told in other words. */
	readonly waits: boolean;
	/** What was given up stays so until somebody goes back or retries. */
	readonly aborted: boolean;
	/** Somebody has told it to leave out all steps. */
	readonly promoted: boolean;
};

/** What a workload goes through before its first step, or without steps: OpenKruise prepares; Argo rolls the very first version at once. */
function isBeforeSteps(workload: Workload): boolean {
	if (workload.kind === 'ArgoRollout') return workload.status.stableRS === '';
	const rollout = workload.release?.kind === 'Application' ? workload.release.rollout : workload.release;
	return rollout !== undefined && kruiseStanding(rollout).kind === 'preparing';
}

/** Steps of a workflow that are still to come are not in its status: how many there are is not known. */
function isWorkflows({release}: Workload): boolean {
	if (release?.kind !== 'Application') return false;
	const standing = workflowStanding(release);
	return release.rollout === undefined || (standing.kind === 'suspended' && standing.step !== undefined);
}

function stepOf(workload: Workload, {active, steps, current}: ReleaseSteps): Step | undefined {
	const step = active && !isBeforeSteps(workload) ? steps[current] : undefined;
	const number = current + 1;
	return step && {number, name: isWorkflows(workload) ? `workflow step ${number}` : `step ${number} of ${steps.length}`, text: step.text};
}

/** The standing after a new state of the workload. While its controller has not seen the last change, what it says is about the one before: what was known stays. */
export function stepStanding(workload: Workload, before: StepStanding | undefined): StepStanding | undefined {
	if (workload.generation > workload.observedGeneration && before !== undefined) return before;
	const rules = rulesOf(workload);
	const steps = rules.steps();
	if (steps === undefined) return undefined;
	const {word} = rules.phase({workload, newReplicaSet: undefined, replicaSets: []}, undefined, undefined);
	const aborted = word === 'ABORTED';
	const status = workload.kind === 'ArgoRollout' ? workload.status : undefined;
	const step = status?.abort === true && !aborted ? before?.step : stepOf(workload, steps);
	const didWait = workload.paused && before?.waits === true && before.step?.name === step?.name;
	return {step, waits: didWait || (steps.active && word === waitsForYou), aborted, promoted: status?.promoteFull === true};
}

const entry = (at: number, kind: TimelineEntry['kind'], text: string): TimelineEntry => {
	return {at, kind, tone: kind === 'aborted' ? 'bad' : 'change', subject: undefined, text, count: 1};
};

function abortedEntry(step: Step | undefined, at: number): TimelineEntry {
	return entry(at, 'aborted', step === undefined ? 'aborted' : `aborted at ${step.name}`);
}

/** The timeline's lines of what changed between two standings: a step that began, that waits for a person, an abort, a promotion. `at` is epoch ms. */
export function stepEntries(before: StepStanding | undefined, after: StepStanding | undefined, at: number): readonly TimelineEntry[] {
	if (before === undefined || after === undefined) return [];
	if (after.aborted) return before.aborted ? [] : [abortedEntry(before.step, at)];
	const {step} = after;
	const begins = step !== undefined && before.step?.name !== step.name;
	const isPromoted = after.promoted && !before.promoted;
	const waits = after.waits && (begins || !before.waits);
	return [
		...(isPromoted ? [entry(at, 'step', 'promoted: all steps that are left are passed over')] : []),
		...(begins ? [entry(at, 'step', `${step.name} began: ${step.text}`)] : []),
		...(waits ? [entry(at, 'paused', [step?.name, 'waits for a person'].filter(Boolean).join(' '))] : []),
	];
}
