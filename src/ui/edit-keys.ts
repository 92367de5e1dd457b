import {ask} from './confirm-keys.ts';
import type {Editor, NumberEditor, SelectorEditor} from './editors.ts';
import {commandOf, keepLabel, moveLabel, numberCommand, oneMore, removeLabel, typeLabel, withDigits, withLabelText, withoutDigit} from './editors.ts';
import {chooseContainer, type ImageEditor, imageEditorOf, moveContainer, typeImage} from './image-editor.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import type {KeyPress} from './keys.ts';
import {typedOnto} from './line-editor.ts';
import {typeName} from './typed-name.ts';
import type {Answer, Step} from './ui-state.ts';

const nothingTyped: Answer = {refusal: {message: 'type a number', hint: undefined}};
const nothingChosen: Answer = {refusal: {message: 'choose a container', hint: undefined}};

function answerOf({ports}: KeyContext, editor: Editor): Answer {
	const command = commandOf(editor);
	if (command === undefined) return editor.kind === 'image' ? nothingChosen : nothingTyped;
	return ports.confirmOf(command);
}

/** Has read from the API what the answer still lacks, and gives the answer then. */
function complete(context: KeyContext, editor: Editor): void {
	// Its confirmation is a question of its own.
	if (editor.kind === 'image') return;
	const command = commandOf(editor) ?? (editor.kind === 'selector' ? undefined : numberCommand(editor, editor.from));
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

/** Asks from which ordinal on pods of a StatefulSet shall get the new template. */
export function openPartition(context: KeyContext, workload: string | undefined): void {
	const set = context.ports.partitionOf(workload);
	if (set === undefined) notice(context, 'only a StatefulSet has a partition');
	else openEditor(context, {kind: 'partition', workload, name: set.name, from: set.partition, text: ''});
}

/** Opens the selector of the watched Service to be edited label by label. */
export function openSelector(context: KeyContext): void {
	const labels = context.view.service?.selector;
	if (labels !== undefined) openEditor(context, {kind: 'selector', labels, index: 0, typing: undefined});
}

/** Asks which image a container of the workload shall have. */
export function openImage(context: KeyContext, workload: string | undefined): void {
	const found = context.ports.containersOf(workload);
	if (found === undefined) notice(context, 'the workload has not been read yet');
	else openEditor(context, imageEditorOf(found.name, found.containers, workload));
}

/** The marked container's image is edited. */
export function takeContainer(context: KeyContext): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && dialog.editor.kind === 'image') put(context, chooseContainer(dialog.editor));
}

/** Asks whether the image that is typed shall be set, or says what is wrong with it. */
export function keepImage(context: KeyContext): void {
	const {dialog} = context.ui;
	const command = dialog?.kind === 'edit' ? commandOf(dialog.editor) : undefined;
	if (dialog?.kind !== 'edit' || command === undefined) return;
	if ('refusal' in dialog.answer) notice(context, dialog.answer.refusal.message);
	else ask(context, command);
}

/** One more or less of what is typed as a number. */
export function changeNumber(context: KeyContext, by: 1 | -1): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'edit' && (dialog.editor.kind === 'scale' || dialog.editor.kind === 'partition')) put(context, oneMore(dialog.editor, by));
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
	if (dialog?.kind !== 'edit') return false;
	if (dialog.editor.kind === 'image') return moveContainerTo(context, dialog.editor, step);
	if (dialog.editor.kind !== 'selector' || dialog.editor.labels.length === 0) return false;
	const moved = moveLabel(dialog.editor, step);
	// At either end the keys go on through what stands below.
	if (moved.index === dialog.editor.index) return false;
	context.dispatch({type: 'edited', editor: moved, answer: dialog.answer});
	return true;
}

function moveContainerTo(context: KeyContext, editor: ImageEditor, step: Step): boolean {
	if (editor.line === undefined) put(context, moveContainer(editor, step));
	return true;
}

/** Types into the question that is open: a name, digits of a number, an image, the text of a label. True where the key was text. */
export function typeInEditor(press: KeyPress, context: KeyContext): boolean {
	const {dialog} = context.ui;
	if (dialog?.kind === 'confirm') return typeName(press, context);
	if (dialog?.kind !== 'edit') return false;
	switch (dialog.editor.kind) {
		case 'scale':
		case 'partition':
			return typeNumber(press, context, dialog.editor);
		case 'image':
			return typeInImage(press, context, dialog.editor);
		case 'selector':
			return typeInLabel(press, context, dialog.editor);
	}
}

function typeNumber({name, text}: KeyPress, context: KeyContext, editor: NumberEditor): boolean {
	const isText = name === 'backspace' || /^\d+$/.test(text);
	if (isText) put(context, name === 'backspace' ? withoutDigit(editor) : withDigits(editor, text));
	return isText;
}

function typeInLabel(press: KeyPress, context: KeyContext, editor: SelectorEditor): boolean {
	const typed = editor.typing && typedOnto(editor.typing.text, press);
	if (typed !== undefined) put(context, withLabelText(editor, typed));
	return typed !== undefined;
}

function typeInImage(press: KeyPress, context: KeyContext, editor: ImageEditor): boolean {
	const typed = typeImage(editor, press);
	if (typed !== undefined) put(context, typed);
	return typed !== undefined;
}
