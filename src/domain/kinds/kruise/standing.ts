import {conditionOf} from '../../condition-of.ts';
import type {KruiseRollout} from '../../release.ts';

/** Where an OpenKruise Rollout stands. `step` is 1-based; `closing` its finalising step. */
export type KruiseStanding =
	/** No rollout is under way: step data of the last one may still stand there. */
	| {readonly kind: 'idle'}
	/** It steers nothing. */
	| {readonly kind: 'disabled'}
	/** A rollout begins; the step data may be the last one's. */
	| {readonly kind: 'preparing'}
	| {readonly kind: 'rolling'; readonly step: number; readonly state: string}
	/** A person has paused it, at this step. */
	| {readonly kind: 'paused'; readonly step: number; readonly state: string}
	/** It was resumed, and the controller has not noticed yet. */
	| {readonly kind: 'resuming'; readonly step: number; readonly state: string}
	/** The template went back: pods and traffic follow. */
	| {readonly kind: 'cancelling'; readonly closing: string | undefined}
	/** All steps are done. */
	| {readonly kind: 'finalising'; readonly closing: string | undefined}
	/** It is being deleted or disabled and gives the workload back. */
	| {readonly kind: 'leaving'};

/**
 * Told by the phase and the reason of the Progressing condition, as the controller's own state machine has it: the step's state alone says StepPaused for ever after a
 * rollout that was taken back. KR/pkg/controller/rollout/rollout_progressing.go.
 */
export function kruiseStanding(rollout: KruiseRollout): KruiseStanding {
	const {phase, disabled} = rollout;
	if (phase === 'Disabled' || (disabled && phase !== 'Disabling')) return {kind: 'disabled'};
	if (phase === 'Terminating' || phase === 'Disabling') return {kind: 'leaving'};
	return phase === 'Progressing' ? progressingStanding(rollout) : {kind: 'idle'};
}

function progressingStanding(rollout: KruiseRollout): KruiseStanding {
	const closing = rollout.progress?.finalisingStep;
	switch (conditionOf(rollout.conditions, 'Progressing')?.reason) {
		case 'Completed':
			return {kind: 'idle'};
		case 'Cancelling':
			return {kind: 'cancelling', closing};
		case 'Finalising':
			return {kind: 'finalising', closing};
		case 'InRolling':
			return steppingStanding(rollout, 'rolling');
		case 'Paused':
			return steppingStanding(rollout, 'resuming');
		default:
			return {kind: 'preparing'};
	}
}

/** The controller notices a pause and its end an event later than they are in the spec. */
function steppingStanding({progress, paused}: KruiseRollout, kind: 'rolling' | 'resuming'): KruiseStanding {
	if (progress === undefined || progress.currentStepIndex < 1) return {kind: 'preparing'};
	const at = {step: progress.currentStepIndex, state: progress.currentStepState};
	if (paused) return {kind: 'paused', ...at};
	return at.state === 'Completed' ? {kind: 'finalising', closing: undefined} : {kind, ...at};
}

/** Whether a rollout is under way. */
export function isReleasing(rollout: KruiseRollout): boolean {
	const {kind} = kruiseStanding(rollout);
	return kind !== 'idle' && kind !== 'disabled';
}

/** It waits for a person to approve its step: by the controller's rules, not by the step's state alone. */
export function isApprovable(rollout: KruiseRollout): boolean {
	const standing = kruiseStanding(rollout);
	return standing.kind === 'rolling' && standing.state === 'StepPaused';
}
