import {describe, expect, it} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {lastAppliedAnnotation} from '../../src/domain/ownership.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {Deployment} from '../../src/domain/workload.ts';
import type {ConfirmView} from '../../src/store/confirm-views.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import type {ConfirmExtras} from '../../src/store/selectors/confirm/extras.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {autoscaler, disruptionBudget, pod, replicaSet, start, template, workload} from '../domain/cluster-objects.ts';
import {service} from './behind-service.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const listed = (stream: 'workloads' | 'revisions' | 'pods' | 'services' | 'autoscalers' | 'disruptionbudgets', ...items: readonly unknown[]): Event =>
	({type: 'listed', stream, items, at: start}) as Event;

const oldTemplate = template('app:v1', {
	spec: {
		containers: [{name: 'app', image: 'app:v1', envFrom: [{configMapRef: {name: 'web-env'}}, {secretRef: {name: 'web-keys'}}]}],
		initContainers: [{name: 'migrate', image: 'migrate:v1'}],
	},
});
const newTemplate = template('app:v2', {
	spec: {containers: [{name: 'app', image: 'app:v2'}], initContainers: [{name: 'migrate', image: 'migrate:v1'}]},
});
const rolling = (change: Partial<Deployment> = {}) => workload({generation: 7, observedGeneration: 7, revisionText: '2', template: newTemplate, ...change});
const sets = [
	{...replicaSet('web-h1', 1, 'app:v1', {desired: 5, current: 5, ready: 5, available: 5}), template: oldTemplate},
	{...replicaSet('web-h2', 2, 'app:v2', {desired: 3, current: 3, ready: 1, available: 1}), template: newTemplate},
];
const labels = {app: 'web'};
const readyPod = pod('web-h2-a', 'web-h2', true, {labels});
const sickPod = pod('web-h2-b', 'web-h2', false, {labels});
const scaler = autoscaler({uid: 'a', name: 'web-hpa'});
const budget = disruptionBudget({uid: 'b', name: 'web-pdb', healthy: 1, neededHealthy: 1, expected: 2});

function stateOf(change: Partial<Deployment> = {}, more: readonly Event[] = [], guard: Partial<State['guard']> = {}): State {
	const events = [listed('workloads', rolling(change)), listed('revisions', ...sets), listed('pods', readyPod, sickPod), ...more];
	const live = (['workloads', 'revisions', 'pods'] as const).map(
		(stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'live', since: start}}) as Event,
	);
	const state = [...events, ...live].reduce(reduce, initialState(target, start, 60));
	return {...state, guard: {...state.guard, ...guard}};
}

function ask(command: WorkloadCommand, state: State = stateOf(), extras: ConfirmExtras = {}): ConfirmView {
	const view = confirmView(focused(state), command, extras);
	if ('refusal' in view) throw new Error(view.refusal.message);
	return view;
}

const undo = {kind: 'undo', toRevision: undefined} as const;

it('says that what was sent before has not been answered yet', () => {
	const command = {kind: 'pause'} as const;
	const sent: Event = {type: 'command-started', command, at: start};
	const told = /What was sent at \d\d:\d\d:\d\d \(pause\) has not been answered yet/;
	expect(ask(undo, stateOf({}, [sent])).notes.some(note => told.test(note))).toBe(true);
	const answered: Event = {type: 'command-ended', command, result: {kind: 'accepted', message: '', warnings: []}, at: start};
	expect(ask(undo, stateOf({}, [sent, answered])).notes.some(note => told.test(note))).toBe(false);
});

describe('before the revisions have been read', () => {
	const early = [listed('workloads', rolling()), listed('pods', readyPod, sickPod)].reduce(reduce, initialState(target, start, 60));
	const forbidden = {type: 'stream-changed', stream: 'revisions', condition: {kind: 'forbidden', since: start, reason: 'no'}} as const;

	it.each<[what: string, state: State, why: string | undefined]>([
		['nobody says that there are none', early, 'its revisions have not been read yet'],
		['nor where they may not be', reduce(early, forbidden), "its revisions can't be read: no"],
		['and afterwards it is asked', reduce(early, listed('revisions', ...sets)), undefined],
	])('%s', (_, state, why) => {
		const {abilities} = createScreenView()(state);
		expect([abilities.undo, abilities.history]).toEqual([why, why]);
		for (const toRevision of [undefined, 1]) {
			const view = confirmView(focused(state), {...undo, toRevision});
			expect('refusal' in view ? view.refusal.message : undefined).toBe(why);
		}
	});
});

const deletion = ({name, uid}: Pod) => ({kind: 'delete-pod', pod: name, uid}) as const;

