import {withVerdicts} from './remember-verdicts.ts';
import {withRevisionCounts} from './revision-counts.ts';
import type {State} from './state.ts';
import {availabilityEntries} from './timeline-changes.ts';
import {addEntries} from './timeline-log.ts';

/** A second has passed: ages grow, and pods may have become available by time alone; rollouts are judged. */
export function tick(state: State, at: number): State {
	if (at === state.now) return state;
	const told = addEntries({...state, now: at}, availabilityEntries(state, at));
	return withVerdicts(waitsForTime(told) ? withRevisionCounts(told, told, at) : told, at);
}

/** Pods become available by time alone. */
function waitsForTime({workloads}: State): boolean {
	return [...workloads.values()].some(({workload}) => workload.minReadySeconds > 0);
}
