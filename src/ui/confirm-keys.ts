import type {Command, CommandResult} from '../domain/command.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import {nothingTyped} from './line-editor.ts';
import {askedIn} from './question-state.ts';

/** What the open question shows and would send; what is missing is said. */
function viewOf(context: KeyContext): ConfirmView | undefined {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && 'refusal' in dialog.answer) notice(context, dialog.answer.refusal.message);
	return askedIn(dialog);
}

/** Opens the confirmation of a command, or says why it can't be sent. `remark`: why it is asked once more. */
export function ask(context: KeyContext, command: Command, remark?: string): void {
	const answer = context.ports.confirmOf(command);
	if ('refusal' in answer) {
		const {message, hint} = answer.refusal;
		context.dispatch({type: 'dialog-closed'});
		notice(context, hint === undefined ? message : `${message}; ${hint}`);
		return;
	}
	const said = remark === undefined ? undefined : ({tone: 'change', text: remark} as const);
	const isOpen = open(context, {kind: 'confirm', view: answer, dryRun: undefined, remark: said, typed: nothingTyped}, remark !== undefined);
	if (isOpen) void context.ports.prepare(answer.command).then(() => complete(context, answer.command));
}

/** More is known about it now. */
function complete({ports, dispatch}: KeyContext, command: Command): void {
	const answer = ports.confirmOf(command);
	if (!('refusal' in answer)) dispatch({type: 'confirm-completed', view: answer});
}

/** Asks, or with `--yes` sends at once: not in a protected context, where a key alone does nothing. */
export function askUnlessYes(context: KeyContext, command: Command): void {
	if (context.yes && !context.view.isProtected) send(context, command);
	else ask(context, command);
}

/**
 * The end of a sent command comes back through the views. Where somebody else was quicker nothing was changed, and the person who asked sees what it would do
 * now.
 */
function send(context: KeyContext, command: Command): void {
	const ended = (result: CommandResult) => {
		if (result.kind === 'conflicted') ask(context, command, `Nothing was sent: ${result.message}. Read it again.`);
	};
	context.ports.send(command).then(ended, () => undefined);
}

/** Sends what is confirmed, unless it is no longer what the dialog shows. */
export function confirm(context: KeyContext): void {
	const {dialog} = context.ui;
	const shown = viewOf(context);
	if (shown === undefined || !isAnswered(context, shown)) return;
	const now = context.ports.confirmOf(shown.command);
	if ('refusal' in now) {
		if (dialog?.kind === 'edit') context.dispatch({type: 'edited', editor: dialog.editor, answer: now});
		else ask(context, shown.command);
		return;
	}
	if (!isSameQuestion(now, shown)) {
		context.dispatch({type: 'confirm-remarked', view: now, remark: {tone: 'change', text: `${whatChanged(shown, now)} Read it again, then y.`}});
		return;
	}
	context.dispatch({type: 'dialog-closed'});
	send(context, shown.command);
}

/** Whether all was read, and in a protected context the name typed; what is missing is said. */
function isAnswered(context: KeyContext, {typeName, command}: ConfirmView): boolean {
	const {dialog, dialogRead, dialogTop} = context.ui;
	if (!dialogRead && dialogTop < context.frame.dialogLast) {
		notice(context, `more below: read on with ↓, then ${typeName === undefined ? 'y' : 'Enter'}`);
		return false;
	}
	if (typeName === undefined) return true;
	if (dialog?.kind !== 'confirm') {
		// What is edited has no room for a name to be typed.
		ask(context, command);
		return false;
	}
	const isTyped = dialog.typed.text === typeName;
	if (!isTyped) notice(context, `type ${typeName} first, then Enter`);
	return isTyped;
}

/** Counts go on changing; all else must be what was read. */
function isSameQuestion(now: ConfirmView, shown: ConfirmView): boolean {
	return JSON.stringify({...now, facts: shown.facts}) === JSON.stringify(shown);
}

/** What else it is about now than when it was opened. */
function whatChanged(shown: ConfirmView, now: ConfirmView): string {
	const [before, after] = [generationOf(shown.command), generationOf(now.command)];
	if (before === after) return 'This changed while it was open.';
	return `Somebody changed ${now.object} while it was open (generation ${before} → ${after}).`;
}

function generationOf(command: Command): number | undefined {
	return command.kind === 'select' ? undefined : command.seen?.generation;
}

/** Lets the API server check once more what is asked for. */
export function dryRunAgain({ui, dispatch}: KeyContext): void {
	const asked = askedIn(ui.dialog);
	if (asked !== undefined) dispatch({type: 'dry-run-changed', command: asked.command, dryRun: undefined});
}
