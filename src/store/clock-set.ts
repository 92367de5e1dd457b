import type {StreamCondition} from '../domain/stream.ts';
import type {StreamState} from './state.ts';

/** The same moments on a clock that was set by `byMs` to `now`: otherwise a stream would be lost for an hour, or tried again in one. */
export function afterClockSet(stream: StreamState, byMs: number, now: number): StreamState {
	// What was told between the setting and now is of the new clock already: of both readings the one nearer to now is meant.
	const moved = (at: number) => (Math.abs(at + byMs - now) < Math.abs(at - now) ? at + byMs : at);
	return {...stream, condition: conditionAfter(stream.condition, moved), heardAt: stream.heardAt === undefined ? undefined : moved(stream.heardAt)};
}

function conditionAfter(condition: StreamCondition, moved: (at: number) => number): StreamCondition {
	const since = moved(condition.since);
	if (condition.kind !== 'lost') return {...condition, since};
	return {...condition, since, retryAt: condition.retryAt === undefined ? undefined : moved(condition.retryAt)};
}

/** A loss goes on however often it is tried in vain; that it began on a clock that has been set since, only the state knows. */
export function goingOn(before: StreamCondition, condition: StreamCondition): StreamCondition {
	const isSame = before.kind === 'lost' && condition.kind === 'lost' && before.since !== condition.since;
	return isSame ? {...condition, since: before.since} : condition;
}
