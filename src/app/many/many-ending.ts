import type {Ending} from '../../cli/exit-code.ts';
import type {Options} from '../../cli/options.ts';
import type {PhaseName} from '../../store/views.ts';
import type {WorkloadListState} from '../../store/workload-list/list-state.ts';
import type {WorkloadRow} from '../../store/workload-list/list-views.ts';

const endings: Readonly<Record<PhaseName, Ending | undefined>> = {complete: 'complete', stalled: 'failed', paused: 'paused', progressing: undefined};

/** Of the ways in which some of several have ended, the worst is how all together did. */
const worstFirst: readonly Ending[] = ['failed', 'notFound', 'paused'];

function worst(all: readonly (Ending | undefined)[]): Ending {
	return worstFirst.find(ending => all.includes(ending)) ?? 'complete';
}

/** A row's part in it. What was deleted ended nobody's wait, unless it was asked for by its name: those that were not stand in no row. */
function endingOf({phase}: WorkloadRow): Ending | undefined {
	return phase === undefined ? 'notFound' : endings[phase];
}

/**
 * How several workloads have ended together: when none of them goes on any more, by the worst of them; `undefined` while one does. With a phase that is wanted: when
 * all have come to `complete`, or one to another. What a workload was before it was changed once more does not count. Nothing left to wait for is not found.
 */
export function manyEnding(rows: readonly WorkloadRow[], wanted: Options['until']): Ending | undefined {
	const present = rows.filter(({phase}) => phase !== undefined);
	if (present.length === 0) return 'notFound';
	if (wanted !== undefined && wanted !== 'complete') return present.some(({phase}) => phase === wanted) ? endings[wanted] : undefined;
	const all = rows.map(endingOf);
	if (all.includes(undefined) || (wanted === 'complete' && present.some(({phase}) => phase !== 'complete'))) return undefined;
	return worst(all);
}

/** How a snapshot of several ends the program: only what went wrong or waits for a person is told by the code. */
export function manySnapshotEnding(rows: readonly WorkloadRow[]): Ending {
	return worst(rows.map(endingOf));
}

/** Whether all kinds have been listed that can be: before, nobody knows what is to be waited for. */
export function isWhole({streams}: WorkloadListState): boolean {
	return [...streams.values()].every(({synced, condition}) => synced || condition.kind === 'forbidden');
}
