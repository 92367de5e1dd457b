import {describe, expect, it} from 'vitest';
import type {Command, CommandResult} from '../../src/domain/command.ts';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {Deployment, Workload} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {rolloutView} from '../../src/store/selectors/rollout-view.ts';
import {timeOfDay} from '../../src/store/selectors/time-of-day.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {replicaSet, start, template, workload} from '../domain/cluster-objects.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const s = (seconds: number) => start + seconds * 1000;

/** v2 is rolling out and blocked: one of its pods is there, three of v1. Who undoes now takes v1 for a newer generation. */
const blocked = workload({
	generation: 2,
	observedGeneration: 2,
	resourceVersion: '20',
	revisionText: '2',
	template: template('app:v2'),
	replicas: {desired: 3, current: 4, updated: 1, ready: 3, available: 3, unavailable: 1, terminating: 0},
});
const sets = (available: number, revision = 3) => [
	replicaSet('web-h1', revision, 'app:v1', {resourceVersion: `1${revision}${available}`, desired: 3, current: 3, ready: available, available}),
	replicaSet('web-h2', 2, 'app:v2', {resourceVersion: `2${revision}${available}`, desired: 0, current: 3 - available, ready: 0, available: 0}),
];
const undone = (available: number, change: Partial<Deployment> = {}): Workload =>
	workload({
		generation: 3,
		observedGeneration: 3,
		resourceVersion: `3${available}`,
		revisionText: '3',
		template: template('app:v1'),
		...change,
		replicas: {desired: 3, current: 3, updated: 3, ready: available, available, unavailable: 3 - available, terminating: 0},
	});

const seen = (object: Workload, at: number): Event => ({type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object}], at});
const listedSets = (items: ReturnType<typeof sets>, at: number): Event => ({type: 'listed', stream: 'revisions', items, at});
const undo: Command = {kind: 'undo', toRevision: undefined, seen: {uid: 'd', generation: 2, undoTo: 1}};
const began: Event = {type: 'command-started', command: undo, at: s(10)};
const standing = {revision: '2', images: [], paused: false, replicas: 3};
const accepted: CommandResult = {
	kind: 'accepted',
	message: 'deployment.apps/web rolled back',
	warnings: [],
	change: {before: {...standing, generation: 2}, after: {...standing, generation: 3}},
};
const ended = (result: CommandResult = accepted, command: Command = undo): Event => ({type: 'command-ended', command, result, at: s(11)});

const samplerStarted: Event = {
	type: 'sampler-started',
	id: 0,
	target: 'svc/web',
	route: 'service-proxy',
	intervalMs: 1000,
	traits: plainTraits,
	at: s(0),
};
function sampled(second: number, isGood: boolean): Event {
	const outcome = isGood ? ({kind: 'version', version: 'v1', rule: 'auto:body'} as const) : ({kind: 'failure', reason: 'http-500', message: ''} as const);
	const sample = {at: s(second), latencyMs: 5, outcome, podName: undefined, ownerUid: undefined, podUid: undefined, status: isGood ? 200 : 500};
	return {type: 'sampled', id: 0, sample} as unknown as Event;
}

function stateAfter(...events: readonly Event[]): State {
	const first: readonly Event[] = [{type: 'listed', stream: 'workloads', items: [blocked], at: s(0)}, listedSets(sets(3, 1), s(0))];
	return [...first, ...events].reduce(reduce, initialState(target, start, 60));
}

function view(state: State) {
	const facts = rolloutFacts(focused(state), state.now);
	if (facts === undefined) throw new Error('the workload was seen');
	const {word, notes} = rolloutView(focused(state), facts, state.now);
	return {word, notes: notes.map(({text}) => text)};
}

const told = (state: State) => state.timeline.filter(({kind}) => kind === 'command').map(({text}) => text);

