import type {Command} from '../domain/command.ts';
import {changesTemplate} from '../domain/template-after.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import type {Dialog} from './ui-state.ts';

/** Shows what a command would change in the template. Esc leads back to what is open now (`from`: to this instead), where it was scrolled to. */
export function openDiff(context: KeyContext, command: Command, from: Dialog | undefined = context.ui.dialog): void {
	const {ui, ports, dispatch} = context;
	const back = {dialog: from, top: ui.dialogTop, read: ui.dialogRead};
	open(context, {kind: 'diff', command, shown: {state: 'loading'}, back});
	ports.diff(command).then(
		view => dispatch({type: 'diff-changed', command, shown: {state: 'shown', view}}),
		(error: unknown) => dispatch({type: 'diff-changed', command, shown: {state: 'failed', problem: error instanceof Error ? error.message : String(error)}}),
	);
}

/** The diff of what is marked in the list of revisions, or of what the open confirmation would send. */
export function diffHere(context: KeyContext): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'confirm') {
		const {command} = dialog.view;
		if (changesTemplate(command)) openDiff(context, command);
		else notice(context, 'the template stays as it is: there is no diff');
	}
	if (dialog?.kind !== 'revisions') return;
	const marked = context.marked();
	const row = dialog.rows[marked];
	if (row !== undefined) openDiff(context, {kind: 'undo', toRevision: row.revision, workload: dialog.workload}, {...dialog, marked});
}
