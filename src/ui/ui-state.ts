import type {Command, Refusal} from '../domain/command.ts';
import type {ConfirmView} from '../store/confirm-views.ts';
import type {DiffView, RevisionRow, StepsView} from '../store/revision-views.ts';
import type {AgreementView, PanelName, Remark} from '../store/views.ts';
import type {Routes} from './dialogs/routes.ts';
import type {Editor} from './editors.ts';
import type {LineEditor} from './line-editor.ts';
import type {LogScreen} from './log-screen.ts';
import {answerQuestion} from './question-state.ts';

export type Logs = {readonly container: number; readonly previous: boolean; readonly state: 'loading' | 'shown' | 'failed'; readonly lines: readonly string[]};

/** What a confirmation shows, or why there is nothing to confirm. */
export type Answer = ConfirmView | {readonly refusal: Refusal};

/** What a diff shows: it is made after the dialog is open. */
export type ShownDiff = {readonly state: 'loading'} | {readonly state: 'failed'; readonly problem: string} | {readonly state: 'shown'; readonly view: DiffView};

/** What the API server says to what is asked for: it is being asked, or its answer, each line with its weight. Absent: it was not asked yet. */
export type DryRun = 'asking' | readonly Remark[] | undefined;

/** What is open instead of the panels; at most one. */
export type Dialog =
	/** `remark`: that the confirmation changed meanwhile. `typed`: of the name that a protected context asks for. */
	| {readonly kind: 'confirm'; readonly view: ConfirmView; readonly dryRun: DryRun; readonly remark: Remark | undefined; readonly typed: LineEditor}
	/** A question with something to type: what it asks for changes with each key, and may be nothing that can be sent. */
	| {readonly kind: 'edit'; readonly editor: Editor; readonly answer: Answer; readonly dryRun: DryRun; readonly remark: Remark | undefined}
	/** The list as it was when it opened: a row that moves under the cursor would be chosen by mistake. `marked`: where the cursor is when it is opened again. */
	| {readonly kind: 'revisions'; readonly rows: readonly RevisionRow[]; readonly workload: string | undefined; readonly marked?: number}
	/** How many of the last changes shall be undone. The changes are those of when it opened. */
	| {readonly kind: 'steps'; readonly view: StepsView; readonly chosen: number; readonly workload: string | undefined}
	/** The steps of the rollout as they are now; the mark is on the one of this place. */
	| {readonly kind: 'release-steps'; readonly index: number}
	/** `command`: whose change of the template it shows. `back`: what Esc leads to, and where that was scrolled to. */
	| {
			readonly kind: 'diff';
			readonly command: Command;
			readonly shown: ShownDiff;
			readonly back: {readonly dialog: Dialog | undefined; readonly top: number; readonly read: boolean};
	  }
	| {readonly kind: 'details'; readonly uid: string; readonly logs: Logs}
	| {readonly kind: 'logs'; readonly screen: LogScreen}
	/** Of the named workload behind a Service, else of the one whose screen it is. */
	| {readonly kind: 'why'; readonly workload: string | undefined}
	| {readonly kind: 'agree'; readonly view: AgreementView}
	| {readonly kind: 'mix'}
	| {readonly kind: 'routes'; readonly routes: Routes}
	| {readonly kind: 'help'};

/** What only the screen knows. Everything else is in the views. */
export type UiState = {
	/** Absent: the panel that a screen begins with. */
	readonly focus: PanelName | undefined;
	/** Whether the focus was ever moved: until then there is nothing to mark. */
	readonly focusShown: boolean;
	readonly dialog: Dialog | undefined;
	/** First line in sight of the dialog. */
	readonly dialogTop: number;
	/** Whether the dialog's last line was in sight: nobody may say yes to what they have not seen. */
	readonly dialogRead: boolean;
	readonly filter: string;
	readonly filtering: boolean;
	/** A pod, not a place: rows move under a place. The index is where to go on when that pod is gone. */
	readonly selected: {readonly uid: string; readonly index: number} | undefined;
	/** Of a Service's workloads the one that keys act on, by name; absent: the first. */
	readonly side: {readonly name: string; readonly index: number} | undefined;
	readonly tops: Readonly<Record<'pods' | 'timeline' | 'revisions', number>>;
	/** How much of the mix's history is shown. */
	readonly historySeconds: number;
	readonly notice: Remark | undefined;
};