it.each<[command: WorkloadCommand, paused: boolean]>([
	[{kind: 'pause'}, false],
	[{kind: 'resume'}, true],
	[undo, false],
	[undo, true],
	[{kind: 'undo', toRevision: 1, workload: 'web'}, true],
	[{kind: 'scale', replicas: 5}, false],
	[{kind: 'restart'}, false],
	[{kind: 'set-image', container: 'app', image: 'app:v9'}, true],
	[deletion(sickPod), false],
])('asked again of the command that it would send it is the same to the letter, or one y would not do: %j (paused: %j)', (command, paused) => {
	const state = stateOf({paused});
	const view = ask(command, state);
	expect(JSON.stringify(ask(view.command as WorkloadCommand, state))).toBe(JSON.stringify(view));
});

describe('the question before an undo', () => {
	it('says what goes along, what stays, and what was seen', () => {
		const view = ask(undo, stateOf({}, [listed('autoscalers', scaler)]));
		expect(view).toMatchObject({
			command: {...undo, seen: {uid: 'd', generation: 7, undoTo: 1}},
			title: 'Undo the rollout of web?',
			keeps: ['3 replicas', 'autoscaler web-hpa (2 to 9)', 'ConfigMap web-env', 'Secret web-keys'],
			facts: ['3 of 8 pods are of revision 2, 5 of revision 1.'],
			notes: [],
			typeName: undefined,
		});
		expect(view.changes).toContainEqual({label: 'containers[app].image', from: 'app:v2', to: 'app:v1'});
	});

	it('names only what is there', () => {
		const bare = stateOf({replicas: {...workload().replicas, desired: 1}}, [
			listed('revisions', {...sets[0], template: template('app:v1'), resourceVersion: '9'}, sets[1]),
		]);
		expect(ask(undo, bare).keeps).toEqual(['1 replica']);
	});

	it('resumes what is paused in the same step, and says what a resume alone would do', () => {
		const view = ask(undo, stateOf({paused: true}));
		expect(view).toMatchObject({
			title: 'Resume and undo the rollout of web?',
			command: {resume: true},
			notes: ['It is paused, which ends with it. Resumed before, the controller would first roll on with revision 2.'],
			kubectl: expect.stringMatching(/rollout resume deployment\/web && kubectl .* rollout undo deployment\/web$/),
		});
		expect(view.changes.at(-1)).toEqual({label: 'spec.paused', from: 'true', to: 'false'});
		expect(ask({...undo, toRevision: 1}, stateOf({paused: true})).title).toBe('Resume web and go to revision 1?');
	});

	it('resumes nothing that was resumed meanwhile', () => {
		expect(ask({...undo, resume: true}).command).not.toHaveProperty('resume');
	});

	it('warns of who keeps it, from its metadata at once and from its managers once they are read', () => {
		const applied = stateOf({annotations: {[lastAppliedAnnotation]: '{}'}});
		expect(ask(undo, applied).notes).toEqual(['It was made with `kubectl apply`: the next apply of the same file will revert this.']);
		const upkeep = {
			uid: 'd',
			labels: {'argocd.argoproj.io/instance': 'shop'},
			annotations: {[lastAppliedAnnotation]: '{}'},
			managers: [],
			reconciling: {kind: 'self-heals'},
		} as const;
		expect(ask(undo, applied, {upkeep}).notes).toEqual(['Argo CD (application shop) keeps it: auto-sync with self-heal will, within seconds, revert this.']);
		expect(ask(undo, applied, {upkeep: {...upkeep, uid: 'another'}}).notes).toHaveLength(1);
	});

	it('warns of what is not live', () => {
		const lost: Event = {type: 'stream-changed', stream: 'workloads', condition: {kind: 'lost', since: start, reason: 'reset', retryAt: undefined}} as Event;
		expect(ask(undo, reduce(stateOf(), lost)).notes[0]).toContain('The Deployment is not live');
	});

	it('wants the name typed in a protected context, and tells of an event that is written', () => {
		expect(ask(undo, stateOf({}, [], {isProtected: true})).typeName).toBe('web');
		expect(ask(undo, stateOf({}, [], {writesEvents: true})).notes).toEqual(['A Kubernetes event tells of it (--no-event: none).']);
	});
});

describe('the question before resuming', () => {
	it('is one of promoting where both revisions run, and says what is measured', () => {
		expect(ask({kind: 'resume'}, stateOf({paused: true}))).toMatchObject({
			title: 'Promote revision 2 of web?',
			facts: ['3 of 8 pods are of revision 2, 5 of revision 1.', 'Nothing was measured: c starts asking its Service.'],
			notes: ['The rollout goes on at once: the other 5 pods are replaced, too. u goes back instead.'],
		});
	});

	it('is only that where one revision runs', () => {
		const alone = stateOf({paused: true}, [listed('revisions', {...sets[0], current: 0, resourceVersion: '9'}, sets[1])]);
		expect(ask({kind: 'resume'}, alone)).toMatchObject({title: 'Resume the rollout of web?', notes: ['The rollout goes on at once.']});
	});

	it('warns of Flux, which removes what kubectl’s managers wrote, and of nobody else', () => {
		const flux = stateOf({labels: {'kustomize.toolkit.fluxcd.io/name': 'apps'}});
		expect(ask({kind: 'pause'}, flux).notes).toContainEqual(expect.stringContaining('Flux (Kustomization apps)'));
		expect(ask({kind: 'pause'}, stateOf({annotations: {[lastAppliedAnnotation]: '{}'}})).notes).toHaveLength(1);
	});
});

