import {describe, expect, it} from 'vitest';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {Outcome, Sample} from '../../src/domain/sample.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {mixView} from '../../src/store/selectors/mix/mix-view.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {k8sEvent, pod, template} from '../domain/cluster-objects.ts';
import {endpoint, listed, newPods, newSide, now, oldPods, oldSide, service, slice, stateAfter, target} from './behind-service.ts';

const view = (state: State) => createScreenView()(state);
const sides = (state: State) => view(state).service?.sides ?? [];
const changed = (object: ReturnType<typeof oldSide>): Event => ({type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object}], at: now});
const selects = (selector: Record<string, string>): Event => ({
	type: 'changed',
	stream: 'services',
	changes: [{kind: 'observed', object: {...service, selector, resourceVersion: '8'}}],
	at: now,
});

describe('the screen of a Service', () => {
	it('shows what it is, whom it selects, and each workload behind it with what it ought to get', () => {
		const {kind, header, service: shown, pods, rollout, conditions, gone} = view(stateAfter());
		expect({kind, rollout, conditions, gone}).toEqual({kind: 'service', rollout: undefined, conditions: [], gone: false});
		expect(header).toMatchObject({target: 'svc/shop', connection: {kind: 'live'}, summary: 'app=web → 2 workloads, 3 ready endpoints'});
		expect(shown).toMatchObject({
			type: 'NodePort',
			clusterIp: '10.96.0.9',
			ports: ['80 → 8080, node 31180'],
			selector: [{name: 'app', value: 'web'}],
			endpoints: {ready: 3, serving: 3, terminating: 0, unready: 0},
			notes: [],
		});
		expect(sides(stateAfter())).toMatchObject([
			{name: 'web-new', phase: 'complete', word: 'COMPLETE', ready: 1, desired: 1, selected: true, expectedShare: 1 / 3, measured: undefined, images: 'app:v2'},
			{name: 'web-old', phase: 'complete', ready: 2, desired: 2, selected: true, expectedShare: 2 / 3},
		]);
		expect(pods.map(({name}) => name)).toEqual(['web-new-h2-c', 'web-old-h1-a', 'web-old-h1-b']);
	});

	it('knows nothing before the first lists, and says when there is no such Service', () => {
		const empty = initialState(target, now, 60);
		expect(view(empty)).toMatchObject({kind: 'service', service: undefined, gone: false, header: {connection: {kind: 'syncing'}, summary: undefined}});
		expect(view(reduce(empty, listed.services()))).toMatchObject({service: undefined, gone: true, header: {connection: {text: 'DELETED'}}});
	});

	it('counts endpoints by what they do: a terminating one still serves but ought to get nothing', () => {
		const [first = '', second = ''] = oldPods.map(({uid}) => uid);
		const state = stateAfter(
			listed.endpoints(endpoint(first), endpoint(second, {ready: false, terminating: true}), endpoint('web-new-h2-c', {ready: false, serving: false})),
		);
		expect(view(state).service?.endpoints).toEqual({ready: 1, serving: 2, terminating: 1, unready: 1});
		expect(sides(state)).toMatchObject([
			{name: 'web-new', endpoints: {ready: 0, unready: 1}, expectedShare: 0},
			{name: 'web-old', endpoints: {ready: 1, serving: 2, terminating: 1}, expectedShare: 1},
		]);
	});

	it('puts the endpoints of pods that belong to nobody in a row of their own', () => {
		const all = [...oldPods, ...newPods].map(({uid}) => endpoint(uid));
		const rows = sides(stateAfter(listed.endpoints(...all, endpoint('x', {podName: 'mail-0'}), endpoint('', {podUid: undefined, podName: undefined}))));
		expect(rows.map(({name, kind, expectedShare}) => [name, kind, expectedShare])).toEqual([
			['web-new', 'workload', 0.2],
			['web-old', 'workload', 0.4],
			['other pods (2)', 'other', 0.4],
		]);
	});

	it('knows whose an endpoint is by the pod’s name where the pod was not seen', () => {
		expect(sides(stateAfter(listed.endpoints(endpoint('unseen', {podName: 'web-new-h9-zzzzz'}))))).toMatchObject([
			{name: 'web-new', endpoints: {ready: 1}, expectedShare: 1},
			{name: 'web-old', expectedShare: 0},
		]);
	});

	it('keeps the workload that lost the Service, said to be not selected', () => {
		const state = stateAfter(selects({app: 'web', version: 'v2'}), listed.endpoints(endpoint('web-new-h2-c')));
		expect(sides(state)).toMatchObject([
			{name: 'web-new', selected: true, expectedShare: 1},
			{name: 'web-old', selected: false, expectedShare: 0, endpoints: {ready: 0}},
		]);
		expect(view(state).timeline[0]).toMatchObject({kind: 'selector', text: 'the Service selects app=web,version=v2 now (before: app=web)'});
	});

	it.each<[reason: string, state: State, note: string]>([
		['nobody is selected', stateAfter(selects({app: 'nobody'}), listed.endpoints()), 'No workload is selected: every request fails.'],
		['no pod is ready', stateAfter(listed.endpoints(endpoint('web-new-h2-c', {ready: false}))), 'No selected pod is ready: every request fails.'],
		['there is no selector', stateAfter(selects({})), 'It has no selector'],
		['clients stick to pods', stateAfter(listed.services({...service, resourceVersion: '9', sessionAffinity: 'ClientIP'})), 'Session affinity'],
	])('says what to know: %s', (_reason, state, note) => expect(view(state).service?.notes[0]?.text).toContain(note));

	it('shows a deleted workload as deleted, and one made again as it is', () => {
		const gone: Event = {type: 'changed', stream: 'workloads', changes: [{kind: 'gone', uid: 'web-new'}], at: now};
		expect(sides(stateAfter(gone))[0]).toMatchObject({name: 'web-new', phase: undefined, word: 'DELETED', tone: 'bad'});
		expect(sides(stateAfter(gone, changed(newSide({uid: 'again'}))))[0]).toMatchObject({phase: 'complete', word: 'COMPLETE'});
	});

	it('says in the timeline whose line it is', () => {
		const state = stateAfter(
			changed(oldSide({paused: true, resourceVersion: '9'})),
			{type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: pod('web-new-h2-d', 'web-new-h2', false)}], at: now},
			{
				type: 'changed',
				stream: 'events',
				changes: [{kind: 'observed', object: k8sEvent('Bad', 'x', {type: 'Warning', object: {kind: 'Deployment', name: 'web-new', uid: 'web-new'}})}],
				at: now,
			},
		);
		expect(view(state).timeline.map(({subject}) => subject)).toEqual(expect.arrayContaining(['web-old', 'web-new', 'web-new-h2-d']));
		expect(view(state).timeline.find(({kind}) => kind === 'paused')).toMatchObject({subject: 'web-old'});
	});

	it('leaves the lines of its timeline as they are when there is a new one', () => {
		const make = createScreenView();
		const state = stateAfter(changed(oldSide({paused: true, resourceVersion: '9'})));
		const named = make(state).timeline.filter(({kind}) => kind === 'paused');
		const later = make(reduce(state, changed(newSide({paused: true, resourceVersion: '9'})))).timeline;
		expect(named).toHaveLength(1);
		expect(later.filter(({kind}) => kind === 'paused')).toHaveLength(2);
		expect(later).toContain(named[0]);
	});

	it('may rest while nothing happens', () => {
		const make = createScreenView();
		const state = stateAfter();
		const first = make(state);
		expect(first.header.clock.seconds).toBe(false);
		expect(make(reduce(state, {type: 'ticked', at: now + 1000}))).toBe(first);
		expect(view(stateAfter(changed(newSide({generation: 2, resourceVersion: '9'})))).header.clock.seconds).toBe(true);
	});
});

