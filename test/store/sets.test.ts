import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {historyEntries} from '../../src/domain/k8s-event-entries.ts';
import {isNamedAfter} from '../../src/domain/named-after.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {revisionKey} from '../../src/domain/revision-key.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {rolloutView} from '../../src/store/selectors/rollout-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {k8sEvent, pod, start, template} from '../domain/cluster-objects.ts';
import {controllerRevision, statefulSet} from '../domain/set-objects.ts';

const target = {context: 'c', server: 's', namespace: 'prod', kind: 'StatefulSet', name: 'db'} as const;
const [a, b] = [controllerRevision('s', 'db-a', 1, 'app:v1'), controllerRevision('s', 'db-b', 2, 'app:v2')];
const updating = statefulSet({
	updateRevision: 'db-b',
	generation: 2,
	observedGeneration: 2,
	resourceVersion: '2',
	template: template('app:v2'),
	replicas: {updated: 1},
});
const podOf = (ordinal: number, revision: string, isReady: boolean, change: Partial<Pod> = {}) =>
	pod(`db-${ordinal}`, revisionKey('s', revision), isReady, change);

const play = (events: readonly Event[], from: State = initialState(target, start, 60)) => events.reduce(reduce, from);
const listed = (...pods: readonly Pod[]): readonly Event[] => [
	{type: 'listed', stream: 'workloads', items: [updating], at: start},
	{type: 'listed', stream: 'revisions', items: [a, b], at: start},
	{type: 'listed', stream: 'pods', items: pods, at: start},
];
const countsOf = (state: State, name: string) => state.replicaSets.get(revisionKey('s', name));

describe('the pods of a ControllerRevision', () => {
	test('are counted, whichever stream comes first', () => {
		const pods = [podOf(0, 'db-a', true), podOf(1, 'db-a', true, {deletedAt: start}), podOf(2, 'db-b', false)];
		for (const events of [listed(...pods), listed(...pods).toReversed()]) {
			const state = play(events);
			expect(countsOf(state, 'db-a')).toMatchObject({desired: 1, current: 1, ready: 1, available: 1, terminating: 1});
			expect(countsOf(state, 'db-b')).toMatchObject({desired: 3, current: 1, ready: 0, available: 0, terminating: 0});
		}
	});

	test('of a revision that goes to some pods only are to be as many as the partition lets through', () => {
		const held = {...updating, rollingUpdate: {partition: 2}};
		const state = play([{type: 'listed', stream: 'workloads', items: [held], at: start}, ...listed(podOf(2, 'db-b', true)).slice(1)]);
		expect(countsOf(state, 'db-b')?.desired).toBe(1);
	});

	test('count as available by time alone', () => {
		const patient = {...updating, minReadySeconds: 10};
		const events: readonly Event[] = [{type: 'listed', stream: 'workloads', items: [patient], at: start}, ...listed(podOf(2, 'db-b', true)).slice(1)];
		const state = play(events);
		expect(countsOf(state, 'db-b')?.available).toBe(0);
		expect(countsOf(play([{type: 'ticked', at: start + 11_000}], state), 'db-b')?.available).toBe(1);
	});

	test('are as many in all as there are, and what changes nothing keeps the state', () => {
		const some = fc.array(fc.record({revision: fc.constantFrom('db-a', 'db-b'), isReady: fc.boolean(), isGoing: fc.boolean(), isOver: fc.boolean()}), {
			maxLength: 8,
		});
		fc.assert(
			fc.property(some, specs => {
				const pods = specs.map(({revision, isReady, isGoing, isOver}, ordinal) =>
					podOf(ordinal, revision, isReady, {...(isGoing ? {deletedAt: start} : {}), ...(isOver ? {phase: 'Failed'} : {})}),
				);
				const state = play(listed(...pods));
				const sum = (of: 'current' | 'ready' | 'terminating') => [...state.replicaSets.values()].reduce((total, one) => total + (one[of] ?? 0), 0);
				expect(sum('current')).toBe(specs.filter(({isGoing, isOver}) => !(isGoing || isOver)).length);
				expect(sum('ready')).toBe(specs.filter(({isReady, isGoing, isOver}) => isReady && !(isGoing || isOver)).length);
				expect(sum('terminating')).toBe(specs.filter(({isGoing, isOver}) => isGoing && !isOver).length);
				expect(play([{type: 'listed', stream: 'pods', items: pods, at: start}], state).replicaSets).toBe(state.replicaSets);
			}),
		);
	});

	test('an undo raises its number: the one that it had is remembered, and told', () => {
		const before = play(listed(podOf(0, 'db-a', true)));
		const undone = {...updating, generation: 3, resourceVersion: '3', template: template('app:v1')};
		const state = play(
			[
				{type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object: undone}], at: start + 1000},
				{type: 'changed', stream: 'revisions', changes: [{kind: 'observed', object: {...a, revisionText: '3', resourceVersion: '9'}}], at: start + 2000},
			],
			before,
		);
		expect(countsOf(state, 'db-a')).toMatchObject({revisionText: '3', formerNumbers: [1], current: 1});
		const told = state.timeline.map(({text}) => text);
		expect(told).toContain('rolled back to revision 1: image app:v2 → v1');
		expect(told).toContain('revision 3 began: image app:v2 → v1');
	});
});

