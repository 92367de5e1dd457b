import {describe, expect, it} from 'vitest';
import {runOnce} from '../../src/app/run-once.ts';
import type {Session} from '../../src/app/session.ts';
import type {Options} from '../../src/cli/options.ts';
import {toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import {sideStreamNames, streamNames} from '../../src/domain/stream.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState} from '../../src/store/state.ts';
import {createStore} from '../../src/store/store.ts';
import {disruptionBudget, pod, replicaSet, status, template, termination, waitingFor, workload} from '../domain/cluster-objects.ts';

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

const blocked = workload({
	template: template('app:v2'),
	revisionText: '2',
	replicas: {desired: 3, current: 4, updated: 1, ready: 3, available: 3, unavailable: 1, terminating: 0},
});
const lists: readonly Event[] = [
	{type: 'listed', stream: 'workloads', items: [blocked], at: now},
	{
		type: 'listed',
		stream: 'revisions',
		items: [replicaSet('a', 1, 'app:v1', {desired: 3, current: 3, ready: 3, available: 3}), replicaSet('b', 2, 'app:v2', {desired: 1, current: 1})],
		at: now,
	},
	{type: 'listed', stream: 'pods', items: [pod('b-1', 'b', false), ...['1', '2', '3'].map(name => pod(`a-${name}`, 'a', true))], at: now},
	{type: 'listed', stream: 'events', items: [], at: now},
	{type: 'listed', stream: 'services', items: [], at: now},
	{type: 'listed', stream: 'endpointslices', items: [], at: now},
];

type Around = {readonly signal?: AbortSignal; readonly readLogTail?: Session['readLogTail']};

function once(events: readonly Event[], {signal = new AbortController().signal, readLogTail = async () => []}: Around = {}) {
	const store = createStore(initialState({context: 'c', server: 'https://s', namespace: 'prod', kind: 'Deployment', name: 'web'}, now, 60), reduce, run =>
		run(),
	);
	for (const event of events) store.dispatch(event);
	const written: string[] = [];
	const session = {
		store,
		now: () => now,
		view: {snapshot: () => createScreenView()(store.snapshot())},
		sampler: {isRunning: () => false},
		readLogTail,
	} as unknown as Session;
	const ended = runOnce(session, {output: 'json'} as Options, text => written.push(text), signal);
	const stuck = () => (JSON.parse(written.join('')) as {rollout: {stuck: readonly {kind: string; message: string}[]}}).rollout.stuck;
	return {store, written, ended, kinds: () => stuck().map(({kind}) => kind), messages: () => stuck().map(({message}) => message)};
}

describe('autoscalers and disruption budgets, which come last', () => {
	const budget = disruptionBudget({uid: 'b', name: 'all-of-them'});
	it('are waited for, and told', async () => {
		const {store, written, ended, kinds} = once(lists);
		store.dispatch({type: 'listed', stream: 'autoscalers', items: [], at: now});
		await new Promise(resolve => setImmediate(resolve));
		expect(written).toEqual([]);
		store.dispatch({type: 'listed', stream: 'disruptionbudgets', items: [budget], at: now});
		await ended;
		expect(kinds()).toContain('disruption-budget');
	});

	it('are not waited for where they may not be read', async () => {
		const {store, ended, kinds} = once(lists);
		for (const stream of sideStreamNames) store.dispatch({type: 'stream-changed', stream, condition: {kind: 'forbidden', since: now, reason: 'no right'}});
		await ended;
		expect(kinds()).not.toContain('disruption-budget');
	});

	it('hold nothing up for ever', async () => {
		const {ended, written} = once(lists);
		await ended;
		expect(written).toHaveLength(1);
	});

	it('end with the program', async () => {
		const stop = new AbortController();
		const {ended, written} = once(lists, {signal: stop.signal});
		stop.abort();
		expect(await ended).toBeUndefined();
		expect(written).toEqual([]);
	});
});

describe('the last log line of what crashes', () => {
	const loop = status(waitingFor('CrashLoopBackOff', 'back-off 40s'), {restartCount: 3, lastTermination: termination({finishedAt: now - 10_000})});
	const newPods = [pod('b-1', 'b', false, {containerStatuses: [loop], resourceVersion: '2'}), ...['1', '2', '3'].map(name => pod(`a-${name}`, 'a', true))];
	const crashing: readonly Event[] = [
		...lists,
		{type: 'listed', stream: 'pods', items: newPods, at: now},
		...sideStreamNames.map((stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'forbidden', since: now, reason: 'no right'}})),
	];

	it('is read once, of the run before', async () => {
		const asked: unknown[] = [];
		const {ended, messages} = once(crashing, {
			readLogTail: async (...what) => {
				asked.push(what);
				return ['starting', 'Error: no configuration', ''];
			},
		});
		await ended;
		expect(asked).toEqual([['b-1', 'app', true]]);
		expect(messages()).toContainEqual(expect.stringMatching(/^container app crashes again and again: .*; its last line: Error: no configuration$/));
	});

	it.each<[reason: string, readLogTail: Session['readLogTail']]>([
		['may not be read', () => Promise.reject(new Error('forbidden'))],
		['never comes', () => new Promise(() => {})],
		['is empty', async () => []],
	])('is left out where the log %s', async (_reason, readLogTail) => {
		const {ended, messages} = once(crashing, {readLogTail});
		await ended;
		expect(messages()).toContainEqual(expect.stringMatching(/^container app crashes again and again/));
		expect(messages().join()).not.toContain('last line');
	});
});
