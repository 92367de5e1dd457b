import type {WorkloadRow} from '../../store/workload-list/list-views.ts';
import {type Step, stepped} from '../ui-state.ts';
import type {ListRemark} from './stage.ts';

/** What only the list's screen knows. */
export type ListUiState = {
	/** A workload, not a place: one that stalls jumps to the top, and must not be chosen by that. The index is where to go on when it is gone. */
	readonly chosen: {readonly uid: string; readonly index: number} | undefined;
	readonly filter: string;
	readonly filtering: boolean;
	readonly help: boolean;
	/** First line in sight of the open help. */
	readonly helpTop: number;
	/** What is said in the place of the keys until the next one. */
	readonly notice: ListRemark | undefined;
};

export const initialListUi: ListUiState = {chosen: undefined, filter: '', filtering: false, help: false, helpTop: 0, notice: undefined};

export type ListUiAction =
	/** `uids`: the workloads as they are listed now. */
	| {readonly type: 'moved'; readonly step: Step; readonly uids: readonly string[]}
	/** `last`: the highest line that may be the first in sight. */
	| {readonly type: 'help-scrolled'; readonly step: Step; readonly last: number}
	| {readonly type: 'set'; readonly change: Partial<ListUiState>};

/** What an action makes of it. */
export function reduceListUi(state: ListUiState, action: ListUiAction): ListUiState {
	switch (action.type) {
		case 'set':
			return {...state, ...action.change};
		case 'help-scrolled':
			return {...state, helpTop: stepped(state.helpTop, action.step, action.last)};
		case 'moved': {
			const index = stepped(chosenIndex(state, action.uids), action.step, action.uids.length - 1);
			const uid = action.uids[index];
			return uid === undefined ? state : {...state, chosen: {uid, index}};
		}
	}
}

/** Place of the chosen workload now; of what stands where it was when it is gone; the first before one was chosen, and of those that a filter leaves without it. */
export function chosenIndex({chosen, filter}: Pick<ListUiState, 'chosen' | 'filter'>, uids: readonly string[]): number {
	if (chosen === undefined) return 0;
	const index = uids.indexOf(chosen.uid);
	if (index >= 0) return index;
	return filter === '' ? Math.max(0, Math.min(chosen.index, uids.length - 1)) : 0;
}

/** Rows with the filter's text in their name, namespace, state, images or keeper. */
export function matchingRows(rows: readonly WorkloadRow[], filter: string): readonly WorkloadRow[] {
	const wanted = filter.toLowerCase();
	if (wanted === '') return rows;
	return rows.filter(row => `${row.namespace} ${row.target} ${row.word} ${row.images} ${row.keeper}`.toLowerCase().includes(wanted));
}
