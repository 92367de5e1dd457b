import type {Refusal, WorkloadCommand} from '../../command.ts';
import type {KruiseRollout} from '../../release.ts';
import {qualifiedPlural} from '../kind-words.ts';
import {isApprovable, kruiseStanding} from './standing.ts';

const subject = (name: string) => `${qualifiedPlural('KruiseRollout')} "${name}"`;

/** kubectl-kruise asks for the state alone; a rollout that was taken back keeps it for ever, and one that is paused takes it without going on. */
function continueRefusal(rollout: KruiseRollout): Refusal | undefined {
	if (isApprovable(rollout)) return undefined;
	const standing = kruiseStanding(rollout);
	if (standing.kind === 'paused') return {message: `${subject(rollout.name)} is paused`, hint: 'resume it first, then continue'};
	if (standing.kind !== 'rolling' && standing.kind !== 'resuming')
		return {message: 'no step waits to be continued', hint: 'a rollout begins with a new template'};
	const message = "does not allow to approve, because current canary state is not 'StepPaused'";
	return {
		message,
		hint: standing.kind === 'resuming' ? 'it was resumed just now: wait a moment' : `the step is at ${standing.state}: it waits for no person yet`,
	};
}

function jumpRefusal(rollout: KruiseRollout, step: number): Refusal | undefined {
	const {kind} = kruiseStanding(rollout);
	const {length} = rollout.steps;
	if (kind !== 'rolling' && kind !== 'resuming' && kind !== 'paused')
		return {message: 'no rollout goes through the steps now', hint: 'a rollout begins with a new template'};
	// OpenKruise before 0.6.
	if (rollout.progress?.nextStepIndex === undefined)
		return {message: 'this version of OpenKruise can’t jump to a step', hint: 'continue goes on to the next one'};
	if (step < 1 || step > length) return {message: `there is no step ${step}`, hint: `steps are 1 to ${length}`};
	return step === rollout.progress.currentStepIndex ? {message: `it is at step ${step} already`, hint: 'choose another one'} : undefined;
}

const never: Readonly<Record<'promote-full' | 'abort' | 'retry' | 'set-partition', Refusal>> = {
	'promote-full': {message: 'OpenKruise can’t skip all steps at once', hint: 'continue step by step, or go to the last step'},
	abort: {message: 'OpenKruise can’t abort a rollout', hint: 'undo takes it back to the stable version'},
	retry: {message: 'OpenKruise can’t retry a rollout', hint: 'undo, then set the image again'},
	'set-partition': {message: 'OpenKruise moves the partition by its steps', hint: 'continue goes on to the next one'},
};

/** What is asked of the Rollout itself, not of the Deployment that it steers. */
export type RolloutCommand = Extract<
	WorkloadCommand,
	{kind: 'pause' | 'resume' | 'continue' | 'to-step' | 'promote-full' | 'abort' | 'retry' | 'set-partition'}
>;

const ofRollout: ReadonlySet<WorkloadCommand['kind']> = new Set<RolloutCommand['kind']>([
	'pause',
	'resume',
	'continue',
	'to-step',
	'promote-full',
	'abort',
	'retry',
	'set-partition',
]);

/** Whether a command is one for the Rollout. */
export function isOfRollout(command: WorkloadCommand): command is RolloutCommand {
	return ofRollout.has(command.kind);
}

/** Why an OpenKruise Rollout can't do what it is asked; undefined when it can. */
export function kruiseRefusal(command: RolloutCommand, rollout: KruiseRollout): Refusal | undefined {
	switch (command.kind) {
		case 'pause':
			return rollout.paused ? {message: `${subject(rollout.name)} is already paused`, hint: 'resume it to let the rollout go on'} : undefined;
		case 'resume':
			return resumeRefusal(rollout);
		case 'continue':
			return continueRefusal(rollout);
		case 'to-step':
			return jumpRefusal(rollout, command.step);
		case 'promote-full':
		case 'abort':
		case 'retry':
		case 'set-partition':
			return never[command.kind];
	}
}

function resumeRefusal(rollout: KruiseRollout): Refusal | undefined {
	if (rollout.paused) return undefined;
	return {message: `${subject(rollout.name)} is not paused`, hint: isApprovable(rollout) ? 'its step waits: continue' : 'nothing to resume'};
}
