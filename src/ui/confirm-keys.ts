import type {Command} from '../domain/command.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import {askedIn} from './question-state.ts';

/** What the open question shows and would send; what is missing is said. */
function viewOf(context: KeyContext): ConfirmView | undefined {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && 'refusal' in dialog.answer) notice(context, dialog.answer.refusal.message);
	return askedIn(dialog);
}

/** Opens the confirmation of a command, or says why it can't be sent. */
export function ask(context: KeyContext, command: Command): void {
	const answer = context.ports.confirmOf(command);
	if ('refusal' in answer) {
		const {message, hint} = answer.refusal;
		context.dispatch({type: 'dialog-closed'});
		notice(context, hint === undefined ? message : `${message}; ${hint}`);
		return;
	}
	const isOpen = open(context, {kind: 'confirm', view: answer, dryRun: undefined, remark: undefined});
	if (isOpen) void context.ports.prepare(answer.command).then(() => complete(context, answer.command));
}

/** More is known about it now. */
function complete({ports, dispatch}: KeyContext, command: Command): void {
	const answer = ports.confirmOf(command);
	if (!('refusal' in answer)) dispatch({type: 'confirm-completed', view: answer});
}

/** Asks, or with `--yes` sends at once. */
export function askUnlessYes(context: KeyContext, command: Command): void {
	if (context.yes) ignoreEnd(context.ports.send(command));
	else ask(context, command);
}

/** The end of a sent command comes back through the views; here it must only not go unhandled. */
function ignoreEnd(sent: Promise<unknown>): void {
	sent.catch(() => undefined);
}

/** Sends what is confirmed, unless it is no longer what the dialog shows. */
export function confirm(context: KeyContext): void {
	const {dialog} = context.ui;
	const shown = viewOf(context);
	if (shown === undefined) return;
	if (!context.ui.dialogRead && context.ui.dialogTop < context.frame.dialogLast) {
		notice(context, 'more below: read on with ↓, then y');
		return;
	}
	const now = context.ports.confirmOf(shown.command);
	if ('refusal' in now) {
		if (dialog?.kind === 'edit') context.dispatch({type: 'edited', editor: dialog.editor, answer: now});
		else ask(context, shown.command);
		return;
	}
	if (!isSameQuestion(now, shown)) {
		context.dispatch({type: 'confirm-remarked', view: now, remark: {tone: 'change', text: 'This changed while it was open. Read it again, then y.'}});
		return;
	}
	context.dispatch({type: 'dialog-closed'});
	ignoreEnd(context.ports.send(shown.command));
}

/** Counts go on changing; all else must be what was read. */
function isSameQuestion(now: ConfirmView, shown: ConfirmView): boolean {
	return JSON.stringify({...now, facts: shown.facts}) === JSON.stringify(shown);
}

/** Lets the API server check once more what is asked for. */
export function dryRunAgain({ui, dispatch}: KeyContext): void {
	const asked = askedIn(ui.dialog);
	if (asked !== undefined) dispatch({type: 'dry-run-changed', command: asked.command, dryRun: undefined});
}
