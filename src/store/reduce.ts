import type {StreamCondition, StreamName} from '../domain/stream.ts';
import {afterClockSet, goingOn} from './clock-set.ts';
import type {Event, TickedEvent} from './event.ts';
import {withExpectations} from './expectations.ts';
import {endCommand, loseAudit, startCommand} from './reduce-command.ts';
import {keepLogTail} from './reduce-log-tail.ts';
import {reduceObjects} from './reduce-objects.ts';
import {learnRights} from './reduce-rights.ts';
import {reduceSampler} from './reduce-sampler.ts';
import {tick} from './reduce-tick.ts';
import {withVerdicts} from './remember-verdicts.ts';
import {share} from './share.ts';
import type {State, StreamState} from './state.ts';

/** What an event makes of the state: the same object when nothing changed. */
export function reduce(state: State, event: Event): State {
	switch (event.type) {
		case 'listed':
			return withVerdicts(expecting(heard(reduceObjects(state, event), event.stream, event.at, true), event.stream, event.at), event.at);
		case 'changed':
			return expecting(heard(reduceObjects(state, event), event.stream, event.at, false), event.stream, event.at);
		case 'stream-changed':
			return expecting(withCondition(state, event.stream, event.condition), event.stream, event.condition.since);
		case 'stream-heard':
			return heard(state, event.stream, event.at, false);
		case 'malformed':
			return {...state, malformed: state.malformed + 1};
		case 'sampler-started':
		case 'sampler-refused':
		case 'sampler-stopped':
		case 'sampled':
		case 'pod-sampled':
		case 'sampler-paced':
		case 'targets-left':
		case 'curl-pod-planned':
		case 'target-chosen':
		case 'window-changed':
			return reduceSampler(state, event);
		case 'command-started':
			return startCommand(state, event);
		case 'command-ended':
			return endCommand(state, event);
		case 'workload-opened':
			return state.opened === event.name ? state : {...state, opened: event.name};
		case 'rights-learned':
			return learnRights(state, event);
		case 'log-tail':
			return keepLogTail(state, event);
		case 'audit-lost':
			return loseAudit(state, event);
		case 'hinted':
			return state.hint === event.text ? state : {...state, hint: event.text};
		case 'ticked':
			// Pods become known, too: whose an endpoint is may be known only now.
			return withExpectations(tick(withClockSet(state, event), event.at), event.at);
		default:
			return unreachable(event);
	}
}

/** The endpoints are what answers are compared with. */
function expecting(state: State, stream: StreamName, at: number): State {
	return stream === 'endpointslices' ? withExpectations(state, at) : state;
}

function heard(state: State, stream: StreamName, at: number, listed: boolean): State {
	const before = state.streams[stream];
	const synced = before.synced || listed;
	return before.heardAt === at && before.synced === synced ? state : withStream(state, stream, {...before, heardAt: at, synced});
}

function withCondition(state: State, name: StreamName, condition: StreamCondition): State {
	const before = state.streams[name];
	const shared = share(before.condition, goingOn(before.condition, condition));
	return shared === before.condition ? state : withStream(state, name, {...before, condition: shared});
}

function withClockSet(state: State, {setBy, at}: TickedEvent): State {
	if (setBy === undefined) return state;
	const streams = Object.entries(state.streams).map(([name, stream]) => [name, afterClockSet(stream, setBy, at)]);
	return {...state, streams: Object.fromEntries(streams) as State['streams']};
}

function withStream(state: State, name: StreamName, stream: StreamState): State {
	return {...state, streams: {...state.streams, [name]: stream}};
}

/** A forgotten event is a compile error here. */
function unreachable(event: never): never {
	throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}
