import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Condition} from '../../src/domain/condition.ts';
import type {Deployment, Workload} from '../../src/domain/workload.ts';
import type {WorkloadSelection} from '../../src/domain/workload-selection.ts';
import type {ObjectChange} from '../../src/store/event.ts';
import {createStore} from '../../src/store/store.ts';
import {mostCloser, wantedCloser} from '../../src/store/workload-list/closer-look.ts';
import {initialList, type WorkloadListEvent, type WorkloadListState} from '../../src/store/workload-list/list-state.ts';
import {createListView, listRows} from '../../src/store/workload-list/list-view.ts';
import {reduceList} from '../../src/store/workload-list/reduce-list.ts';
import {pod, replicaSet, start, status, workload} from '../domain/cluster-objects.ts';

const place = {context: 'prod', server: 'https://prod', namespace: 'prod'};
const everything: WorkloadSelection = {kind: 'matching', kinds: ['Deployment'], labelSelector: undefined, allNamespaces: false};
const empty = initialList(place, everything, start);

const exceeded: Condition = {
	type: 'Progressing',
	status: 'False',
	reason: 'ProgressDeadlineExceeded',
	message: '',
	lastUpdateAt: start,
	lastTransitionAt: start,
};
const standings = {
	complete: {},
	progressing: {replicas: {desired: 3, current: 3, updated: 1, ready: 3, available: 3, unavailable: 0, terminating: 0}},
	stalled: {conditions: [exceeded], replicas: {desired: 3, current: 4, updated: 1, ready: 3, available: 3, unavailable: 1, terminating: 0}},
	paused: {paused: true, replicas: {desired: 3, current: 3, updated: 1, ready: 3, available: 3, unavailable: 0, terminating: 0}},
} satisfies Record<string, Partial<Deployment>>;
type Standing = keyof typeof standings;

let version = 1;
const named = (name: string, standing: Standing = 'complete', change: Partial<Deployment> = {}): Deployment =>
	workload({uid: name, name, resourceVersion: String(version++), ...standings[standing], ...change});

const listed = (...items: readonly Workload[]): WorkloadListEvent => ({
	type: 'of-kind',
	kind: 'Deployment',
	event: {type: 'listed', stream: 'workloads', items, at: start},
});
const changed = (at: number, ...changes: readonly ObjectChange<Workload>[]): WorkloadListEvent => ({
	type: 'of-kind',
	kind: 'Deployment',
	event: {type: 'changed', stream: 'workloads', changes, at},
});
const observed = (object: Workload, at = start) => changed(at, {kind: 'observed', object});
const stateAfter = (events: readonly WorkloadListEvent[], state: WorkloadListState = empty) => events.reduce(reduceList, state);
const words = (state: WorkloadListState) => listRows(state).map(({name, word}) => `${name} ${word}`);

