import type {Editor, SelectorEditor} from './editors.ts';
import {commandOf, keepLabel, moveLabel, oneMore, removeLabel, typeLabel, withDigits, withLabelText, withoutDigit} from './editors.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import type {KeyPress} from './keys.ts';
import type {Answer, Step} from './ui-state.ts';

const nothingTyped: Answer = {refusal: {message: 'type a number', hint: undefined}};

function answerOf({ports}: KeyContext, editor: Editor): Answer {
	const command = commandOf(editor);
	return command === undefined ? nothingTyped : ports.confirmOf(command);
}

/** Has read from the API what the answer still lacks, and gives the answer then. */
function complete(context: KeyContext, editor: Editor): void {
	const command = commandOf(editor) ?? (editor.kind === 'scale' ? {kind: 'scale', replicas: editor.from, workload: editor.workload} : undefined);
	if (command === undefined) return;
	void context.ports.prepare(command).then(() => context.dispatch({type: 'answered', editor, answer: answerOf(context, editor)}));
}

function openEditor(context: KeyContext, editor: Editor): void {
	open(context, {kind: 'edit', editor, answer: answerOf(context, editor), dryRun: undefined, remark: undefined});
	complete(context, editor);
}

/** Takes the editor as it is now; what a selector matches is read anew, what else scales a workload is known already. */
function put(context: KeyContext, editor: Editor): void {
	const isReading = editor.kind === 'selector' && editor.typing === undefined;
	context.dispatch({type: 'edited', editor, answer: answerOf(context, editor)});
	if (isReading) complete(context, editor);
}

/** Asks how many replicas the workload shall have. */
export function openScale(context: KeyContext, workload: string | undefined): void {
	const scale = context.ports.scaleOf(workload);
	if (scale === undefined) notice(context, 'the workload has not been read yet');
	else openEditor(context, {kind: 'scale', workload, name: scale.name, from: scale.replicas, text: ''});
}

/** Opens the selector of the watched Service to be edited label by label. */
export function openSelector(context: KeyContext): void {
	const labels = context.view.service?.selector;
	if (labels !== undefined) openEditor(context, {kind: 'selector', labels, index: 0, typing: undefined});
}

/** One replica more or less. */
export function changeReplicas(context: KeyContext, by: 1 | -1): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && dialog.editor.kind === 'scale') put(context, oneMore(dialog.editor, by));
}

function withSelector(context: KeyContext, change: (editor: SelectorEditor) => SelectorEditor): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && dialog.editor.kind === 'selector') put(context, change(dialog.editor));
}

/** Changes the marked label, adds one, takes it away, or keeps what was typed. */
export function editLabel(context: KeyContext, what: 'change' | 'add' | 'remove' | 'keep' | 'discard'): void {
	withSelector(context, editor => {
		if (what === 'remove') return removeLabel(editor);
		if (what === 'keep') return keepLabel(editor);
		return what === 'discard' ? {...editor, typing: undefined} : typeLabel(editor, what);
	});
}

/** Marks another label; false where the dialog is none with labels, and is to be scrolled. */
export function moveInEditor(context: KeyContext, step: Step): boolean {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'edit' || dialog.editor.kind !== 'selector' || dialog.editor.labels.length === 0) return false;
	const moved = moveLabel(dialog.editor, step);
	// At either end the keys go on through what stands below.
	if (moved.index === dialog.editor.index) return false;
	context.dispatch({type: 'edited', editor: moved, answer: dialog.answer});
	return true;
}

/** Types into the editor that is open: digits of a number, the text of a label. True where the key was text. */
export function typeInEditor({name, text}: KeyPress, context: KeyContext): boolean {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'edit') return false;
	const {editor} = dialog;
	if (editor.kind === 'scale') {
		const isText = name === 'backspace' || /^\d+$/.test(text);
		if (isText) put(context, name === 'backspace' ? withoutDigit(editor) : withDigits(editor, text));
		return isText;
	}
	if (editor.typing === undefined) return false;
	const typed = text.replace(/[\u0000-\u001F\u007F]/g, '');
	if (name === 'backspace') put(context, withLabelText(editor, [...editor.typing.text].slice(0, -1).join('')));
	else if (typed !== '') put(context, withLabelText(editor, editor.typing.text + typed));
	// Keys that are no text are keys.
	return name === 'backspace' || typed !== '';
}
