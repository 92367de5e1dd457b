import {Box} from 'ink';
import {useCallback, useContext, useEffect, useReducer, useRef, useSyncExternalStore} from 'react';
import {bindingOf} from '../app/keymap.ts';
import type {RevisionRow} from '../store/revision-views.ts';
import type {AgreementView, ScreenView} from '../store/views.ts';
import {ask, comesByItself} from './confirm-keys.ts';
import {firstMarked, RevisionsDialog} from './dialogs/revisions.tsx';
import {useEarlyKeys} from './early-keys.ts';
import {typeInEditor} from './edit-keys.ts';
import {Lines} from './elements/line-text.tsx';
import {WholeFrame} from './elements/whole-frame.tsx';
import {drawFrame, fitsDialog, modeOf, type ScreenFrame, shareFrame} from './frame.ts';
import {type KeyContext, notice, type ScreenEnd, textRemark} from './key-context.ts';
import type {KeyPress} from './keys.ts';
import {useKeys} from './keys.ts';
import type {Size} from './layout.ts';
import type {Line} from './line.ts';
import {typedOnto} from './line-editor.ts';
import {typeInSearch} from './log-keys.ts';
import type {Published, ScreenPorts} from './ports.ts';
import {act} from './screen-keys.ts';
import {SuspendContext} from './suspension.ts';
import {ThemeContext} from './theme.ts';
import type {Dialog, UiAction, UiState} from './ui-state.ts';
import {initialUiState, reduceUi} from './ui-state.ts';
import {useDryRun} from './use-dry-run.ts';
import {useFrame} from './use-frame.ts';
import {type Live, useLive, useLogStreams} from './use-live.ts';

const noticeMs = 4000;

export type ScreenProps = {
	readonly store: Published<ScreenView>;
	readonly size: Size;
	readonly ports: ScreenPorts;
	/** `--yes`: pause and resume without a question. */
	readonly yes?: boolean;
	readonly onEnd: (how: ScreenEnd) => void;
};

/** The whole screen: frames from views, keys to ports, one dialog at a time in the place of the panels. */
export function Screen({store, size, ports, yes = false, onEnd}: ScreenProps) {
	const theme = useContext(ThemeContext);
	const suspend = useContext(SuspendContext);
	const [ui, dispatch] = useReducer(reduceUi, initialUiState);
	const draw = useCallback(
		({view, logs, why}: Live) => drawFrame({view, ui, size, theme, logs, why, podDetails: ports.podDetails, mixHistory: ports.mixHistory}),
		[ui, size, theme, ports],
	);
	const frame = useFrame(useLive(store, ports, ui.dialog), draw, shareFrame);
	useLogStreams(ui.dialog?.kind === 'logs' ? ui.dialog.screen.wish : undefined, ports.logs);
	useNoticeTimeout(ui, dispatch);
	useDryRun(ui.dialog, ports.send, dispatch);
	useAgreement(store, ui, dispatch, fitsDialog(size) ? undefined : ports.agree);
	const list = ui.dialog?.kind === 'revisions' ? ui.dialog : undefined;
	const {marked, mark} = useMarked(list);
	const mode = () => modeOf(ui, store.snapshot());
	const context = (): KeyContext => ({view: store.snapshot(), ui, frame, size, mode: mode(), marked, ports, yes, dispatch, end: onEnd, suspend});
	const {keep, onMoved, onListening} = useEarlyKeys();
	useKeys(press => {
		const now = context();
		if (now.mode === 'list') keep(press.name);
		handleKey(press, now);
	});
	if (frame.hole === undefined || list === undefined) return <WholeFrame lines={linesOf(frame)} />;
	return (
		<Box flexDirection="column">
			<Lines lines={frame.above} />
			<RevisionsDialog
				rows={list.rows}
				rect={frame.hole}
				marked={marked()}
				onMark={mark}
				onMoved={onMoved}
				onListening={onListening}
				onChoose={row => choose(row, list.workload, context())}
			/>
			<Lines lines={frame.below} />
		</Box>
	);
}

/** All lines of a frame; the same list for the same frame. */
function linesOf(frame: ScreenFrame): readonly Line[] {
	const lines = wholes.get(frame) ?? [...frame.above, ...frame.below];
	wholes.set(frame, lines);
	return lines;
}

const wholes = new WeakMap<ScreenFrame, readonly Line[]>();

/** Where the cursor of the open list is. Not state: it moves without a frame of ours. */
function useMarked(list: Extract<Dialog, {kind: 'revisions'}> | undefined): {readonly marked: () => number; readonly mark: (index: number) => void} {
	const opened = useRef(list);
	const index = useRef(0);
	if (opened.current !== list) {
		opened.current = list;
		if (list !== undefined) index.current = list.marked ?? firstMarked(list.rows);
	}
	return {
		marked: () => index.current,
		mark(place) {
			index.current = place;
		},
	};
}

function choose(row: RevisionRow, workload: string | undefined, context: KeyContext): void {
	ask(context, {kind: 'undo', toRevision: row.revision, workload});
}

function handleKey(press: KeyPress, context: KeyContext): void {
	const {name} = press;
	const binding = name === undefined ? undefined : bindingOf(context.mode, name);
	// While the filter is typed only the keys that are no text are keys.
	if (context.mode === 'filter') typeFilter(press, context);
	else if (typeInEditor(press, context) || typeInSearch(press, context)) return;
	else if (binding !== undefined && !(context.mode === 'list' && binding.command === 'open')) act(binding.command, context);
	else sayWhyNot(press, context);
}

function sayWhyNot(press: KeyPress, context: KeyContext): void {
	const remark = textRemark(press);
	if (remark !== undefined) notice(context, remark);
}

function typeFilter(press: KeyPress, context: KeyContext): void {
	const {name} = press;
	const binding = name !== undefined && name.length > 1 && name !== 'space' ? bindingOf('filter', name) : undefined;
	const typed = typedOnto(context.ui.filter, press);
	if (binding !== undefined) act(binding.command, context);
	else if (typed !== undefined) context.dispatch({type: 'filter-typed', text: typed});
}

/**
 * Opens the question as soon as nothing else is open; takes it away when nobody waits for an answer to it any more. `refuse` where the terminal has no room
 * for it: what can't be shown can't be agreed to.
 */
function useAgreement(
	{subscribe, snapshot}: Published<ScreenView>,
	{dialog, filtering}: UiState,
	dispatch: (action: UiAction) => void,
	refuse: ScreenPorts['agree'] | undefined,
): void {
	const agreement = useSyncExternalStore(subscribe, () => snapshot().agreement);
	const asked = useRef<AgreementView | undefined>(undefined);
	useEffect(() => {
		if (dialog?.kind === 'agree' && dialog.view !== agreement) dispatch({type: 'dialog-closed'});
		if (agreement === undefined || agreement === asked.current || dialog !== undefined || filtering) return;
		asked.current = agreement;
		if (refuse !== undefined) {
			refuse(false);
			return;
		}
		comesByItself(agreement);
		dispatch({type: 'dialog-opened', dialog: {kind: 'agree', view: agreement}});
	}, [agreement, dialog, filtering, dispatch, refuse]);
}

/** A notice is for some seconds. */
function useNoticeTimeout({notice}: UiState, dispatch: (action: UiAction) => void): void {
	const latest = useRef(dispatch);
	useEffect(() => {
		if (notice === undefined) return;
		const timer = setTimeout(() => latest.current({type: 'noticed', notice: undefined}), noticeMs);
		return () => clearTimeout(timer);
	}, [notice]);
}
