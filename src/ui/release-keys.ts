import {ask} from './confirm-keys.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import {type Step, stepped} from './ui-state.ts';

/** Shows the steps of the rollout, with the mark on the current one. */
export function openReleaseSteps(context: KeyContext): void {
	const steps = context.view.rollout?.steps;
	if (steps !== undefined) open(context, {kind: 'release-steps', index: Math.min(steps.current, steps.rows.length) - 1});
}

/** Marks another step. */
export function moveReleaseStep({ui: {dialog}, view, dispatch}: KeyContext, step: Step): void {
	const count = view.rollout?.steps?.rows.length ?? 0;
	if (dialog?.kind !== 'release-steps' || count === 0) return;
	dispatch({type: 'step-marked', index: stepped(dialog.index, step, count - 1)});
}

/** Asks whether the rollout shall go to the marked step; nothing where it stands at it. */
export function takeReleaseStep(context: KeyContext): void {
	const {ui, view} = context;
	const steps = view.rollout?.steps;
	if (ui.dialog?.kind !== 'release-steps' || steps === undefined) return;
	const step = Math.min(ui.dialog.index, steps.rows.length - 1) + 1;
	if (steps.active && step === steps.current) notice(context, `it is at step ${step}`);
	else ask(context, {kind: 'to-step', step});
}
