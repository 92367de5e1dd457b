import type {ScreenView} from '../../store/views.ts';
import type {Binding, Mode} from './binding.ts';
import {cant, noSteps} from './unreachable.ts';

const places: readonly Mode[] = ['screen', 'service', 'release-steps'];

function hasSteps({rollout}: ScreenView): boolean {
	return rollout?.steps !== undefined;
}

/** Nothing goes on before a person says so. */
function whileWaiting(place: number): (view: ScreenView) => number | undefined {
	return ({rollout}) => (rollout?.steps?.waitsForPerson === true ? place : undefined);
}

/** Keys of rollouts that go by steps, and of a StatefulSet's partition. */
export const releaseKeys: readonly Binding[] = [
	{
		keys: ['n'],
		command: 'continue',
		action: 'continue',
		label: 'continue',
		description: 'Go on past the step that waits; always asks (kubectl argo rollouts promote, kubectl-kruise rollout approve, vela workflow resume)',
		modes: places,
		footer: 5.1,
		footerNow: whileWaiting(2.5),
		footerIf: hasSteps,
		disabledReason: cant('continue'),
	},
	{
		keys: ['N'],
		command: 'promote-full',
		action: 'promote-full',
		label: 'all steps',
		description: 'Skip all steps that are left: the new version gets everything; always asks (kubectl argo rollouts promote --full)',
		modes: places,
		footer: 13.5,
		footerIf: hasSteps,
		disabledReason: cant('promote-full'),
	},
	{
		keys: ['a'],
		command: 'abort',
		action: 'abort',
		label: 'abort',
		description:
			'Give the rollout up: Argo takes pods and traffic back, the template not; a workflow ends where it stands; always asks (kubectl argo rollouts abort, vela workflow terminate)',
		modes: places,
		footer: 5.2,
		footerNow: whileWaiting(3.5),
		footerIf: hasSteps,
		disabledReason: cant('abort'),
	},
	{
		keys: ['A'],
		command: 'retry',
		action: 'retry',
		label: 'retry',
		description: 'Begin once more what was aborted; always asks (kubectl argo rollouts retry rollout, vela workflow restart)',
		modes: places,
		footer: 5.3,
		footerNow: ({abilities, rollout}) => (rollout?.steps !== undefined && abilities.retry === undefined ? 2.6 : undefined),
		footerIf: hasSteps,
		disabledReason: cant('retry'),
	},
	{
		keys: ['v'],
		command: 'release-steps',
		label: 'steps',
		description: 'Show all steps of the rollout, with their weights, pods, pauses and checks; Enter goes to the marked one where the kind can',
		modes: ['screen', 'service'],
		footer: 5.4,
		footerNow: whileWaiting(4.5),
		footerIf: hasSteps,
		disabledReason: noSteps,
	},
	{
		keys: ['P'],
		command: 'set-partition',
		action: 'set-partition',
		label: 'partition',
		description: 'Set a StatefulSet’s partition: pods from that ordinal on get the new template, those below keep theirs; type it, and confirm (kubectl patch)',
		modes: ['screen', 'service'],
		footer: 3.1,
		footerIf: ({rollout, abilities}) => rollout !== undefined && abilities['set-partition'] === undefined,
		disabledReason: cant('set-partition'),
	},
	{
		keys: ['enter'],
		command: 'take-step',
		action: 'to-step',
		label: 'go to it',
		description: 'Go to the marked step; a confirmation follows',
		modes: ['release-steps'],
		footer: 1,
		disabledReason: cant('to-step'),
	},
	{keys: ['escape', 'q', 'v'], command: 'back', label: 'back', description: 'Close the steps; nothing is sent', modes: ['release-steps'], footer: 2},
];
