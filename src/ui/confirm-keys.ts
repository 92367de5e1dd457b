import type {Command} from '../domain/command.ts';
import type {ConfirmView, Tone} from '../store/views.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';

/** What the open question shows and would send; what is missing is said. */
function viewOf(context: KeyContext): ConfirmView | undefined {
	const {dialog} = context.ui;
	if (dialog?.kind === 'confirm') return dialog.view;
	if (dialog?.kind !== 'edit') return undefined;
	if (!('refusal' in dialog.answer)) return dialog.answer;
	notice(context, dialog.answer.refusal.message);
	return undefined;
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
	open(context, {kind: 'confirm', view: answer, remark: undefined});
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
	if (JSON.stringify(now) !== JSON.stringify(shown)) {
		context.dispatch({type: 'confirm-remarked', view: now, remark: {tone: 'change', text: 'This changed while it was open. Read it again, then y.'}});
		return;
	}
	context.dispatch({type: 'dialog-closed'});
	ignoreEnd(context.ports.send(shown.command));
}

/** Lets the API server check what is asked for, and says what it answers. */
export function dryRun(context: KeyContext): void {
	const {ports, dispatch} = context;
	const view = viewOf(context);
	if (view === undefined) return;
	const remark = (tone: Tone, text: string) => dispatch({type: 'confirm-remarked', view, remark: {tone, text}});
	remark('change', 'dry run: asking the API server…');
	ports.send(view.command, {dryRun: true}).then(
		result => {
			if (result.kind === 'accepted') remark('good', `dry run: ${result.message}${result.warnings.map(warning => ` (warning: ${warning})`).join('')}`);
			else remark('bad', `dry run: ${result.message}${result.hint === undefined ? '' : `; ${result.hint}`}`);
		},
		(error: unknown) => remark('bad', `dry run: ${error instanceof Error ? error.message : String(error)}`),
	);
}
