import {describe, expect, it} from 'vitest';
import {workloadSnapshot} from '../../src/app/json-snapshot.ts';
import type {Deployment} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {rolloutView} from '../../src/store/selectors/rollout-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {autoscaler, condition, pod, replicaSet, start, template, workload} from '../domain/cluster-objects.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const streams = ['workloads', 'revisions', 'pods', 'events'] as const;
const half = {desired: 3, current: 4, updated: 2, ready: 3, available: 3, unavailable: 1, terminating: 0};
const v2: Partial<Deployment> = {
	template: template('app:v2'),
	generation: 2,
	observedGeneration: 2,
	replicas: half,
	strategy: {type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0},
};

let version = 100;
const seen = (change: Partial<Deployment>, at: number): Event => ({
	type: 'changed',
	stream: 'workloads',
	changes: [{kind: 'observed', object: workload({...change, resourceVersion: String(version++)})}],
	at,
});

/** `web` half-way from v1 to v2: one new pod was available after 10 s, the second one is ready since a second. */
function halfWay(now = start + 20_000): State {
	const readyAt = (name: string, createdAt: number, at: number) =>
		pod(name, 'web-b', true, {createdAt, conditions: [condition('Ready', 'True', {lastTransitionAt: at})]});
	const lists: readonly Event[] = [
		...streams.map((stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'live', since: start}})),
		{type: 'listed', stream: 'workloads', items: [workload({...v2, minReadySeconds: 5})], at: now},
		{
			type: 'listed',
			stream: 'revisions',
			items: [
				replicaSet('web-a', 1, 'app:v1', {desired: 2, current: 2, ready: 2, available: 2}),
				replicaSet('web-b', 2, 'app:v2', {createdAt: start, desired: 2, current: 2, ready: 2, available: 1}),
			],
			at: now,
		},
		{
			type: 'listed',
			stream: 'pods',
			items: [
				readyAt('web-b-x2x7k', start + 10_000, now - 1000),
				readyAt('web-b-first', start, start + 5000),
				pod('web-a-1', 'web-a', true),
				pod('web-a-2', 'web-a', true),
			],
			at: now,
		},
		{type: 'listed', stream: 'events', items: [], at: now},
		{type: 'ticked', at: now},
	];
	return lists.reduce(reduce, initialState(target, now, 60));
}

function factsOf(state: State) {
	const facts = rolloutFacts(focused(state), state.now);
	if (facts === undefined) throw new Error('no workload');
	return facts;
}

const kinds = (state: State) => factsOf(state).findings.map(({kind}) => kind);
const notes = (state: State) => rolloutView(focused(state), factsOf(state), state.now).notes.map(({text}) => text);
const ticked = (state: State, at: number) => reduce(state, {type: 'ticked', at});

describe('a rollout that goes well', () => {
	it('says how long it will take, and what it waits for, in pods', () => {
		expect(notes(halfWay())).toEqual([
			'About 14s until the last 2 new pods are available.',
			'May run 4, must keep 3 available; now waits for x2x7k to be ready for 5s (4s left).',
		]);
	});

	it('gives scripts the same', () => {
		const state = focused(halfWay());
		const facts = factsOf(state);
		expect(workloadSnapshot({state, facts, replicaSets: [], pods: []}).rollout).toMatchObject({
			verdict: {kind: 'on-its-way', text: '1 of 3 new pods are available and nothing is wrong', since: '2026-11-21T14:00:20Z', next: null},
			verdictTakenBack: null,
			eta: {availableAt: '2026-11-21T14:00:34Z', seconds: 14, pods: 2},
			strategy: {mayRun: 4, mustKeep: 3, next: 'available', text: expect.stringMatching(/^may run 4, must keep 3 available; now waits for x2x7k/)},
			stuck: [{kind: 'min-ready-seconds', pod: 'web-b-x2x7k', hope: 'waits'}],
		});
	});

	it('says nothing of the time while a person holds it', () => {
		const paused = reduce(halfWay(), seen({...v2, minReadySeconds: 5, paused: true}, start + 21_000));
		expect(factsOf(paused).eta).toBeUndefined();
		expect(notes(paused)).toEqual([expect.stringMatching(/^Paused/)]);
	});
});

describe('what the objects do not tell', () => {
	it('is since when the controller has not looked', () => {
		const at = start + 30_000;
		const changed = reduce(halfWay(), seen({...v2, generation: 3}, at));
		expect(kinds(ticked(changed, at + 4000))).not.toContain('not-observed');
		const late = reduce(ticked(changed, at + 4000), seen({...v2, generation: 4}, at + 4000));
		expect(factsOf(ticked(late, at + 6000)).findings[0]).toMatchObject({kind: 'not-observed', sinceAt: at});
		const looked = reduce(late, seen({...v2, generation: 4, observedGeneration: 4}, at + 7000));
		expect(kinds(ticked(looked, at + 20_000))).not.toContain('not-observed');
	});

	it('is that an autoscaler has scaled it meanwhile, from the first number to the last', () => {
		const events: readonly Event[] = [
			{type: 'listed', stream: 'autoscalers', items: [autoscaler({desired: 5})], at: start},
			seen({...v2, replicas: {...half, desired: 4}}, start + 21_000),
			seen({...v2, replicas: {...half, desired: 6}}, start + 22_000),
		];
		const state = events.reduce(reduce, halfWay());
		expect(factsOf(state).findings).toContainEqual(
			expect.objectContaining({kind: 'autoscaler-scaling', message: 'has scaled it meanwhile from 3 to 6 pods (it keeps 2 to 9)', sinceAt: start + 22_000}),
		);
		// The next rollout knows nothing of it.
		const next = reduce(state, seen({...v2, template: template('app:v3'), generation: 3, replicas: {...half, desired: 6}}, start + 30_000));
		expect(kinds(next)).not.toContain('autoscaler-scaling');
	});

	it('is no scaling of a rollout while nothing rolls', () => {
		const done = {desired: 3, current: 3, updated: 3, ready: 3, available: 3, unavailable: 0, terminating: 0};
		const rested = reduce(halfWay(), seen({...v2, replicas: done}, start + 21_000));
		const scaled = reduce(rested, seen({...v2, replicas: {...done, desired: 5}}, start + 22_000));
		expect(scaled.workloads.get('web')?.memory?.rescaled).toBeUndefined();
	});
});