describe('the measured share of a workload', () => {
	const started: Event = {type: 'sampler-started', id: 0, target: 'svc/shop', route: 'service-proxy', intervalMs: 1000, traits: plainTraits, at: now};
	const sampled = (version: string, more: Partial<Sample>): Event => {
		const outcome: Outcome = {kind: 'version', version, rule: 'auto:word'};
		return {type: 'sampled', id: 0, sample: {at: now, latencyMs: 3, outcome, podName: undefined, ownerUid: undefined, ...more}};
	};
	const measured = (...events: readonly Event[]) => sides(stateAfter(started, ...events)).map(({name, measured: share}) => [name, share?.count, share?.share]);

	it('is that of the versions which its ReplicaSets answer with', () => {
		const v1 = sampled('v1', {ownerUid: 'web-old-h1'});
		expect(measured(v1, sampled('v2', {ownerUid: 'web-new-h2'}), v1, v1)).toEqual([
			['web-new', 1, 0.25],
			['web-old', 3, 0.75],
		]);
	});

	it('stands next to what was expected when they were asked for, which may be long ago', () => {
		const v1 = sampled('v1', {ownerUid: 'web-old-h1'});
		const moved: Event = {type: 'listed', stream: 'endpointslices', items: [slice(endpoint('web-new-h2-c'))], at: now + 10_000};
		const state = stateAfter(started, v1, v1, {type: 'ticked', at: now + 9000}, moved);
		expect(sides(state)).toMatchObject([
			{name: 'web-new', expectedShare: 1, measured: {count: 0, expectedShare: 1 / 3}},
			{name: 'web-old', expectedShare: 0, measured: {count: 2, expectedShare: 2 / 3}},
		]);
	});

	it('of one that never answers is told under its name: its revision’s number is another’s, too', () => {
		const rows = mixView(stateAfter(started, sampled('v1', {ownerUid: 'web-old-h1'}))).rows;
		expect(rows.map(({label, count}) => [label, count])).toEqual([
			['v1', 1],
			[expect.stringMatching(/^web-new rev \d+$/), 0],
		]);
	});

	it('is that of its pods where every answer names one, also where both sides say the same version', () => {
		const from = (podName: string) => sampled('v1', {podName, ownerUid: podName.startsWith('web-old') ? 'web-old-h1' : 'web-new-h2'});
		expect(measured(from('web-old-h1-a'), from('web-new-h2-c'), from('web-old-h1-b'), from('web-new-h2-c'))).toEqual([
			['web-new', 2, 0.5],
			['web-old', 2, 0.5],
		]);
	});

	it('is not guessed where nothing tells whose an answer is', () => {
		expect(measured(sampled('A page', {}))).toEqual([
			['web-new', undefined, undefined],
			['web-old', undefined, undefined],
		]);
	});

	it('counts answers that nobody is known for to nobody', () => {
		expect(measured(sampled('v2', {ownerUid: 'web-new-h2'}), sampled('A page', {}))).toEqual([
			['web-new', 1, 0.5],
			['web-old', 0, 0],
		]);
	});
});

