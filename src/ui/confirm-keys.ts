import type {Command, CommandResult} from '../domain/command.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {AgreementView} from '../store/views.ts';
import type {KeyContext} from './key-context.ts';
import {fits, notice, open} from './key-context.ts';
import {nothingTyped} from './line-editor.ts';
import {askedIn} from './question-state.ts';
import type {Dialog} from './ui-state.ts';

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
	if (remark !== undefined) comesByItself(answer);
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

/** Nobody reads a question anew in less: a key that comes sooner was meant for the one before, or is held down. */
const leastReadingMs = 500;

type Question = ConfirmView | AgreementView;

/** When a question came by itself or says something else, or a key came too soon for it (ms that only grow). */
const renewedAt = new WeakMap<Question, number>();

/** Nobody asked for this question: it must have been in sight for a while before a key is an answer to it. */
export function comesByItself(question: Question): void {
	renewedAt.set(question, performance.now());
}

/** Whether a key comes too soon to be an answer to what is asked now; then the next one must wait as long again. */
export function isTooSoon(context: KeyContext, shown: Question): boolean {
	const since = renewedAt.get(shown);
	const now = performance.now();
	if (since === undefined || now - since >= leastReadingMs) return false;
	renewedAt.set(shown, now);
	notice(context, 'it asks for something else now: read it first');
	return true;
}

/** Dialogs that were answered. Two keys may come before the screen is drawn anew: both see the question that the first one has answered. */
const answered = new WeakSet<Dialog>();

/** Whether this is the first answer to what is open: only that one counts. */
export function answersFirst({ui: {dialog}}: KeyContext): boolean {
	if (dialog === undefined || answered.has(dialog)) return false;
	answered.add(dialog);
	return true;
}

/** Says no to what is open: a yes that comes before the screen shows it closed is none. */
export function decline({ui, dispatch}: KeyContext): void {
	if (ui.dialog === undefined) return;
	answered.add(ui.dialog);
	dispatch({type: 'dialog-closed'});
}

/** Sends what is confirmed, unless it is no longer what the dialog shows. */
export function confirm(context: KeyContext): void {
	const {dialog} = context.ui;
	if (!fits(context) || dialog === undefined || answered.has(dialog)) return;
	const shown = viewOf(context);
	if (shown === undefined || isTooSoon(context, shown) || !isAnswered(context, shown)) return;
	const now = context.ports.confirmOf(shown.command);
	if ('refusal' in now) {
		if (dialog?.kind === 'edit') context.dispatch({type: 'edited', editor: dialog.editor, answer: now});
		else ask(context, shown.command);
		return;
	}
	if (!isSameQuestion(now, shown)) {
		comesByItself(now);
		context.dispatch({type: 'confirm-remarked', view: now, remark: {tone: 'change', text: `${whatChanged(shown, now)} Read it again, then y.`}});
		return;
	}
	answered.add(dialog);
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
