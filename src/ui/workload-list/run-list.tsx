import {useReducer, useSyncExternalStore} from 'react';
import type {WorkloadListView, WorkloadRow} from '../../store/workload-list/list-views.ts';
import type {ScreenEnd} from '../key-context.ts';
import type {Size} from '../layout.ts';
import type {Published} from '../ports.ts';
import type {TerminalOptions} from '../run-in-terminal.tsx';
import {runInTerminal} from '../run-in-terminal.tsx';
import {Screen} from '../screen.tsx';
import {initialListUi, reduceListUi} from './list-state.ts';
import type {Stage} from './stage.ts';
import {WorkloadList} from './workload-list.tsx';

export type RunListOptions = {
	readonly list: Published<WorkloadListView>;
	/** What is on the screen now. */
	readonly stage: Published<Stage>;
	/** A workload's own screen is asked for. */
	readonly onOpen: (row: WorkloadRow) => void;
	/** `--yes`: pause and resume without a question. Undo always asks. */
	readonly yes: boolean;
};

function Staged({list, stage, onOpen, yes, size, onEnd}: RunListOptions & {readonly size: Size; readonly onEnd: (how: ScreenEnd) => void}) {
	const {remark, opened} = useSyncExternalStore(stage.subscribe, stage.snapshot);
	const [state, dispatch] = useReducer(reduceListUi, initialListUi);
	if (opened === undefined) return <WorkloadList store={list} size={size} state={state} dispatch={dispatch} remark={remark} onOpen={onOpen} onEnd={onEnd} />;
	return <Screen store={opened.view} ports={opened.ports} size={size} yes={yes} onEnd={onEnd} />;
}

/** Shows the list, and the screens of what is opened from it, until a person quits, presses Ctrl-C or the signal aborts. The terminal is as before then. */
export function runList({list, stage, onOpen, yes, ...terminal}: RunListOptions & TerminalOptions): Promise<ScreenEnd | 'aborted'> {
	return runInTerminal<ScreenEnd>(terminal, (size, end) => <Staged list={list} stage={stage} onOpen={onOpen} yes={yes} size={size} onEnd={end} />);
}