describe('the own screen of a workload behind a Service', () => {
	const opened: Event = {type: 'workload-opened', name: 'web-new'};

	it('is that of the Deployment, with the way back', () => {
		const shown = view(stateAfter(opened));
		expect(shown).toMatchObject({
			kind: 'workload',
			behind: 'shop',
			service: undefined,
			header: {target: 'svc/shop › deploy/web-new', images: {to: 'app:v2'}},
			rollout: {phase: 'complete'},
			replicaSets: [{name: 'web-new-h2'}],
			pods: [{name: 'web-new-h2-c'}],
		});
		expect(view(stateAfter(opened, {type: 'workload-opened', name: undefined})).kind).toBe('service');
	});

	it('tells of that workload only, and of what is nobody’s', () => {
		const state = stateAfter(changed(oldSide({paused: true, resourceVersion: '9'})), selects({app: 'web', version: 'v2'}), opened);
		expect(view(state).timeline.map(({kind}) => kind)).toEqual(['selector']);
	});
});

describe('a command to one of the workloads', () => {
	const command = {kind: 'pause', workload: 'web-new'} as const;
	const begun: Event = {type: 'command-started', command, at: now};
	const words = (state: State) => sides(state).map(({word}) => word);

	it('is under way on that one alone, until the watch shows its effect there', () => {
		expect(words(stateAfter(begun))).toEqual(['PAUSING…', 'COMPLETE']);
		const paused = {paused: true, generation: 2, resourceVersion: '9'};
		expect(words(stateAfter(begun, changed(oldSide(paused))))).toEqual(['PAUSING…', 'PAUSED']);
		expect(words(stateAfter(begun, changed(newSide(paused))))).toEqual(['PAUSED', 'COMPLETE']);
	});

	it('says in the footer and in the timeline how it ended', () => {
		const ended: Event = {type: 'command-ended', command, result: {kind: 'accepted', message: 'paused', warnings: []}, at: now};
		const {notice, timeline} = view(stateAfter(begun, ended));
		expect(notice).toEqual({tone: 'good', text: 'paused'});
		expect(timeline[0]).toMatchObject({kind: 'command', subject: 'web-new', text: 'you: paused'});
	});

	it('outlives that another workload is made anew', () => {
		// The old one's pods are nobody's now.
		expect(words(stateAfter(begun, changed(oldSide({uid: 'again', resourceVersion: '9'}))))).toEqual(['PAUSING…', 'COMPLETE', '']);
	});
});

it('tells revisions that begin on both sides by their workloads', () => {
	const rolled = {...template('app:v3'), labels: {app: 'web'}};
	const state = stateAfter(changed(oldSide({generation: 2, resourceVersion: '9', template: rolled})));
	expect(state.workloads.get('web-old')?.rollout).toMatchObject({fromRevision: 1, fromImages: ['app:v1']});
	expect(state.workloads.get('web-new')?.rollout).toBeUndefined();
});
