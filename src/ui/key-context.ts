import type {Mode} from '../app/keymap.ts';
import type {ScreenView, Tone} from '../store/views.ts';
import type {ScreenFrame} from './frame.ts';
import {fitsDialog} from './frame.ts';
import type {KeyPress} from './keys.ts';
import type {Size} from './layout.ts';
import type {ScreenPorts} from './ports.ts';
import type {Dialog, UiAction, UiState} from './ui-state.ts';

/** How the screen ended. */
export type ScreenEnd = 'quit' | 'interrupted';

/** All that a key press may look at and do. */
export type KeyContext = {
	readonly view: ScreenView;
	readonly ui: UiState;
	readonly frame: ScreenFrame;
	readonly size: Size;
	readonly mode: Mode;
	/** Place of the marked row in the list of revisions. */
	readonly marked: () => number;
	readonly ports: ScreenPorts;
	/** `--yes`: pause and resume without a question. Undo always asks. */
	readonly yes: boolean;
	readonly dispatch: (action: UiAction) => void;
	readonly end: (how: ScreenEnd) => void;
	/** Stops the job; false where no shell could let it go on. */
	readonly suspend: () => Promise<boolean>;
};

/** Says something in the place of the keys, for some seconds. */
export function notice(context: KeyContext, text: string, tone: Tone = 'change'): void {
	context.dispatch({type: 'noticed', notice: {tone, text}});
}

/** What is said where Ctrl-Z finds nobody to go back to. */
export const unsuspendable = 'there is no shell here that could go on with it: Ctrl-Z does nothing';

/** Why a text does nothing where there is no line to put it in; undefined for a key. A bad line brings together what was typed one by one. */
export function textRemark({name, text, pasted}: KeyPress): string | undefined {
	if (name !== undefined || text === '') return undefined;
	return pasted ? 'what is pasted does nothing here' : 'keys came at once: press one by one (they could be a paste)';
}

/** Stops the job, or says why that does not go. */
export function suspend(context: KeyContext): void {
	void context.suspend().then(isStopped => isStopped || notice(context, unsuspendable));
}

/** Whether the terminal has room for a dialog, now; says so where it has none. One that was open may be out of sight since the terminal shrank. */
export function fits(context: KeyContext): boolean {
	const isRoomy = fitsDialog(context.size);
	if (!isRoomy) notice(context, 'too small to ask: 30×8 is enough');
	return isRoomy;
}

/** Opens a dialog; false, and says so, where the terminal is too small for any. `politely`: not in the place of another one. */
export function open(context: KeyContext, dialog: Dialog, politely = false): boolean {
	const isRoomy = fits(context);
	if (isRoomy) context.dispatch({type: 'dialog-opened', dialog, politely});
	return isRoomy;
}
