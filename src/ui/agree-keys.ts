import {answersFirst, isTooSoon} from './confirm-keys.ts';
import type {KeyContext} from './key-context.ts';
import {fits, notice} from './key-context.ts';

/** Says yes to what would be created. Only who has seen all of it can do that, and only to what is asked for now. */
export function agree(context: KeyContext): void {
	const {dialog, dialogRead, dialogTop} = context.ui;
	if (!fits(context) || dialog?.kind !== 'agree') return;
	// Another one may have come in its place, and is not drawn yet.
	if (dialog.view !== context.view.agreement) return;
	if (!dialogRead && dialogTop < context.frame.dialogLast) {
		notice(context, 'more below: read on with ↓, then y');
		return;
	}
	// Who had to read on has had it in sight for long enough.
	if ((!dialogRead && isTooSoon(context, dialog.view)) || !answersFirst(context)) return;
	context.dispatch({type: 'dialog-closed'});
	context.ports.agree(true);
}
