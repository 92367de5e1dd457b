import {logExpectation} from '../domain/mix/expected-over.ts';
import {expectationChanged} from '../domain/mix/share-test.ts';
import type {TargetState} from './sampler-state.ts';
import type {State} from './state.ts';
import {expectedAt} from './target-service.ts';

function withExpectation(target: TargetState, state: State, at: number): TargetState {
	const shares = expectedAt(state, target);
	const shareTest = expectationChanged(target.shareTest, at, shares);
	if (shareTest === target.shareTest) return target;
	return {...target, shareTest, expectations: logExpectation(target.expectations, {since: at, shares})};
}

/** The state with what each target's answers are to be compared with from `at` (epoch ms) on: the share test must know when that changed. */
export function withExpectations(state: State, at: number): State {
	const {mode, targets: before} = state.sampler;
	if (mode !== 'running') return state;
	const targets = before.map(target => withExpectation(target, state, at));
	return targets.every((target, index) => target === before[index]) ? state : {...state, sampler: {...state.sampler, targets}};
}