describe('the question before a restart', () => {
	it.each([
		['with surge', {}, 'A new revision of the same template replaces all 3 pods, with up to 1 more and 0 fewer at a time.'],
		['Recreate', {strategy: {type: 'Recreate'}}, 'All 3 pods end before new ones are made: nothing answers meanwhile (strategy Recreate).'],
		[
			'one pod',
			{strategy: {type: 'Recreate'}, replicas: {...workload().replicas, desired: 1}},
			'Its one pod ends before new ones are made: nothing answers meanwhile (strategy Recreate).',
		],
		['no pods', {replicas: {...workload().replicas, desired: 0}}, 'There is no pod to be replaced: it counts for the next one.'],
	] as const)('says how many go at a time: %s', (_reason, change, note) => {
		expect(ask({kind: 'restart'}, stateOf(change)).notes).toEqual([note]);
	});

	it('shows when it was restarted before', () => {
		const before = template('app:v2', {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': '2026-11-20T08:00:00Z'}}});
		expect(ask({kind: 'restart'}, stateOf({template: before})).changes).toEqual([{label: 'restartedAt', from: '2026-11-20T08:00:00Z', to: 'now'}]);
	});
});

describe('the question before a new image', () => {
	it('shows the image as it will be sent, of an init container, too', () => {
		const image = 'registry:5000/team/app:v3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
		expect(ask({kind: 'set-image', container: 'app', image}).changes).toEqual([{label: 'image app', from: 'app:v2', to: image}]);
		expect(ask({kind: 'set-image', container: 'migrate', image: 'migrate:v2', init: true}).changes).toEqual([
			{label: 'image migrate', from: 'migrate:v1', to: 'migrate:v2'},
		]);
	});

	it('says that a paused one waits', () => {
		expect(ask({kind: 'set-image', container: 'app', image: 'app:v3'}, stateOf({paused: true})).notes[0]).toContain(
			'no pod gets the new image until it is resumed',
		);
	});
});

describe('the question before a pod is deleted', () => {
	it('says who makes another one, what is lost, and that no budget is asked', () => {
		expect(ask(deletion(sickPod), stateOf({}, [listed('disruptionbudgets', budget)]))).toMatchObject({
			title: 'Delete the pod web-h2-b?',
			object: 'pod/web-h2-b',
			changes: [{label: 'pod', from: 'there', to: 'deleted'}],
			facts: [expect.stringContaining('0/1 ready.')],
			notes: [
				'web-h2 makes another one at once, of the same revision 2.',
				'Its logs go with it.',
				'The PodDisruptionBudget web-pdb is not asked; it would allow none.',
			],
		});
	});

	it('warns where it is the only one that answers, and not where another one does', () => {
		const behind = listed('services', {...service, selector: labels});
		expect(ask(deletion(readyPod), stateOf({}, [behind])).notes[0]).toContain('requests will fail');
		expect(ask(deletion(sickPod), stateOf({}, [behind])).notes[0]).toContain('makes another one');
		const two = listed('pods', readyPod, sickPod, pod('web-h1-c', 'web-h1', true, {labels}));
		expect(ask(deletion(readyPod), stateOf({}, [behind, two])).notes[0]).toContain('makes another one');
	});

	it('promises no other one where nobody makes it', () => {
		const orphan = pod('web-x', 'gone', true, {labels});
		expect(ask(deletion(orphan), stateOf({}, [listed('pods', orphan)])).notes[0]).toBe('Nobody is known that would make another one.');
		const shrinking = listed('revisions', sets[0], {...sets[1], desired: 1, resourceVersion: '9'});
		expect(ask(deletion(sickPod), stateOf({}, [shrinking])).notes[0]).toContain('it may make no other one');
	});

	it('is not asked of one that is gone or going', () => {
		expect(() => ask({kind: 'delete-pod', pod: 'web-x', uid: 'x'})).toThrow('pod web-x is gone already');
		const going = {...sickPod, deletedAt: start, resourceVersion: '9'};
		expect(() => ask(deletion(sickPod), stateOf({}, [listed('pods', going)]))).toThrow('is terminating already');
	});
});
