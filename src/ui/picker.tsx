import {Box} from 'ink';
import {useCallback, useContext, useEffect, useReducer} from 'react';
import type {KeyCommand} from '../app/keymap.ts';
import {bindingOf} from '../app/keymap.ts';
import {dialogLines} from './dialogs/dialog-lines.ts';
import {helpContent} from './dialogs/help.ts';
import {Lines} from './elements/line-text.tsx';
import type {KeyPress} from './keys.ts';
import {useKeys} from './keys.ts';
import type {Size} from './layout.ts';
import type {Line} from './line.ts';
import {shareLines} from './line.ts';
import {typedOnto} from './line-editor.ts';
import type {PickerState} from './picker-lines.ts';
import {matchingRows, pickerLines} from './picker-lines.ts';
import type {PickerView} from './picker-view.ts';
import type {Published} from './ports.ts';
import type {TerminalOptions} from './run-in-terminal.tsx';
import {runInTerminal} from './run-in-terminal.tsx';
import {ThemeContext} from './theme.ts';
import type {Step} from './ui-state.ts';
import {stepped} from './ui-state.ts';
import {useFrame} from './use-frame.ts';

export type PickerEnd = {readonly kind: 'chosen'; readonly name: string} | {readonly kind: 'quit'} | {readonly kind: 'interrupted'};

type Action = {readonly type: 'moved'; readonly step: Step; readonly names: readonly string[]} | {readonly type: 'set'; readonly change: Partial<PickerState>};

/** The choice is a name, not a place: a Deployment that begins to roll jumps to the top, and must not be chosen by that. */
export function reducePicker(state: PickerState, action: Action): PickerState {
	if (action.type === 'set') return {...state, ...action.change};
	const from = state.chosen === undefined ? 0 : Math.max(0, action.names.indexOf(state.chosen));
	const chosen = action.names[stepped(from, action.step, action.names.length - 1)];
	return chosen === undefined ? state : {...state, chosen};
}

const initial: PickerState = {chosen: undefined, filter: '', filtering: false, help: false};

/** The Deployments of the namespace, to choose one. */
export function Picker({store, size, onEnd}: {readonly store: Published<PickerView>; readonly size: Size; readonly onEnd: (end: PickerEnd) => void}) {
	const theme = useContext(ThemeContext);
	const [state, dispatch] = useReducer(reducePicker, initial);
	const draw = useCallback(
		(view: PickerView): readonly Line[] => {
			if (!state.help) return pickerLines(view, state, size, theme);
			const rect = {x: 0, y: 0, width: size.columns, height: Math.max(1, size.rows - 1)};
			return dialogLines(helpContent(undefined, size.columns - 4, ['picker']), rect, 0, theme).lines;
		},
		[state, size, theme],
	);
	const frame = useFrame(store, draw, (previous: readonly Line[] | undefined, next) => shareLines(previous ?? [], next));
	// Pinned as soon as there is one: what is marked must stay marked when another row jumps above it.
	useEffect(() => {
		const first = store.snapshot().rows[0];
		if (state.chosen === undefined && first !== undefined) dispatch({type: 'set', change: {chosen: first.name}});
	});
	useKeys(press => handleKey(press, {view: store.snapshot(), state, size, dispatch, onEnd}));
	return (
		<Box flexDirection="column">
			<Lines lines={frame} />
		</Box>
	);
}

type KeyContext = {
	readonly view: PickerView;
	readonly state: PickerState;
	readonly size: Size;
	readonly dispatch: (action: Action) => void;
	readonly onEnd: (end: PickerEnd) => void;
};

function handleKey(press: KeyPress, context: KeyContext): void {
	const {name} = press;
	const {view, state, size, dispatch} = context;
	const names = matchingRows(view, state.filter).map(row => row.name);
	const command = name === undefined ? undefined : bindingOf('picker', name)?.command;
	const step = command === undefined ? undefined : stepOf(command, size.rows - 5);
	if (state.filtering && command !== 'interrupt') typeFilter(press, state, dispatch);
	else if (step !== undefined) dispatch({type: 'moved', step, names});
	else if (command !== undefined) perform(command, state.chosen !== undefined && names.includes(state.chosen) ? state.chosen : names[0], context);
}

function stepOf(command: KeyCommand, page: number): Step | undefined {
	const steps: Partial<Record<KeyCommand, Step>> = {up: -1, down: 1, 'page-up': -page, 'page-down': page, first: 'first', last: 'last'};
	return steps[command];
}

function perform(command: KeyCommand, chosen: string | undefined, {state, dispatch, onEnd}: KeyContext): void {
	const set = (change: Partial<PickerState>) => dispatch({type: 'set', change});
	if (command === 'interrupt') onEnd({kind: 'interrupted'});
	else if (state.help) set({help: false});
	else if (command === 'open' && chosen !== undefined) onEnd({kind: 'chosen', name: chosen});
	else if (command === 'filter') set({filtering: true});
	else if (command === 'help') set({help: true});
	else if (command === 'back') set({filter: ''});
	else if (command === 'quit') onEnd({kind: 'quit'});
}

function typeFilter(press: KeyPress, state: PickerState, dispatch: (action: Action) => void): void {
	const set = (change: Partial<PickerState>) => dispatch({type: 'set', change});
	const {name} = press;
	if (name === 'enter') set({filtering: false});
	else if (name === 'escape') set({filtering: false, filter: ''});
	else set({filter: typedOnto(state.filter, press) ?? state.filter});
}

/** Shows the picker until a Deployment is chosen, a person quits, or the signal aborts. */
export function runPicker({view, ...terminal}: TerminalOptions & {readonly view: Published<PickerView>}): Promise<PickerEnd | 'aborted'> {
	return runInTerminal<PickerEnd>(terminal, (size, end) => <Picker store={view} size={size} onEnd={end} />);
}
