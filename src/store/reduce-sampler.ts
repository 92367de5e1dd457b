import {addSample} from '../domain/sample-window.ts';
import {versionTurns} from '../domain/version-turns.ts';
import type {SamplerEvent} from './event.ts';
import type {State} from './state.ts';
import {addEntries} from './timeline-log.ts';

/** What the sampler's events make of the state. */
export function reduceSampler(state: State, event: SamplerEvent): State {
	const {sampler} = state;
	switch (event.type) {
		case 'sampler-started':
			return {...state, sampler: {...sampler, mode: 'running', target: event.target, route: event.route, intervalMs: event.intervalMs, problem: undefined}};
		case 'sampler-refused':
			return {...state, sampler: {...sampler, problem: {text: event.problem, at: event.at}}};
		case 'sampler-stopped':
			return {...state, sampler: {...sampler, mode: 'stopped'}};
		case 'window-changed':
			return event.seconds === sampler.windowSeconds ? state : {...state, sampler: {...sampler, windowSeconds: event.seconds}};
		case 'sampled': {
			const window = addSample(sampler.window, event.sample);
			return addEntries({...state, sampler: {...sampler, window}}, versionTurns(sampler.window, window, event.sample));
		}
		default:
			return state;
	}
}
