import {describe, expect, it} from 'vitest';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import type {Deployment} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {revisionRows} from '../../src/store/selectors/revision-rows.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {stepsView} from '../../src/store/selectors/steps-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {replicaSet, start, template, workload} from '../domain/cluster-objects.ts';

const minute = 60_000;
const at = (minutes: number) => start + minutes * minute;
const target = {context: 'c', server: 'https://s', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const full = {desired: 3, current: 3, ready: 3, available: 3};
let version = 1;

function stateAfter(...events: readonly Event[]): State {
	return events.reduce(reduce, initialState(target, start, 60));
}

function saw(minutes: number, change: Partial<Deployment>): Event {
	version += 1;
	return {type: 'listed', stream: 'workloads', items: [workload({resourceVersion: `${version}`, ...change})], at: at(minutes)};
}

function listed(minutes: number, ...items: readonly ReplicaSet[]): Event {
	return {type: 'listed', stream: 'revisions', items, at: at(minutes)};
}

function changed(minutes: number, ...objects: readonly ReplicaSet[]): Event {
	version += 1;
	const changes = objects.map(object => ({kind: 'observed', object: {...object, resourceVersion: `${version}`}}) as const);
	return {type: 'changed', stream: 'revisions', changes, at: at(minutes)};
}

function told(state: State, now: number) {
	const facts = rolloutFacts(focused(state), now);
	if (facts === undefined) throw new Error('the workload is known');
	return {rows: revisionRows(facts, state, now), steps: stepsView(facts, state, now).rows};
}

const cause = (text: string): Pick<ReplicaSet, 'annotations'> => ({annotations: {'kubernetes.io/change-cause': text}});
const a = (change: Partial<ReplicaSet> = {}) => replicaSet('web-a', 1, 'app:v1', {...cause('first'), ...change});
const b = (change: Partial<ReplicaSet> = {}) => replicaSet('web-b', 2, 'app:v2', {...cause('first'), ...change});

describe('what is watched of ReplicaSets', () => {
	it('is kept: when one grew, was emptied, and had all pods last', () => {
		const state = stateAfter(saw(0, {}), listed(1, a(full), b()), changed(2, b({desired: 1})), changed(3, a({...full, desired: 2})), changed(4, a()));
		expect(state.traces.get('web-a')).toEqual({grewAt: undefined, emptiedAt: at(4), completeAt: at(3)});
		expect(state.traces.get('web-b')).toEqual({grewAt: at(2), emptiedAt: undefined, completeAt: undefined});
	});

	it('goes with the ReplicaSet, and stays the same object as long as nothing is new', () => {
		const before = stateAfter(saw(0, {}), listed(1, a(full), b()));
		expect(reduce(before, changed(2, b({conditions: []}))).traces).toBe(before.traces);
		expect(reduce(before, {type: 'changed', stream: 'revisions', changes: [{kind: 'gone', uid: 'web-a'}], at: at(2)}).traces.size).toBe(0);
	});
});

describe('the list of revisions', () => {
	it('says what differs, when each was active, and which was last available', () => {
		const state = stateAfter(
			saw(0, {template: template('app:v2')}),
			listed(1, a(full), b({desired: 1, createdAt: at(1)})),
			changed(2, a({...full, desired: 2})),
			changed(5, a()),
		);
		expect(told(state, at(10)).rows).toMatchObject([
			{revision: 2, current: true, differs: [], isCauseStale: true, lastActive: {when: 'now', lasted: '9m'}, lastAvailable: undefined},
			{
				revision: 1,
				current: false,
				differs: ['image v2→v1'],
				isCauseStale: false,
				lastActive: {when: '5m ago', lasted: '4m'},
				lastAvailable: {evidence: 'seen', at: at(2)},
			},
		]);
	});

	it('tells the numbers that a ReplicaSet had, and what comes back is no change', () => {
		const reused = replicaSet('web-a', 3, 'app:v1', {...full, annotations: {'deployment.kubernetes.io/revision-history': '1'}});
		const {rows, steps} = told(stateAfter(saw(0, {template: template('app:v1')}), listed(1, reused, b())), at(10));
		expect(rows).toMatchObject([
			{revision: 3, formerNumbers: [1], lastAvailable: {evidence: 'now'}},
			{revision: 2, formerNumbers: []},
		]);
		expect(steps).toMatchObject([{revision: 3, change: undefined}]);
	});
});

describe('the last changes', () => {
	it('say what each of them changed, with what was written for it', () => {
		const {steps} = told(stateAfter(saw(0, {template: template('app:v2')}), listed(1, a(), b(full))), at(10));
		expect(steps).toMatchObject([
			{revision: 2, change: ['image v1→v2'], changeCause: 'first', missing: 0},
			{revision: 1, change: undefined, missing: 0},
		]);
	});

	it('begin with the template that is not rolled out, where there is one', () => {
		const {steps} = told(stateAfter(saw(0, {template: template('app:v3'), paused: true}), listed(1, a(), b(full))), at(10));
		expect(steps).toMatchObject([{revision: undefined, change: ['image v2→v3']}, {revision: 2, change: ['image v1→v2']}, {revision: 1}]);
	});
});