/** How far a key moves: lines, or to an end. */
export type Step = number | 'first' | 'last';

export type UiAction =
	| {readonly type: 'focus-moved'; readonly by: 1 | -1; readonly from: PanelName; readonly panels: readonly PanelName[]}
	/** `uids`: the pods as they are listed now. */
	| {readonly type: 'selection-moved'; readonly step: Step; readonly uids: readonly string[]}
	/** `names`: the workloads of a Service as they are listed now. */
	| {readonly type: 'side-moved'; readonly step: Step; readonly names: readonly string[]}
	| {readonly type: 'panel-scrolled'; readonly panel: 'timeline' | 'revisions'; readonly step: Step; readonly count: number}
	/** Another screen is shown: what was marked and scrolled on the one before means nothing on it. */
	| {readonly type: 'screen-changed'}
	/** `politely`: only where no other one is open, which a key may be on its way to. */
	| {readonly type: 'dialog-opened'; readonly dialog: Dialog; readonly politely?: boolean}
	| {readonly type: 'dialog-closed'}
	/** `last`: the highest line that may be the first in sight. */
	| {readonly type: 'dialog-scrolled'; readonly step: Step; readonly last: number}
	| {readonly type: 'edited'; readonly editor: Editor; readonly answer: Answer}
	/** More is known about what the editor asks for; of one that has gone on meanwhile it says nothing. */
	| {readonly type: 'answered'; readonly editor: Editor; readonly answer: Answer}
	| {readonly type: 'name-typed'; readonly typed: LineEditor}
	/** The confirmation says something else now; why that is so. */
	| {readonly type: 'confirm-remarked'; readonly view: ConfirmView; readonly remark: Remark}
	/** More is known about what it asks for. */
	| {readonly type: 'confirm-completed'; readonly view: ConfirmView}
	/** What a dry run of this very command says; of a question that asks for another one meanwhile it says nothing. */
	| {readonly type: 'dry-run-changed'; readonly command: Command; readonly dryRun: DryRun}
	| {readonly type: 'logs-changed'; readonly uid: string; readonly logs: Logs}
	| {readonly type: 'log-screen-changed'; readonly screen: LogScreen}
	/** Answers an opened list of routes; one that was closed meanwhile stays closed. */
	| {readonly type: 'routes-changed'; readonly routes: Routes}
	| {readonly type: 'steps-changed'; readonly chosen: number}
	/** Another step of the rollout is marked. */
	| {readonly type: 'step-marked'; readonly index: number}
	/** Answers an opened diff; one that was closed meanwhile stays closed. */
	| {readonly type: 'diff-changed'; readonly command: Command; readonly shown: ShownDiff}
	| {readonly type: 'history-changed'; readonly seconds: number}
	| {readonly type: 'filter-opened'}
	| {readonly type: 'filter-typed'; readonly text: string}
	| {readonly type: 'filter-closed'; readonly keep: boolean}
	| {readonly type: 'noticed'; readonly notice: Remark | undefined};

export const initialUiState: UiState = {
	focus: undefined,
	focusShown: false,
	dialog: undefined,
	dialogTop: 0,
	dialogRead: false,
	filter: '',
	filtering: false,
	selected: undefined,
	side: undefined,
	tops: {pods: 0, timeline: 0, revisions: 0},
	historySeconds: 600,
	notice: undefined,
};

/** Where a step leads from `from`, in a list whose last index is `last`. */
export function stepped(from: number, step: Step, last: number): number {
	const to = step === 'first' ? 0 : step === 'last' ? last : from + step;
	return Math.max(0, Math.min(last, to));
}

/** Index of the selected pod now; of what stands in its place when it is gone; undefined when nothing was ever selected. */
export function selectedIndex(state: UiState, uids: readonly string[]): number | undefined {
	if (state.selected === undefined || uids.length === 0) return undefined;
	const index = uids.indexOf(state.selected.uid);
	return index >= 0 ? index : Math.min(state.selected.index, uids.length - 1);
}