describe('a list of workloads', () => {
	it('is the same state when an object is written again and its line is the same', () => {
		const before = stateAfter([listed(named('a'), named('b'))]);
		const again = stateAfter([observed(named('a'))], before);
		expect(again.entries).toBe(before.entries);
	});

	it('puts problems first and keeps the order of equals, whatever comes in which order', () => {
		const standing = fc.constantFrom<Standing>('complete', 'progressing', 'stalled', 'paused');
		const many = fc.uniqueArray(fc.record({name: fc.stringMatching(/^[a-z]{1,4}$/), standing}), {selector: ({name}) => name, maxLength: 12});
		fc.assert(
			fc.property(many, fc.infiniteStream(fc.nat()), (wishes, shuffle) => {
				const one = stateAfter([listed(...wishes.map(({name, standing}) => named(name, standing)))]);
				const keys = wishes.map(wish => ({wish, key: shuffle.next().value ?? 0})).toSorted((left, right) => left.key - right.key);
				const other = stateAfter([listed(), ...keys.map(({wish}) => observed(named(wish.name, wish.standing)))]);
				expect(words(other)).toEqual(words(one));
				const ranks = listRows(one).map(({phase}) => ['stalled', 'paused', 'progressing', 'complete'].indexOf(phase ?? ''));
				expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
				for (const phase of Object.keys(standings)) {
					const names = listRows(one).flatMap(row => (row.phase === phase ? [row.name] : []));
					expect(names).toEqual(names.toSorted());
				}
			}),
		);
	});

	it('counts by state, problems first', () => {
		const state = stateAfter([listed(named('a'), named('b', 'stalled'), named('c'), named('d', 'progressing'))]);
		expect(createListView()(state).counts.map(({count, word}) => `${count} ${word}`)).toEqual(['1 stalled', '1 progressing', '2 complete']);
	});

	it('says what kubectl says of each, and what it waits for', () => {
		expect(listRows(stateAfter([listed(named('a', 'progressing'))]))[0]).toMatchObject({
			message: 'Waiting for deployment "a" rollout to finish: 1 out of 3 new replicas have been updated...',
			why: '1 of 3 pods updated',
			updated: 1,
			desired: 3,
		});
	});

	it('says who keeps one, by its labels', () => {
		const flux = {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'};
		const argo = {'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:prod/a'};
		const helm = {'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod'};
		const byHand = {'kubectl.kubernetes.io/last-applied-configuration': '{}'};
		const state = stateAfter([
			listed(
				named('a', 'complete', {annotations: argo}),
				named('b', 'complete', {labels: flux}),
				named('c', 'complete', {annotations: helm}),
				named('d', 'complete', {annotations: byHand}),
			),
		]);
		expect(listRows(state).map(({keeper}) => keeper)).toEqual(['Argo CD shop', 'Flux apps', 'Helm shop', '']);
	});

	it('lets go of what a later list does not have, and says so of what was named', () => {
		const selection: WorkloadSelection = {
			kind: 'named',
			workloads: [
				{kind: 'Deployment', name: 'a'},
				{kind: 'Deployment', name: 'b'},
			],
		};
		const events = [listed(named('a'), named('b')), listed(named('a'))];
		expect(words(stateAfter(events))).toEqual(['a COMPLETE']);
		const byName = stateAfter(events, initialList(place, selection, start));
		expect(words(byName)).toEqual(['a COMPLETE', 'b DELETED']);
		expect(words(stateAfter([observed(named('b', 'progressing', {uid: 'b2'}))], byName))).toEqual(['b PROGRESSING', 'a COMPLETE']);
	});

	it('says of each kind that may not be read that it may not, and goes on with the others', () => {
		const condition = {kind: 'forbidden', since: start, reason: 'no'} as const;
		const selection: WorkloadSelection = {...everything, kinds: ['Deployment', 'StatefulSet']};
		const refused: WorkloadListEvent = {type: 'of-kind', kind: 'StatefulSet', event: {type: 'stream-changed', stream: 'workloads', condition}};
		const live: WorkloadListEvent = {
			type: 'of-kind',
			kind: 'Deployment',
			event: {type: 'stream-changed', stream: 'workloads', condition: {kind: 'live', since: start}},
		};
		const view = createListView()(stateAfter([listed(named('a')), live, refused], initialList(place, selection, start)));
		expect(view.connection.kind).toBe('live');
		expect(view.remarks).toEqual([{tone: 'bad', text: 'statefulsets: FORBIDDEN: no'}]);
	});

	it('publishes a burst once, and rows that look the same are the same', () => {
		const flushes: (() => void)[] = [];
		const store = createStore(stateAfter([listed(...Array.from({length: 500}, (_, index) => named(`w${index}`)))]), reduceList, flush => flushes.push(flush));
		const viewOf = createListView();
		const before = viewOf(store.snapshot());
		for (let index = 0; index < 500; index++) store.dispatch(observed(named(`w${index}`, index === 7 ? 'stalled' : 'complete')));
		expect(flushes).toHaveLength(1);
		flushes[0]?.();
		const rows = viewOf(store.snapshot()).rows;
		expect(rows[0]).toMatchObject({name: 'w7', word: 'STALLED'});
		expect(rows.slice(1).every(row => before.rows.includes(row))).toBe(true);
	});
});

describe('those whose pods are followed', () => {
	const ticked = (at: number): WorkloadListEvent => ({type: 'ticked', at});

	it('are those that are not done, stalled ones first, and never too many', () => {
		const stalled = Array.from({length: 5}, (_, index) => named(`s${index}`, 'stalled'));
		const rolling = Array.from({length: 30}, (_, index) => named(`p${index}`, 'progressing'));
		const wanted = wantedCloser(stateAfter([listed(...rolling, ...stalled, named('done')), ticked(start + 1)]));
		expect(wanted).toHaveLength(mostCloser);
		expect(wanted.slice(0, 5).toSorted()).toEqual(['s0', 's1', 's2', 's3', 's4']);
		expect(wanted).not.toContain('done');
	});

	it('are not those that are done again at once', () => {
		const state = stateAfter([listed(named('a')), observed(named('a', 'progressing'), start + 1000), ticked(start + 2000)]);
		expect(wantedCloser(state)).toEqual([]);
		expect(wantedCloser(stateAfter([ticked(start + 3000)], state))).toEqual(['a']);
	});

	it('are followed until they are done', () => {
		const state = stateAfter([listed(named('a', 'progressing')), {type: 'closer-begun', uid: 'a', at: start}]);
		expect(wantedCloser(state)).toEqual(['a']);
		expect(wantedCloser(stateAfter([observed(named('a'))], state))).toEqual([]);
	});

	it('tell why, as their own screen would, and stand before what only goes on', () => {
		const one = (event: Extract<WorkloadListEvent, {type: 'of-one'}>['event']): WorkloadListEvent => ({type: 'of-one', uid: 'web', event});
		const failing = pod('web-b-1', 'web-b', false, {
			phase: 'Pending',
			containerStatuses: [status({kind: 'waiting', reason: 'ImagePullBackOff', message: 'Back-off pulling image "app:v9": not found'})],
		});
		const state = stateAfter([
			listed(named('a', 'progressing'), named('web', 'progressing', {template: replicaSet('web-b', 2, 'app:v9').template})),
			{type: 'closer-begun', uid: 'web', at: start},
			one({type: 'listed', stream: 'revisions', items: [replicaSet('web-b', 2, 'app:v9', {ownerUid: 'web'})], at: start}),
			one({type: 'listed', stream: 'pods', items: [failing], at: start}),
			ticked(start + 60_000),
		]);
		expect(words(state)).toEqual(['web STUCK', 'a PROGRESSING']);
		expect(createListView()(state).counts.map(({word}) => word)).toEqual(['stuck', 'progressing']);
		expect(listRows(state)[0]?.why).toMatch(/^web-b-1 can't pull image app:v1/);
	});
});