describe('what is told of a set', () => {
	test('that it is through names its revision, and how far a partition lets it go', () => {
		const state = play(listed(podOf(2, 'db-b', true)));
		const through = (change: object) => ({...updating, resourceVersion: '3', ...change});
		const tell = (object: typeof updating) =>
			play([{type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object}], at: start + 1000}], state).timeline.map(({text}) => text);
		expect(tell(through({replicas: {...updating.replicas, updated: 3}}))).toContain('revision 2 is rolled out: 3 available');
		expect(tell(through({rollingUpdate: {partition: 2}}))).toContain('revision 2 is rolled out to 1 of 3 pods (partition): 3 available');
	});

	test('that it was deleted is said by its kind', () => {
		const state = play([{type: 'changed', stream: 'workloads', changes: [{kind: 'gone', uid: 's'}], at: start + 1000}], play(listed()));
		expect(state.timeline.map(({text}) => text)).toContain('the StatefulSet was deleted');
	});

	test.each([
		['StatefulSet', 'SuccessfulCreate', 'create Pod db-2 in StatefulSet db successful', 'db-2', 'created'],
		['StatefulSet', 'SuccessfulDelete', 'Delete Pod db-2 in StatefulSet db successful', 'db-2', 'deleted'],
		['DaemonSet', 'SuccessfulCreate', 'Created pod: agent-x2x7k', 'agent-x2x7k', 'created'],
	])('an event of a %s (%s) is its pod’s history', (kind, reason, message, subject, text) => {
		expect(historyEntries([k8sEvent(reason, message, {object: {kind, name: 'x', uid: 'x'}})])).toMatchObject([{subject, text}]);
	});

	test.each([
		['StatefulSet', 'Pod', 'db-0', true],
		['StatefulSet', 'Pod', 'db-x2x7k', false],
		['StatefulSet', 'Pod', 'db-backup-0', false],
		['StatefulSet', 'StatefulSet', 'db', true],
		['StatefulSet', 'Deployment', 'db', false],
		['DaemonSet', 'Pod', 'db-x2x7k', true],
		['DaemonSet', 'Pod', 'db-59dbb8-x2x7k', false],
		['DaemonSet', 'DaemonSet', 'db', true],
		['Deployment', 'Pod', 'db-59dbb8-x2x7k', true],
		['Deployment', 'Pod', 'db-0', false],
		['ArgoRollout', 'Rollout', 'db', true],
	] as const)('of the %s db is the %s %s: %s', (kind, object, name, isIts) => {
		expect(isNamedAfter({kind, name: 'db'})({kind: object, name})).toBe(isIts);
	});
});

describe('a partition is named where it keeps a question from what it seems to do', () => {
	const held = {...updating, rollingUpdate: {partition: 2}, replicas: {...updating.replicas, updated: 2}};
	const pods = [podOf(0, 'db-a', true), podOf(1, 'db-b', true), podOf(2, 'db-b', true)];
	const state = play([{type: 'listed', stream: 'workloads', items: [held], at: start}, ...listed(...pods).slice(1)]);
	const notesOf = (command: WorkloadCommand) => {
		const view = confirmView(focused(state), command);
		return 'refusal' in view ? [view.refusal.message] : view.notes;
	};

	test('an undo leaves what is below it', () => {
		expect(notesOf({kind: 'undo', toRevision: undefined})).toContain('db-1 is below the partition and keeps its template: set it lower, too (P).');
	});

	test('a restart replaces those from it on', () => {
		const note = 'A new revision of the same template replaces 1 of 3 pods, those from ordinal 2 on, 1 at a time. The others keep what they have (partition).';
		expect(notesOf({kind: 'restart'})).toContain(note);
	});

	test('no more are told to be kept than are left', () => {
		const facts = rolloutFacts(focused(state), state.now);
		if (facts === undefined) throw new Error('nothing was seen');
		const {lanes} = rolloutView(state, facts, state.now);
		expect(lanes[1]?.text).toBe('1/3 left · 1 kept (partition) · 0 terminating');
	});
});
