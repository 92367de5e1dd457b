import {logTailKey} from '../domain/log-tail.ts';
import type {LogTailEvent} from './event.ts';
import {share} from './share.ts';
import type {State} from './state.ts';

/** Each is of a container that was the worst once: more of them nobody asks for. */
const mostTails = 20;

/** The state with the end of a container's log; of many the latest are kept. */
export function keepLogTail(state: State, {tail}: LogTailEvent): State {
	const key = logTailKey(tail.podUid, tail.container);
	const before = state.logTails.get(key);
	if (before !== undefined && share(before, tail) === before) return state;
	const others = [...state.logTails].filter(([known]) => known !== key);
	return {...state, logTails: new Map([...others.slice(1 - mostTails), [key, tail]])};
}
