import {addToOutages, type OutageLog, stopOutages} from '../domain/mix/outage-log.ts';
import {addToShareTest} from '../domain/mix/share-test.ts';
import {tellOutages} from '../domain/mix/tell-outages.ts';
import type {Sample} from '../domain/sample.ts';
import {addSample} from '../domain/sample-window.ts';
import {versionTurns} from '../domain/version-turns.ts';
import type {SamplerEvent} from './event.ts';
import {withExpectations} from './expectations.ts';
import {newTarget, outageKey, type SamplerState, type TargetState} from './sampler-state.ts';
import type {State} from './state.ts';
import {addEntries, withTimeline} from './timeline-log.ts';

/** What the sampler's events make of the state. */
export function reduceSampler(state: State, event: SamplerEvent): State {
	switch (event.type) {
		case 'sampler-started':
			return withExpectations(withSampler(state, {mode: 'running', targets: started(state.sampler, event), problem: undefined}), event.at);
		case 'sampler-refused':
			return withSampler(state, {problem: {text: event.problem, at: event.at}});
		case 'sampler-stopped':
			return withSampler(atRest(state), {mode: 'stopped'});
		case 'window-changed':
			return event.seconds === state.sampler.windowSeconds ? state : withSampler(state, {windowSeconds: event.seconds});
		case 'targets-left':
			return withSampler(atRest(state), {mode: 'off', targets: [], podAnswers: new Map()});
		case 'curl-pod-planned':
			return withSampler(state, {plan: event.plan});
		case 'target-chosen':
			return event.id === state.sampler.chosen ? state : withSampler(state, {chosen: event.id});
		case 'sampler-paced':
			return changeTarget(state, event.id, target => ({...target, pace: paceOf(target, event)}));
		case 'sampled':
			return sampled(state, event.id, event.sample);
		case 'pod-sampled':
			return withSampler(state, {podAnswers: podAnswersAfter(state, event)});
	}
}

function withSampler(state: State, change: Partial<SamplerState>): State {
	return {...state, sampler: {...state.sampler, ...change}};
}

// Pods come and go for days: those that are gone are swept out now and then.
const mostGone = 50;

function podAnswersAfter({pods, sampler: {podAnswers}}: State, {podUid, sample}: Extract<SamplerEvent, {type: 'pod-sampled'}>): SamplerState['podAnswers'] {
	const kept = podAnswers.size > pods.size + mostGone ? [...podAnswers].filter(([uid]) => pods.has(uid)) : podAnswers;
	return new Map(kept).set(podUid, sample);
}

function changeTarget(state: State, id: number, change: (target: TargetState) => TargetState): State {
	const index = state.sampler.targets.findIndex(target => target.id === id);
	const target = state.sampler.targets[index];
	return target === undefined ? state : withSampler(state, {targets: state.sampler.targets.with(index, change(target))});
}

/** The same target by the same way goes on where it was stopped; another one begins anew: their answers have nothing to do with each other. */
function started({targets}: SamplerState, event: Extract<SamplerEvent, {type: 'sampler-started'}>): readonly TargetState[] {
	const known = targets.find(({id}) => id === event.id);
	const isSame = known?.target === event.target && known.route === event.route;
	const begun = isSame
		? {...known, intervalMs: event.intervalMs, traits: event.traits, pace: undefined}
		: newTarget({id: event.id, since: event.at, target: event.target, route: event.route, intervalMs: event.intervalMs, traits: event.traits});
	return [...targets.filter(({id}) => id !== event.id), begun].toSorted((left, right) => left.id - right.id);
}

function paceOf({intervalMs: asked}: TargetState, {intervalMs, reason}: Extract<SamplerEvent, {type: 'sampler-paced'}>): TargetState['pace'] {
	return intervalMs === asked && reason === undefined ? undefined : {intervalMs, reason};
}

function sampled(state: State, id: number, sample: Sample): State {
	const before = state.sampler.targets.find(target => target.id === id);
	if (before === undefined) return state;
	const window = addSample(before.window, sample);
	const target = {...before, window, shareTest: addToShareTest(before.shareTest, sample)};
	const subject = subjectOf(state, before);
	const told = addEntries(
		changeTarget(state, id, () => target),
		versionTurns(before.window, window, sample).map(turn => ({...turn, subject})),
	);
	return withOutages(told, target, addToOutages(target.outages, sample));
}

/** With several targets a version's first answer is one target's, and so is an outage. */
function subjectOf({sampler: {targets}}: State, {target}: TargetState): string | undefined {
	return targets.length > 1 ? target : undefined;
}

function withOutages(state: State, target: TargetState, outages: OutageLog): State {
	const teller = {key: outageKey(target), subject: subjectOf(state, target)};
	return withTimeline(
		changeTarget(state, target.id, known => ({...known, outages})),
		tellOutages(state.timeline, target.outages, outages, teller),
	);
}

/** Nothing is sent any more: no target is slowed down, and what failed at last does not go on failing. */
function atRest(state: State): State {
	return state.sampler.targets.reduce((current, target) => {
		const resting = changeTarget(current, target.id, known => ({...known, pace: undefined}));
		return withOutages(resting, target, stopOutages(target.outages));
	}, state);
}
