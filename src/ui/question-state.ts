import type {Command} from '../domain/command.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {Remark} from '../store/views.ts';
import {nothingTyped} from './line-editor.ts';
import type {Answer, Dialog, DryRun, UiAction, UiState} from './ui-state.ts';

/** What came for the question that is open, or that a diff was opened from; for another one it came too late. */
export function answerQuestion(state: UiState, dialog: Dialog, action: UiAction): UiState {
	if (dialog.kind === 'diff') return behindDiff(state, dialog, action);
	if (action.type === 'confirm-remarked') return withView(state, dialog, action.view, action.remark);
	if (action.type === 'confirm-completed') return completed(state, dialog, action.view);
	if (action.type === 'dry-run-changed') return withDryRun(state, dialog, action);
	if (action.type === 'name-typed') return dialog.kind === 'confirm' ? {...state, dialog: {...dialog, typed: action.typed}} : state;
	return dialog.kind === 'edit' && (action.type === 'edited' || action.type === 'answered') ? edit(state, dialog, action) : state;
}

function behindDiff(state: UiState, dialog: Extract<Dialog, {kind: 'diff'}>, action: UiAction): UiState {
	const {back} = dialog;
	if (back.dialog === undefined) return state;
	const before: UiState = {...state, dialog: back.dialog, dialogTop: back.top, dialogRead: back.read};
	const after = answerQuestion(before, back.dialog, action);
	if (after === before) return state;
	return {...state, dialog: {...dialog, back: {dialog: after.dialog, top: after.dialogTop, read: after.dialogRead}}};
}

/** A confirmation that says something else meanwhile, or more: what is new must be read, from its beginning. */
function withView(state: UiState, dialog: Dialog, view: ConfirmView, remark: Remark | undefined): UiState {
	const read = {dialogRead: false, dialogTop: 0};
	if (dialog.kind === 'confirm') return {...state, ...read, dialog: {...dialog, view, dryRun: keptDryRun(dialog, view), remark, typed: nothingTyped}};
	return dialog.kind === 'edit' ? {...state, ...read, dialog: {...dialog, answer: view, dryRun: keptDryRun(dialog, view), remark}} : state;
}

function completed(state: UiState, dialog: Dialog, view: ConfirmView): UiState {
	const asked = askedIn(dialog);
	if (asked === undefined || !isSameCommand(asked.command, view.command) || JSON.stringify(asked) === JSON.stringify(view)) return state;
	return withView(state, dialog, view, undefined);
}

function edit(state: UiState, dialog: Extract<Dialog, {kind: 'edit'}>, {type, editor, answer}: Extract<UiAction, {type: 'edited' | 'answered'}>): UiState {
	if (type === 'answered' && dialog.editor !== editor) return state;
	// What is new must be read, from its beginning.
	const isSame = JSON.stringify(dialog.answer) === JSON.stringify(answer);
	const read = isSame ? {} : {dialogRead: false, dialogTop: 0};
	return {...state, ...read, dialog: {...dialog, editor, answer, dryRun: keptDryRun(dialog, answer), remark: type === 'edited' ? undefined : dialog.remark}};
}

/** The question that is open, as far as there is something to be sent. */
export function askedIn(dialog: Dialog | undefined): ConfirmView | undefined {
	if (dialog?.kind === 'confirm') return dialog.view;
	// An image is asked about once it is typed, in a question of its own.
	return dialog?.kind === 'edit' && dialog.editor.kind !== 'image' && !('refusal' in dialog.answer) ? dialog.answer : undefined;
}

function isSameCommand(left: Command, right: Command): boolean {
	return JSON.stringify(left) === JSON.stringify(right);
}

/** What was answered to one command says nothing of another. */
function keptDryRun(dialog: Extract<Dialog, {kind: 'confirm' | 'edit'}>, next: Answer): DryRun {
	const asked = askedIn(dialog);
	return asked !== undefined && !('refusal' in next) && isSameCommand(asked.command, next.command) ? dialog.dryRun : undefined;
}

function withDryRun(state: UiState, dialog: Dialog, {command, dryRun}: Extract<UiAction, {type: 'dry-run-changed'}>): UiState {
	const asked = askedIn(dialog);
	if (asked === undefined || !isSameCommand(asked.command, command) || (dialog.kind !== 'confirm' && dialog.kind !== 'edit')) return state;
	// A refusal comes first: who has read on must see it.
	const isRefused = typeof dryRun === 'object' && dryRun.some(({tone}) => tone === 'bad');
	return {...state, ...(isRefused ? {dialogRead: false, dialogTop: 0} : {}), dialog: {...dialog, dryRun}};
}
