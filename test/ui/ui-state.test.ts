import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {UiAction, UiState} from '../../src/ui/ui-state.ts';
import {initialUiState, reduceUi, selectedIndex, stepped} from '../../src/ui/ui-state.ts';
import {undoConfirm} from './views.ts';

const having = (actions: readonly UiAction[], state: UiState = initialUiState) => actions.reduce(reduceUi, state);

describe('selection', () => {
	it('stays with its pod when the rows are reordered', () => {
		const state = having([
			{type: 'selection-moved', step: 1, uids: ['a', 'b', 'c']},
			{type: 'selection-moved', step: 1, uids: ['a', 'b', 'c']},
		]);
		expect(state.selected?.uid).toBe('b');
		expect(selectedIndex(state, ['b', 'c', 'a'])).toBe(0);
	});

	it('goes on from the same place when its pod is gone', () => {
		const state = having([{type: 'selection-moved', step: 'last', uids: ['a', 'b', 'c']}]);
		expect(selectedIndex(state, ['a', 'b'])).toBe(1);
		expect(having([{type: 'selection-moved', step: -1, uids: ['a', 'b']}], state).selected?.uid).toBe('a');
	});

	it('begins with the first row', () => {
		expect(having([{type: 'selection-moved', step: 1, uids: ['a', 'b']}]).selected?.uid).toBe('a');
		expect(having([{type: 'selection-moved', step: 1, uids: []}]).selected).toBeUndefined();
	});

	it('never leaves the list', () => {
		fc.assert(
			fc.property(fc.nat(50), fc.integer({min: -99, max: 99}), fc.nat(50), (from, step, last) => {
				const to = stepped(Math.min(from, last), step, last);
				expect(to).toBeGreaterThanOrEqual(0);
				expect(to).toBeLessThanOrEqual(last);
			}),
		);
	});
});

describe('focus', () => {
	it('goes round the panels that are shown, both ways', () => {
		const panels = ['revisions', 'pods', 'timeline'] as const;
		expect(having([{type: 'focus-moved', by: 1, from: 'pods', panels}]).focus).toBe('timeline');
		expect(
			having([
				{type: 'focus-moved', by: 1, from: 'pods', panels},
				{type: 'focus-moved', by: 1, from: 'timeline', panels},
			]).focus,
		).toBe('revisions');
		expect(having([{type: 'focus-moved', by: -1, from: 'pods', panels}]).focus).toBe('revisions');
	});
});

describe('dialogs', () => {
	const open: UiAction = {
		type: 'dialog-opened',
		dialog: {kind: 'confirm', view: undoConfirm, dryRun: undefined, remark: undefined, typed: {text: '', cursor: 0}},
	};

	it('count as read when their last line was in sight', () => {
		expect(having([open, {type: 'dialog-scrolled', step: 1, last: 3}]).dialogRead).toBe(false);
		expect(having([open, {type: 'dialog-scrolled', step: 'last', last: 3}, {type: 'dialog-scrolled', step: 'first', last: 3}]).dialogRead).toBe(true);
	});

	const read = having([open, {type: 'dialog-scrolled', step: 'last', last: 3}]);
	const {command} = undoConfirm;

	it('are unread again when they have changed, or more is known', () => {
		const remark = {tone: 'change', text: 'changed'} as const;
		expect(having([{type: 'confirm-remarked', view: undoConfirm, remark}], read).dialogRead).toBe(false);
		expect(having([{type: 'confirm-completed', view: {...undoConfirm, notes: ['Flux keeps it']}}], read)).toMatchObject({dialogRead: false, dialogTop: 0});
	});

	it('stay as they were when nothing more is known, or of another command', () => {
		expect(having([{type: 'confirm-completed', view: {...undoConfirm}}], read)).toBe(read);
		expect(having([{type: 'confirm-completed', view: {...undoConfirm, command: {kind: 'pause'}, notes: []}}], read)).toBe(read);
	});

	it('take a dry run’s answer to what they ask for, and to nothing else', () => {
		const accepted: UiAction = {type: 'dry-run-changed', command, dryRun: [{tone: 'good', text: 'accepted'}]};
		expect(having([accepted], read)).toMatchObject({dialogRead: true, dialog: {dryRun: [{text: 'accepted'}]}});
		expect(having([{...accepted, command: {kind: 'pause'}}], read)).toBe(read);
		expect(having([accepted, {type: 'dialog-closed'}, accepted], read).dialog).toBeUndefined();
	});

	it('are unread again when the dry run is refused: that stands first', () => {
		expect(having([{type: 'dry-run-changed', command, dryRun: [{tone: 'bad', text: 'denied'}]}], read)).toMatchObject({dialogRead: false, dialogTop: 0});
	});

	it('take it, too, while their diff is shown', () => {
		const back = {dialog: read.dialog, top: read.dialogTop, read: read.dialogRead};
		const asking = having(
			[
				{type: 'dry-run-changed', command, dryRun: 'asking'},
				{type: 'dialog-opened', dialog: {kind: 'diff', command, shown: {state: 'loading'}, back}},
			],
			read,
		);
		const dryRun = [{tone: 'bad', text: 'denied'}] as const;
		const answered = having([{type: 'dry-run-changed', command, dryRun}], asking);
		expect(having([{type: 'dialog-closed'}], answered)).toMatchObject({dialogRead: false, dialog: {kind: 'confirm', dryRun}});
		expect(having([{type: 'dry-run-changed', command: {kind: 'pause'}, dryRun}], asking)).toBe(asking);
	});

	it('ask for a dry run anew when they ask for something else, and only then', () => {
		const asked = having([{type: 'dry-run-changed', command, dryRun: 'asking'}], read);
		const remark = {tone: 'change', text: 'changed'} as const;
		expect(having([{type: 'confirm-remarked', view: {...undoConfirm, title: 'Other'}, remark}], asked)).toMatchObject({dialog: {dryRun: 'asking'}});
		expect(having([{type: 'confirm-remarked', view: {...undoConfirm, command: {kind: 'undo', toRevision: 1}}, remark}], asked)).toMatchObject({
			dialog: {dryRun: undefined},
		});
	});

	it('take no answer that is for another pod', () => {
		const logs = {container: 0, previous: false, state: 'loading', lines: []} as const;
		const state = having([{type: 'dialog-opened', dialog: {kind: 'details', uid: 'a', logs}}]);
		expect(having([{type: 'logs-changed', uid: 'b', logs: {...logs, state: 'shown'}}], state)).toBe(state);
	});

	it('close to where one was', () => {
		expect(having([open, {type: 'dialog-closed'}]).dialog).toBeUndefined();
	});
});

describe('filter', () => {
	it('is kept by Enter and cleared by Esc', () => {
		const typed = having([{type: 'filter-opened'}, {type: 'filter-typed', text: 'x2'}]);
		expect(having([{type: 'filter-closed', keep: true}], typed)).toMatchObject({filter: 'x2', filtering: false});
		expect(having([{type: 'filter-closed', keep: false}], typed)).toMatchObject({filter: '', filtering: false});
	});
});
