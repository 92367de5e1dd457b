import {describe, expect, it} from 'vitest';
import {runOnce} from '../../src/app/run-once.ts';
import type {Session} from '../../src/app/session.ts';
import type {Options} from '../../src/cli/options.ts';
import {toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import type {DisruptionBudget} from '../../src/domain/disruption-budget.ts';
import {sideStreamNames, streamNames} from '../../src/domain/stream.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState} from '../../src/store/state.ts';
import {createStore} from '../../src/store/store.ts';
import {pod, replicaSet, template, workload} from '../domain/cluster-objects.ts';

const now = Date.UTC(2026, 10, 21, 14, 3, 22);

it('does not wait for samples that never come: it says what ended the curl loop', async () => {
	const store = createStore(initialState({context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'}, now, 60), reduce, run => run());
	const settled = [...streamNames, ...sideStreamNames].map(
		(stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'forbidden', since: now, reason: 'no right'}}),
	);
	for (const event of settled) store.dispatch(event);
	let failure: Error | undefined;
	const sampler = {isRunning: () => true, failure: () => failure, stop: () => {}};
	const session = {store, now: () => now, view: {snapshot: () => createScreenView()(store.snapshot())}, sampler} as unknown as Session;
	const options = {sampler: toSamplerOptions({curl: ['svc/d'], samples: 3})} as Options;
	const ended = runOnce(session, options, () => {}, new AbortController().signal);
	failure = new Error('the curl pod is over');
	store.dispatch({type: 'sampler-refused', problem: failure.message, at: now});
	await expect(ended).rejects.toThrow('the curl pod is over');
});

describe('autoscalers and disruption budgets, which come last', () => {
	const budget: DisruptionBudget = {
		uid: 'b',
		name: 'all-of-them',
		resourceVersion: '1',
		selector: {matchLabels: {app: 'web'}},
		allowed: 0,
		healthy: 3,
		neededHealthy: 3,
		expected: 3,
	};
	const blocked = workload({
		template: template('app:v2'),
		revisionText: '2',
		replicas: {desired: 3, current: 4, updated: 1, ready: 3, available: 3, unavailable: 1, terminating: 0},
	});
	const lists: readonly Event[] = [
		{type: 'listed', stream: 'deployments', items: [blocked], at: now},
		{
			type: 'listed',
			stream: 'replicasets',
			items: [replicaSet('a', 1, 'app:v1', {desired: 3, current: 3, ready: 3, available: 3}), replicaSet('b', 2, 'app:v2', {desired: 1, current: 1})],
			at: now,
		},
		{type: 'listed', stream: 'pods', items: [pod('b-1', 'b', false), ...['1', '2', '3'].map(name => pod(`a-${name}`, 'a', true))], at: now},
		{type: 'listed', stream: 'events', items: [], at: now},
		{type: 'listed', stream: 'services', items: [], at: now},
		{type: 'listed', stream: 'endpointslices', items: [], at: now},
	];

	function once(signal = new AbortController().signal) {
		const store = createStore(initialState({context: 'c', server: 'https://s', namespace: 'prod', kind: 'Deployment', name: 'web'}, now, 60), reduce, run =>
			run(),
		);
		for (const event of lists) store.dispatch(event);
		const written: string[] = [];
		const session = {
			store,
			now: () => now,
			view: {snapshot: () => createScreenView()(store.snapshot())},
			sampler: {isRunning: () => false},
		} as unknown as Session;
		const ended = runOnce(session, {output: 'json'} as Options, text => written.push(text), signal);
		const kinds = () => (JSON.parse(written.join('')) as {rollout: {stuck: readonly {kind: string}[]}}).rollout.stuck.map(({kind}) => kind);
		return {store, written, ended, kinds};
	}

	it('are waited for, and told', async () => {
		const {store, written, ended, kinds} = once();
		store.dispatch({type: 'listed', stream: 'autoscalers', items: [], at: now});
		await new Promise(resolve => setImmediate(resolve));
		expect(written).toEqual([]);
		store.dispatch({type: 'listed', stream: 'disruptionbudgets', items: [budget], at: now});
		await ended;
		expect(kinds()).toContain('disruption-budget');
	});

	it('are not waited for where they may not be read', async () => {
		const {store, ended, kinds} = once();
		for (const stream of sideStreamNames) store.dispatch({type: 'stream-changed', stream, condition: {kind: 'forbidden', since: now, reason: 'no right'}});
		await ended;
		expect(kinds()).not.toContain('disruption-budget');
	});

	it('hold nothing up for ever', async () => {
		const {ended, written} = once();
		await ended;
		expect(written).toHaveLength(1);
	});

	it('end with the program', async () => {
		const stop = new AbortController();
		const {ended, written} = once(stop.signal);
		stop.abort();
		expect(await ended).toBeUndefined();
		expect(written).toEqual([]);
	});
});
