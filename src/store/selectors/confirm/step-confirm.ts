import type {StepCommand} from '../../../domain/command.ts';
import {qualifiedName} from '../../../domain/kinds/kind-words.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import type {ReleaseSteps} from '../../../domain/release-steps.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import type {ConfirmExtras} from './extras.ts';
import {question} from './question.ts';
import {ownerNotes, staleNotes} from './warnings.ts';

const titles: Readonly<Record<StepCommand['kind'], string>> = {
	continue: 'Continue the rollout of',
	'promote-full': 'Promote past all steps of',
	abort: 'Abort the rollout of',
	retry: 'Retry the rollout of',
	'to-step': 'Go to another step of',
};

const notes: Readonly<Record<StepCommand['kind'], string>> = {
	continue: 'The rollout goes on to its next step at once.',
	'promote-full': 'All steps that are left are skipped: the new version gets all traffic and all pods.',
	abort: 'Traffic and pods go back to the stable version. The template stays the new one: an abort is no rollback, u goes back.',
	retry: 'The rollout of the new template begins anew.',
	'to-step': 'The rollout goes on from there.',
};

/** What leads a progressive rollout to another step, or out of its steps. */
export function stepConfirm(state: WorkloadState, workload: Workload, command: StepCommand, extras: ConfirmExtras): ConfirmView {
	const {name} = workload;
	const steps = rulesOf(workload).steps();
	return question(state, extras, {
		command,
		name,
		title: `${titles[command.kind]} ${name}?`,
		object: `${qualifiedName(workload.kind)}/${name}`,
		changes: steps === undefined ? [] : changesOf(command, steps),
		notes: [notes[command.kind], ...ownerNotes(workload, command.kind, extras), ...staleNotes(state, ['workloads'])],
	});
}

function changesOf(command: StepCommand, {steps, current}: ReleaseSteps): ConfirmView['changes'] {
	const to = {continue: current + 1, 'promote-full': steps.length, abort: undefined, retry: 0, 'to-step': command.kind === 'to-step' ? command.step - 1 : 0}[
		command.kind
	];
	return to === undefined ? [] : [{label: 'step', from: stepText(steps, current), to: stepText(steps, to)}];
}

function stepText(steps: ReleaseSteps['steps'], index: number): string {
	const step = steps[index];
	return step === undefined ? `done (${steps.length} of ${steps.length})` : `${index + 1} of ${steps.length} (${step.text})`;
}
