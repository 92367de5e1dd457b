import {ask} from './confirm-keys.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';

/** Asks how many of the last changes shall be undone; says it where there is none. `workload`: which of those behind a Service. */
export function openSteps(context: KeyContext, workload: string | undefined): void {
	const view = context.ports.steps(workload);
	if (view === undefined || view.rows.length < 2) notice(context, 'nothing ran before this: there is no change to undo');
	else open(context, {kind: 'steps', view, chosen: 1, workload});
}

/** One change more or fewer; one at least, and no more than there are. */
export function changeSteps({ui: {dialog}, dispatch}: KeyContext, by: 1 | -1): void {
	if (dialog?.kind !== 'steps') return;
	const chosen = Math.max(1, Math.min(dialog.view.rows.length - 1, dialog.chosen + by));
	if (chosen !== dialog.chosen) dispatch({type: 'steps-changed', chosen});
}

/** Goes on to the confirmation of an undo to what ran before the chosen number of changes. */
export function takeSteps(context: KeyContext): void {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'steps') return;
	const revision = dialog.view.rows[dialog.chosen]?.revision;
	if (revision !== undefined) ask(context, {kind: 'undo', toRevision: revision, workload: dialog.workload});
}
