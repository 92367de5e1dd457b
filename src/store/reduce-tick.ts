import type {State} from './state.ts';
import {availabilityEntries} from './timeline-changes.ts';
import {addEntries} from './timeline-log.ts';

/** A second has passed: ages grow, and pods may have become available by time alone. */
export function tick(state: State, at: number): State {
	if (at === state.now) return state;
	return addEntries({...state, now: at}, availabilityEntries(state, at));
}