function moveSelection(state: UiState, step: Step, uids: readonly string[]): UiState {
	const from = selectedIndex(state, uids);
	const index = from === undefined ? stepped(0, step === 'last' ? 'last' : 0, uids.length - 1) : stepped(from, step, uids.length - 1);
	const uid = uids[index];
	if (uid === undefined) return state;
	return {...state, focusShown: true, selected: {uid, index}};
}

function moveSide(state: UiState, step: Step, names: readonly string[]): UiState {
	const from = Math.max(0, state.side === undefined ? 0 : names.indexOf(state.side.name));
	const index = stepped(from, step, names.length - 1);
	const name = names[index];
	return name === undefined ? state : {...state, focusShown: true, side: {name, index}};
}

function moveFocus(state: UiState, {by, from, panels}: Extract<UiAction, {type: 'focus-moved'}>): UiState {
	if (panels.length === 0) return state;
	const index = panels.indexOf(from);
	const next = panels[(index + by + panels.length) % panels.length];
	return next === undefined ? state : {...state, focus: next, focusShown: true};
}

/** What came for the dialog that is open; for another one it came too late. */
function answerDialog(state: UiState, dialog: Dialog, action: UiAction): UiState {
	if (dialog.kind === 'logs' && action.type === 'log-screen-changed') return {...state, dialog: {...dialog, screen: action.screen}};
	if (dialog.kind === 'routes' && action.type === 'routes-changed') return {...state, dialog: {...dialog, routes: action.routes}};
	if (dialog.kind === 'steps' && action.type === 'steps-changed') return {...state, dialog: {...dialog, chosen: action.chosen}};
	if (dialog.kind === 'release-steps' && action.type === 'step-marked') return {...state, dialog: {...dialog, index: action.index}};
	if (dialog.kind === 'diff' && action.type === 'diff-changed' && dialog.command === action.command)
		return {...state, dialog: {...dialog, shown: action.shown}};
	if (dialog.kind === 'details' && action.type === 'logs-changed' && dialog.uid === action.uid) return {...state, dialog: {...dialog, logs: action.logs}};
	return answerQuestion(state, dialog, action);
}

/** A diff gives way to what it was opened from. */
function closed(state: UiState, dialog: Dialog): UiState {
	if (dialog.kind !== 'diff') return {...state, dialog: undefined, dialogTop: 0, notice: undefined};
	const {back} = dialog;
	return {...state, dialog: back.dialog, dialogTop: back.top, dialogRead: back.read, notice: undefined};
}

function changeDialog(state: UiState, action: UiAction): UiState {
	const {dialog} = state;
	if (action.type === 'dialog-opened' && action.politely === true && (dialog !== undefined || state.filtering)) return state;
	if (action.type === 'dialog-opened') return {...state, dialog: action.dialog, dialogTop: 0, dialogRead: false, notice: undefined};
	if (dialog === undefined) return state;
	if (action.type === 'dialog-closed') return closed(state, dialog);
	if (action.type === 'dialog-scrolled') {
		const dialogTop = stepped(Math.min(state.dialogTop, action.last), action.step, action.last);
		return {...state, dialogTop, dialogRead: state.dialogRead || dialogTop === action.last};
	}
	return answerDialog(state, dialog, action);
}

/** What a key, or the answer to one, makes of the screen's own state. */
export function reduceUi(state: UiState, action: UiAction): UiState {
	switch (action.type) {
		case 'focus-moved':
			return moveFocus(state, action);
		case 'selection-moved':
			return moveSelection(state, action.step, action.uids);
		case 'screen-changed':
			return {...initialUiState, side: state.side, historySeconds: state.historySeconds};
		case 'side-moved':
			return moveSide(state, action.step, action.names);
		case 'panel-scrolled':
			return {...state, focusShown: true, tops: {...state.tops, [action.panel]: stepped(state.tops[action.panel], action.step, Math.max(0, action.count - 1))}};
		case 'history-changed':
			return {...state, historySeconds: action.seconds};
		case 'filter-opened':
			return {...state, filtering: true, focus: 'pods', notice: undefined};
		case 'filter-typed':
			return {...state, filter: action.text};
		case 'filter-closed':
			return {...state, filtering: false, filter: action.keep ? state.filter : ''};
		case 'noticed':
			return state.notice === action.notice ? state : {...state, notice: action.notice};
		default:
			return changeDialog(state, action);
	}
}
