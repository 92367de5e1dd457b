import {type Dispatch, useCallback, useContext, useEffect} from 'react';
import type {KeyCommand} from '../../app/keymap.ts';
import {bindingOf} from '../../app/keymap.ts';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import {dialogLines} from '../dialogs/dialog-lines.ts';
import {helpContent} from '../dialogs/help.ts';
import {WholeFrame} from '../elements/whole-frame.tsx';
import {type ScreenEnd, textRemark, unsuspendable} from '../key-context.ts';
import type {KeyPress} from '../keys.ts';
import {useKeys} from '../keys.ts';
import type {Size} from '../layout.ts';
import type {Line} from '../line.ts';
import {shareLines} from '../line.ts';
import {typedOnto} from '../line-editor.ts';
import type {Published} from '../ports.ts';
import {SuspendContext} from '../suspension.ts';
import type {Theme} from '../theme.ts';
import {ThemeContext} from '../theme.ts';
import type {Step} from '../ui-state.ts';
import {useFrame} from '../use-frame.ts';
import {listLines} from './list-lines.ts';
import {chosenIndex, type ListUiAction, type ListUiState, matchingRows} from './list-state.ts';
import type {ListRemark} from './stage.ts';

export type WorkloadListProps = {
	readonly store: Published<WorkloadListView>;
	readonly size: Size;
	/** Kept by whoever shows it: it is there again when a workload's own screen is left. */
	readonly state: ListUiState;
	readonly dispatch: Dispatch<ListUiAction>;
	readonly remark: ListRemark | undefined;
	readonly onOpen: (row: WorkloadRow) => void;
	readonly onEnd: (how: ScreenEnd) => void;
};

/** Many workloads, a line each; one is marked. */
export function WorkloadList({store, size, state, dispatch, remark, onOpen, onEnd}: WorkloadListProps) {
	const theme = useContext(ThemeContext);
	const suspend = useContext(SuspendContext);
	const said = state.notice ?? remark;
	const draw = useCallback(
		(view: WorkloadListView): readonly Line[] => (state.help ? help(state, size, theme).lines : listLines(view, state, said, size, theme)),
		[state, said, size, theme],
	);
	const frame = useFrame(store, draw, (previous: readonly Line[] | undefined, next) => shareLines(previous ?? [], next));
	// Pinned as soon as there is one: what is marked must stay marked when another row jumps above it.
	useEffect(() => {
		const first = store.snapshot().rows[0];
		if (state.chosen === undefined && first !== undefined) dispatch({type: 'set', change: {chosen: {uid: first.uid, index: 0}}});
	});
	useKeys(press => handleKey(press, {view: store.snapshot(), state, size, theme, dispatch, suspend, onOpen, onEnd}));
	return <WholeFrame lines={frame} />;
}

/** The keys, in the place of the list. */
function help(state: ListUiState, {columns, rows}: Size, theme: Theme) {
	const rect = {x: 0, y: 0, width: columns, height: Math.max(1, rows - 1)};
	return dialogLines(helpContent(undefined, columns - 4, ['workloads']), rect, state.helpTop, theme);
}

type KeyContext = Pick<WorkloadListProps, 'size' | 'state' | 'dispatch' | 'onOpen' | 'onEnd'> & {
	readonly view: WorkloadListView;
	readonly theme: Theme;
	readonly suspend: () => Promise<boolean>;
};

function handleKey(press: KeyPress, context: KeyContext): void {
	const {name} = press;
	const {view, state, size, theme, dispatch} = context;
	const rows = matchingRows(view.rows, state.filter);
	const uids = rows.map(({uid}) => uid);
	const command = name === undefined ? undefined : bindingOf('workloads', name)?.command;
	const step = command === undefined ? undefined : stepOf(command, Math.max(1, size.rows - 8));
	if (state.notice !== undefined) dispatch({type: 'set', change: {notice: undefined}});
	if (state.filtering && command !== 'interrupt' && command !== 'suspend') typeFilter(press, state, dispatch);
	else if (step !== undefined) dispatch(state.help ? {type: 'help-scrolled', step, last: help(state, size, theme).last} : {type: 'moved', step, uids});
	else if (command !== undefined) perform(command, rows[chosenIndex(state, uids)], context);
	else sayWhyNot(press, dispatch);
}

function sayWhyNot(press: KeyPress, dispatch: Dispatch<ListUiAction>): void {
	const text = textRemark(press);
	if (text !== undefined) dispatch({type: 'set', change: {notice: {tone: 'change', text}}});
}

function stepOf(command: KeyCommand, page: number): Step | undefined {
	const steps: Partial<Record<KeyCommand, Step>> = {up: -1, down: 1, 'page-up': -page, 'page-down': page, first: 'first', last: 'last'};
	return steps[command];
}

function perform(command: KeyCommand, row: WorkloadRow | undefined, {state, dispatch, suspend, onOpen, onEnd}: KeyContext): void {
	const set = (change: Partial<ListUiState>) => dispatch({type: 'set', change});
	if (command === 'interrupt') onEnd('interrupted');
	else if (command === 'suspend') void suspend().then(isStopped => isStopped || set({notice: {tone: 'change', text: unsuspendable}}));
	else if (state.help) set({help: false, helpTop: 0});
	else if (command === 'open' && row?.phase !== undefined) onOpen(row);
	else if (command === 'filter') set({filtering: true});
	else if (command === 'help') set({help: true});
	else if (command === 'back') set({filter: ''});
	else if (command === 'quit') onEnd('quit');
}

function typeFilter(press: KeyPress, state: ListUiState, dispatch: Dispatch<ListUiAction>): void {
	const set = (change: Partial<ListUiState>) => dispatch({type: 'set', change});
	const {name} = press;
	if (name === 'enter') set({filtering: false});
	else if (name === 'escape') set({filtering: false, filter: ''});
	else set({filter: typedOnto(state.filter, press) ?? state.filter});
}
