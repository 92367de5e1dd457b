import type {StepCommand} from '../../../domain/command.ts';
import {rulesOf} from '../../../domain/kinds/rules-of.ts';
import type {ReleaseSteps} from '../../../domain/release-steps.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {ConfirmView} from '../../confirm-views.ts';
import type {WorkloadState} from '../../workload-state.ts';
import {canaryOf, measuredFacts, standingFact} from './canary.ts';
import type {ConfirmExtras} from './extras.ts';
import {objectOf, question} from './question.ts';
import {staleNotes} from './warnings.ts';

const titles: Readonly<Record<StepCommand['kind'], string>> = {
	continue: 'Continue the rollout of',
	'promote-full': 'Promote past all steps of',
	abort: 'Abort the rollout of',
	retry: 'Retry the rollout of',
	'to-step': 'Go to another step of',
};

/** What leads a progressive rollout to another step, or out of its steps. Nobody's manifest has where a rollout stands: nobody takes it back. */
export function stepConfirm(state: WorkloadState, workload: Workload, command: StepCommand, extras: ConfirmExtras): ConfirmView {
	const {name} = workload;
	const steps = rulesOf(workload).steps();
	const canary = canaryOf(state, workload);
	return question(state, extras, {
		command,
		name,
		title: `${titles[command.kind]} ${name}?`,
		object: objectOf(workload, command),
		changes: steps === undefined || movesNoStep(command, workload) ? [] : changesOf(command, steps),
		facts: canary === undefined ? [] : [standingFact(canary), ...(canary.newPods > 0 ? measuredFacts(state, canary) : [])],
		notes: [...notesOf(command, workload, steps), ...staleNotes(state, ['workloads'])],
	});
}

/** A workflow that ends, or begins anew, takes nothing back: the steps below it stand where they stand. */
function movesNoStep({kind}: StepCommand, workload: Workload): boolean {
	return (kind === 'abort' || kind === 'retry') && rulesOf(workload).aborting?.goesBack !== true;
}

/** Index of the step that it leads to; the number of steps: past all of them; undefined: out of them. */
function targetOf(command: StepCommand, {steps, current}: ReleaseSteps): number | undefined {
	switch (command.kind) {
		case 'continue':
			return Math.min(current + 1, steps.length);
		case 'promote-full':
			return steps.length;
		case 'abort':
			return undefined;
		case 'retry':
			return 0;
		case 'to-step':
			return command.step - 1;
	}
}

function changesOf(command: StepCommand, known: ReleaseSteps): ConfirmView['changes'] {
	const {steps, current, weight} = known;
	const target = targetOf(command, known);
	const set = weight?.set ?? weightAt(steps, current);
	const changes = [
		{label: 'step', from: command.kind === 'retry' ? 'aborted' : stepText(steps, current), to: target === undefined ? 'given up' : stepText(steps, target)},
		{label: 'weight', from: shareText(set), to: shareText(target === undefined ? 0 : weightAt(steps, target))},
		{label: 'new pods', from: podsAt(steps, current), to: target === undefined ? '0' : podsAt(steps, target)},
	];
	return changes.flatMap(({label, from, to}) => (from === undefined || to === undefined || from === to ? [] : [{label, from, to}]));
}

/** `2 of 4 (pause)`. */
export function stepText(steps: ReleaseSteps['steps'], index: number): string {
	const step = steps[index];
	return step === undefined ? `done (${steps.length} of ${steps.length})` : `${index + 1} of ${steps.length} (${step.text})`;
}

/** What the new version is to get at a step: a step that says nothing leaves it as it is. Undefined where none says anything. */
function weightAt(steps: ReleaseSteps['steps'], index: number): number | undefined {
	if (steps.every(({weight}) => weight === undefined)) return undefined;
	return index >= steps.length ? 100 : (steps.slice(0, index + 1).findLast(({weight}) => weight !== undefined)?.weight ?? 0);
}

function podsAt(steps: ReleaseSteps['steps'], index: number): string | undefined {
	if (steps.every(({replicas}) => replicas === undefined)) return undefined;
	return index >= steps.length ? 'all' : (steps.slice(0, index + 1).findLast(({replicas}) => replicas !== undefined)?.replicas ?? '0');
}

function shareText(weight: number | undefined): string | undefined {
	return weight === undefined ? undefined : `${weight}%`;
}

function notesOf(command: StepCommand, workload: Workload, steps: ReleaseSteps | undefined): readonly string[] {
	switch (command.kind) {
		case 'continue':
			return [continueNote(workload, steps)];
		case 'promote-full':
			return ['All steps that are left are skipped, their pauses and analyses too: the new version gets all pods and all traffic.'];
		case 'abort':
			return rulesOf(workload).aborting?.leaves ?? [];
		case 'retry':
			return begunAnew(workload);
		case 'to-step':
			return ['The rollout goes on from there at once; steps in between are skipped.'];
	}
}

function begunAnew(workload: Workload): readonly string[] {
	const {aborting} = rulesOf(workload);
	return aborting === undefined ? [] : [aborting.begins];
}

function continueNote({paused}: Workload, steps: ReleaseSteps | undefined): string {
	if (steps?.wait?.kind === 'person') return 'The rollout goes on at once.';
	const skipped = 'The step that it is at is not waited for any longer: it is skipped.';
	return paused ? `${skipped} It is paused: that ends, too.` : skipped;
}
