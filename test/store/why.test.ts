import {describe, expect, it} from 'vitest';
import {reduce} from '../../src/store/reduce.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {whyView} from '../../src/store/selectors/why-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {k8sEvent, pod, replicaSet, start, status, template, termination, waitingFor, workload} from '../domain/cluster-objects.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const now = start + 60_000;

/** Two of three new pods crash; the old ones serve. */
function crashing(): State {
	const seen = workload({
		template: template('app:v2'),
		revisionText: '2',
		replicas: {desired: 3, current: 5, updated: 2, ready: 3, available: 3, unavailable: 2, terminating: undefined},
	});
	const sets = [replicaSet('web-a', 1, 'app:v1', {desired: 3, current: 3, ready: 3, available: 3}), replicaSet('web-b', 2, 'app:v2', {desired: 2, current: 2})];
	const loop = status(waitingFor('CrashLoopBackOff', 'back-off 40s'), {restartCount: 3, lastTermination: termination({finishedAt: start + 50_000})});
	const pods = [
		...['1', '2'].map(letter => pod(`web-b-${letter}`, 'web-b', false, {containerStatuses: [loop]})),
		...['1', '2', '3'].map(letter => pod(`web-a-${letter}`, 'web-a', true)),
	];
	const backOff = (name: string, count: number, lastAt: number) =>
		k8sEvent('BackOff', `Back-off 40s restarting failed container app in pod ${name}_prod`, {
			uid: `back-off-${name}`,
			type: 'Warning',
			count,
			lastAt,
			object: {kind: 'Pod', name, uid: name},
		});
	const events = [backOff('web-b-1', 4, start + 40_000), backOff('web-b-2', 3, start + 55_000), backOff('web-a-1', 9, start + 58_000)];
	const initial = initialState(target, now, 60);
	const live = {condition: {kind: 'live' as const, since: start}, synced: true, heardAt: now};
	return {
		...initial,
		streams: Object.fromEntries(Object.keys(initial.streams).map(name => [name, live])) as State['streams'],
		workloads: new Map([[seen.name, {workload: seen, gone: false, rollout: undefined}]]),
		replicaSets: new Map(sets.map(set => [set.uid, set])),
		pods: new Map(pods.map(one => [one.uid, one])),
		k8sEvents: new Map(events.map(event => [event.uid, event])),
	};
}

function why(state: State) {
	const facts = rolloutFacts(focused(state), state.now);
	if (facts === undefined) throw new Error('no facts');
	return whyView(state, facts, state.now);
}

const read = (state: State, lines: readonly string[], podUid = 'web-b-1') =>
	reduce(state, {type: 'log-tail', tail: {podUid, container: 'app', previous: true, lines}});

describe('why a rollout is stuck', () => {
	it('names each finding with what to do, worst first', () => {
		const [worst] = why(crashing()).findings;
		expect(worst).toMatchObject({tone: 'bad', text: expect.stringContaining('web-b-1'), advice: expect.any(String)});
		expect(worst?.text).toContain('and 1 more pod');
	});

	it('tells what new pods’ events say once, newest first, counted; those of old pods not at all', () => {
		expect(why(crashing()).events).toEqual([
			{age: '5s', type: 'Warning', reason: 'BackOff', message: expect.stringContaining('web-b-2_prod'), times: '×7, 2 pods'},
		]);
	});

	it('says of which container and run the last log lines are', () => {
		expect(why(crashing()).log).toEqual({title: 'Last log lines · web-b-1 · app · run before the restart', lines: []});
		expect(why(read(crashing(), ['starting', 'Error: no configuration'])).log?.lines).toEqual(['starting', 'Error: no configuration']);
	});

	it('explains the strategy in pods', () => {
		expect(why(crashing()).facts.find(({label}) => label === 'strategy')?.value).toMatch(/^may run \d+, must keep \d+ available/);
	});

	it('has nothing to say of a log that nobody asked for', () => {
		const state = {...crashing(), pods: new Map()};
		expect(why(state).log).toBeUndefined();
		expect(why(state).findings.filter(({tone}) => tone === 'bad')).toEqual([]);
	});
});

describe('the last log line', () => {
	it('stands in the finding’s sentence, or below it', () => {
		const view = createScreenView();
		const texts = (state: State) =>
			view(state)
				.rollout?.notes.map(({text}) => text)
				.join('\n') ?? '';
		expect(texts(crashing())).not.toContain('no configuration');
		expect(texts(read(crashing(), ['Error: no configuration']))).toContain('Error: no configuration');
		expect(texts(read(crashing(), ['Error: no configuration'])).match(/no configuration/g)).toHaveLength(1);
	});

	it('is read of the worst container, of the run that crashed', () => {
		expect(createScreenView()(crashing()).failing).toEqual({
			podUid: 'web-b-1',
			pod: 'web-b-1',
			container: 'app',
			previous: true,
			restarts: 3,
			lines: undefined,
		});
	});
});