describe('after an undo', () => {
	it('the phase says how far it is, until all pods are available', () => {
		const started = stateAfter(began, ended());
		expect(view(started).word).toBe('ROLLING BACK…');
		const half = [seen(undone(1), s(12)), listedSets(sets(1), s(12))].reduce(reduce, started);
		expect(view(half).word).toBe('ROLLING BACK TO REVISION 1: 1 of 3');
		const done = [listedSets(sets(3), s(51)), seen(undone(3), s(51))].reduce(reduce, half);
		expect(view(done)).toMatchObject({word: 'COMPLETE', notes: ['Rolled back to revision 1 in 41s; nothing was measured meanwhile.']});
		expect(told(done).at(-1)).toBe('you: rolled back to revision 1 in 41s; nothing was measured meanwhile');
	});

	it('counts also where the watch was quicker than the answer', () => {
		const done = stateAfter(began, listedSets(sets(3), s(10)), seen(undone(3), s(10)), ended());
		expect(view(done).notes).toEqual(['Rolled back to revision 1 in 1s; nothing was measured meanwhile.']);
	});

	it('says how long users saw errors, of the requests since then alone', () => {
		const before = [1, 3, 5].map(second => sampled(second, false));
		const since = Array.from({length: 40}, (_, second) => sampled(11 + second, ![2, 8, 12].includes(second)));
		const done = stateAfter(samplerStarted, ...before, began, ended(), ...since, listedSets(sets(3), s(51)), seen(undone(3), s(51)));
		expect(view(done).notes).toEqual([
			`Rolled back to revision 1 in 41s; users saw errors for 10s (3 of 40 requests), the last at ${timeOfDay(s(23))} (3 of 3 failed under revision 2).`,
		]);
		expect(done.action?.end?.errors).toMatchObject({requests: 40, failed: 3, fromAt: s(13), lastAt: s(23)});
	});

	it('says what it was with the rollout that is undone, from its begin on where that was seen', () => {
		const bad = {...blocked, generation: 3, resourceVersion: '21', revisionText: '3', observedGeneration: 3, template: template('app:v3')};
		const undoBad: Command = {kind: 'undo', toRevision: 1, seen: {uid: 'd', generation: 3, undoTo: 1}};
		const change = {before: {...standing, generation: 3}, after: {...standing, generation: 4}};
		const done = stateAfter(
			samplerStarted,
			...[1, 2].map(second => sampled(second, false)),
			seen(bad, s(5)),
			...[6, 7, 8].map(second => sampled(second, second === 7)),
			{type: 'command-started', command: undoBad, at: s(10)},
			ended({...accepted, change} as CommandResult, undoBad),
			sampled(10, true),
			listedSets(sets(3), s(10)),
			seen(undone(3, {generation: 4, observedGeneration: 4, resourceVersion: '40'}), s(10)),
		);
		expect(view(done).notes).toEqual(['Rolled back to revision 1 at once; users saw no error in 1 request (2 of 3 failed under revision 3).']);
	});

	it('does not count as its own what was asked before it and failed meanwhile', () => {
		const hung = {...(sampled(8, false) as unknown as {sample: object}).sample, latencyMs: 5000};
		const late = {type: 'sampled', id: 0, sample: hung} as unknown as Event;
		const end = [listedSets(sets(3), s(51)), seen(undone(3), s(51))];
		const done = stateAfter(samplerStarted, sampled(7, true), began, ended(), late, sampled(12, true), ...end);
		expect(view(done).notes).toEqual(['Rolled back to revision 1 in 41s; users saw no error in 1 request.']);
		const unasked = stateAfter(samplerStarted, sampled(7, true), began, ended(), late, ...end);
		expect(view(unasked).notes).toEqual(['Rolled back to revision 1 in 41s; nothing was measured meanwhile.']);
	});

	it('is over when all new pods are available, though old ones still run down', () => {
		const replicas = {...undone(3).replicas, terminating: 1};
		const done = stateAfter(began, ended(), listedSets(sets(3), s(51)), seen({...undone(3), replicas}, s(51)));
		expect(done.action?.end?.kind).toBe('healthy');
	});

	it('says that users saw none', () => {
		const done = stateAfter(samplerStarted, began, ended(), sampled(12, true), sampled(13, true), listedSets(sets(3), s(51)), seen(undone(3), s(51)));
		expect(view(done).notes).toEqual(['Rolled back to revision 1 in 41s; users saw no error in 2 requests.']);
	});

	it('is superseded by another template, and told so once', () => {
		const other = undone(1, {generation: 4, resourceVersion: '40', template: template('app:v9')});
		const state = stateAfter(began, ended(), seen(undone(1), s(12)), seen(other, s(20)));
		expect(told(state).at(-1)).toBe('you: rolled back to revision 1, but another template came 10s later; nothing was measured meanwhile');
		expect(view(state).word).toBe('PROGRESSING');
		const later = reduce(state, seen({...other, resourceVersion: '41'}, s(30)));
		expect(told(later)).toEqual(told(state));
	});

	it('claims nothing where another template was there before the answer', () => {
		const other = undone(3, {generation: 4, resourceVersion: '40', template: template('app:v9')});
		const done = stateAfter(began, listedSets(sets(3), s(10)), seen(other, s(10)), ended(), seen({...other, resourceVersion: '41'}, s(12)));
		expect(view(done).notes).toEqual([]);
		expect(done.action).toBeUndefined();
	});

	it('has failed when the deadline is over', () => {
		const progressing = {type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '', lastUpdateAt: s(600), lastTransitionAt: s(600)};
		const state = stateAfter(
			began,
			ended(),
			listedSets(sets(1), s(12)),
			seen(undone(1), s(12)),
			seen(undone(1, {resourceVersion: '39', conditions: [progressing]}), s(610)),
		);
		expect(state.action?.end?.kind).toBe('failed');
		expect(told(state).at(-1)).toContain('stalled after 10m: its progress deadline is over');
	});

	it('stays until another template comes, over changes of the status', () => {
		const done = stateAfter(began, ended(), listedSets(sets(3), s(51)), seen(undone(3), s(51)));
		const scaled = reduce(done, seen(undone(3, {generation: 4, observedGeneration: 4, resourceVersion: '50'}), s(60)));
		expect(view(scaled).notes).toHaveLength(1);
		const next = reduce(scaled, seen(undone(3, {generation: 5, resourceVersion: '60', template: template('app:v4')}), s(70)));
		expect(told(next).at(-1)).toBe('you: rolled back to revision 1, but another template came 60s later; nothing was measured meanwhile');
	});

	describe('that is taken back', () => {
		const done = stateAfter(began, ended(), listedSets(sets(3), s(30)), seen(undone(3), s(30)));
		const back = (change: Partial<Deployment> = {}) => undone(3, {generation: 4, resourceVersion: '40', template: template('app:v2'), ...change});
		const argo = {annotations: {'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:prod/web'}};
		const flux = {labels: {'kustomize.toolkit.fluxcd.io/name': 'apps'}};
		const applied = {annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}'}};

		it.each<[who: string, Partial<Deployment>, says: string]>([
			['Argo CD', argo, '(Argo CD keeps it)'],
			['Flux', flux, '(Flux keeps it)'],
			['nobody who is known', {}, 'by somebody else'],
			['a person who applied it again', applied, 'by somebody else'],
		])('is said to be, by %s', (_who, change, says) => {
			const state = reduce(done, seen(back(change), s(40)));
			const text = `olled back to revision 1, but 30s later the template was changed back to revision 2's ${says}`;
			expect(view(state).notes).toContain(`R${text}.`);
			expect(told(state).at(-1)).toBe(`you: r${text}`);
			expect(state.action?.end).toMatchObject({kind: 'reverted', at: s(40)});
			expect(state.timeline.findLast(({kind}) => kind === 'command')?.tone).toBe('bad');
			// The status moves on: told once, and still on the screen.
			const later = reduce(state, seen(back({...change, resourceVersion: '41'}), s(45)));
			expect(told(later)).toEqual(told(state));
			expect(view(later).notes).toContain(`R${text}.`);
		});

		it('is said to be by who kept it before the undo, which brought a revision’s annotations from before that', () => {
			const kept = {...blocked, ...argo, resourceVersion: '21'};
			const state = stateAfter(seen(kept, s(5)), began, ended(), listedSets(sets(3), s(30)), seen(undone(3), s(30)), seen(back(), s(40)));
			expect(told(state).at(-1)).toMatch(/changed back to revision 2's \(Argo CD keeps it\)$/);
		});

		it('is said before it was complete, too, with what users saw', () => {
			const state = stateAfter(samplerStarted, began, ended(), seen(undone(1), s(12)), sampled(13, false), sampled(14, true), seen(back(), s(20)));
			expect(told(state).at(-1)).toMatch(/changed back to revision 2's by somebody else; users saw errors for 0s \(1 of 2 requests\)/);
		});

		it('is said where the controller was quicker than the answer', () => {
			const state = stateAfter(began, seen(back(argo), s(10)), ended(), seen(back({...argo, resourceVersion: '41'}), s(12)));
			expect(told(state).at(-1)).toMatch(/changed back to revision 2's \(Argo CD keeps it\)$/);
		});

		it('is another story after ten minutes', () => {
			expect(reduce(done, seen(back(argo), s(30 + 601))).action).toBeUndefined();
		});

		it('is told once: what comes then is another story', () => {
			const state = reduce(done, seen(back(argo), s(40)));
			expect(reduce(state, seen(back({resourceVersion: '50', generation: 5, template: template('app:v7')}), s(50))).action).toBeUndefined();
		});

		it('is not said of our own next command, whose effect the watch shows before the answer', () => {
			const redo: Command = {kind: 'undo', toRevision: 2, seen: {uid: 'd', generation: 3, undoTo: 2}};
			const after = {...accepted, change: {before: {...standing, generation: 3}, after: {...standing, generation: 4}}};
			const asked = reduce(done, {type: 'command-started', command: redo, at: s(39)});
			const shown = reduce(asked, seen(back(argo), s(40)));
			const state = reduce(shown, {type: 'command-ended', command: redo, result: after, at: s(41)});
			expect(told(state).join('\n')).not.toContain('changed back');
			expect(state.action).toMatchObject({kind: 'undo', revision: 2});
		});

		it('is said after all where our own next command was refused', () => {
			const redo: Command = {kind: 'restart'};
			const asked = reduce(reduce(done, {type: 'command-started', command: redo, at: s(39)}), seen(back(argo), s(40)));
			const refused = reduce(asked, {type: 'command-ended', command: redo, result: {kind: 'conflicted', message: 'changed', hint: undefined}, at: s(41)});
			expect(told(reduce(refused, seen(back({...argo, resourceVersion: '41'}), s(42)))).at(-1)).toContain('changed back');
		});
	});

	it('is not followed where it was refused', () => {
		const state = stateAfter(began, ended({kind: 'refused', message: 'no', hint: undefined}), seen(undone(3), s(51)));
		expect(state.action).toBeUndefined();
	});

	it('is over with the workload', () => {
		const state = stateAfter(began, ended(), {type: 'changed', stream: 'workloads', changes: [{kind: 'gone', uid: 'd'}], at: s(20)});
		expect(state.action).toBeUndefined();
	});

	it('waits while it is paused by somebody', () => {
		const state = stateAfter(began, ended(), listedSets(sets(1), s(12)), seen(undone(1, {paused: true}), s(12)));
		expect(view(state).word).toBe('PAUSED');
		expect(state.action?.end).toBeUndefined();
	});
});

describe('after other actions', () => {
	it.each<[Command, string]>([
		[{kind: 'restart'}, 'RESTARTING: 1 of 3'],
		[{kind: 'set-image', container: 'app', image: 'app:v1'}, 'SETTING IMAGE: 1 of 3'],
		[{kind: 'undo', toRevision: 1}, 'ROLLING BACK TO REVISION 1: 1 of 3'],
	])('%j has a word of its own', (command, word) => {
		const state = stateAfter({type: 'command-started', command, at: s(10)}, ended(accepted, command), listedSets(sets(1), s(12)), seen(undone(1), s(12)));
		expect(view(state).word).toBe(word);
	});

	it.each<Command>([{kind: 'pause'}, {kind: 'scale', replicas: 5}, {kind: 'delete-pod', pod: 'p', uid: 'p'}])('%j is followed by no pods', command => {
		expect(stateAfter({type: 'command-started', command, at: s(10)}, ended(accepted, command)).action).toBeUndefined();
	});

	it('resuming what has nothing left to do is not worth a word', () => {
		const resume: Command = {kind: 'resume'};
		const idle = workload({paused: true, resourceVersion: '25', template: template('app:v1')});
		const state = [seen(idle, s(5)), {type: 'command-started', command: resume, at: s(10)} as const, ended(accepted, resume)].reduce(
			reduce,
			stateAfter(listedSets(sets(3), s(1))),
		);
		expect(state.action).toBeUndefined();
	});
});
