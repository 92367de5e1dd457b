import type {KeyContext} from './key-context.ts';
import {notice} from './key-context.ts';
import type {KeyPress} from './keys.ts';
import {editLine} from './line-editor.ts';

/**
 * Types the name that a question in a protected context asks for; true where the key was text. A paste is refused: whoever pastes has not typed what the name
 * is of. Nor is it typed where the whole of it comes at once, as from a terminal that marks no pastes.
 */
export function typeName(press: KeyPress, context: KeyContext): boolean {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'confirm' || dialog.view.typeName === undefined) return false;
	const wanted = dialog.view.typeName;
	if (press.pasted || press.text.length >= Math.max(2, wanted.length)) {
		notice(context, 'pasted text does not count: type the name');
		return true;
	}
	const typed = editLine(dialog.typed, press, wanted.length + 20);
	if (typed !== undefined) context.dispatch({type: 'name-typed', typed});
	return typed !== undefined;
}
