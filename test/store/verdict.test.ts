import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Pod} from '../../src/domain/pod.ts';
import type {VerdictKind} from '../../src/domain/why/verdict.ts';
import type {VerdictMemory} from '../../src/domain/why/verdict-memory.ts';
import type {Deployment} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {rolloutView} from '../../src/store/selectors/rollout-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import type {RolloutView, Tone} from '../../src/store/views.ts';
import {focused} from '../../src/store/workload-state.ts';
import {condition, ended, pod, replicaSet, running, start, status, template, termination, waitingFor, workload} from '../domain/cluster-objects.ts';
import {replay, type Scenario} from './replay.ts';
import {situationState} from './situation-state.ts';

function deploymentIn({workloads}: State): Partial<Deployment> {
	const found = workloads.get('web')?.workload;
	return found?.kind === 'Deployment' ? found : {};
}

const memoryOf = (state: State, name = 'web') => state.workloads.get(name)?.memory?.verdict;
const saidOf = (state: State, name?: string) => memoryOf(state, name)?.said;
const told = ({timeline}: State) => timeline.filter(({kind}) => kind === 'verdict').map(({text}) => text);

describe('the verdict on what a real control plane says', () => {
	it.each<[string, VerdictKind | undefined, RegExp]>([
		['image-not-found', 'cannot-succeed', /^no new pod can start: can't pull image \S+: not found$/],
		['image-unauthorised', 'cannot-succeed', /no access$/],
		['image-name-invalid', 'cannot-succeed', /no valid name$/],
		['image-platform', 'cannot-succeed', /platform$/],
		['init-image-not-found', 'cannot-succeed', /of init container migrate: not found$/],
		['image-rate-limit', 'may-recover', /^what is wrong may pass$/],
		['registry-timeout', 'may-recover', /may pass/],
		['image-slow', 'undecided', /^no new pod is available yet$/],
		['crash-exit-code', 'cannot-succeed', /^every new pod crashes: exit code 3, at its start$/],
		['crash-segfault', 'cannot-succeed', /SIGSEGV/],
		['crash-exit-zero', 'cannot-succeed', /^no new pod stays up: .* nothing keeps it running$/],
		['startup-probe-fails', 'cannot-succeed', /^no new pod stays up: .*startup probe/],
		['init-container-fails', 'cannot-succeed', /init container migrate/],
		['command-not-found', 'cannot-succeed', /^no new pod can start: .*does not exist in the image$/],
		['out-of-memory', 'may-recover', /may pass/],
		['secret-missing', 'may-recover', /may pass/],
		['quota', 'cannot-succeed', /^can't create pods: quota two-pods is full: pods 2 of 2 used, 1 more needed$/],
		['limit-range', 'cannot-succeed', /maximum cpu usage per Container is 1, but limit is 2$/],
		['readiness-500', 'may-recover', /^1 of 2 new pods is in trouble, 1 is available$/],
		['readiness-refused', 'may-recover', /may pass/],
		['unschedulable-cpu', 'may-recover', /may pass/],
		['min-ready-seconds', 'undecided', /no new pod is available yet/],
		['terminating-long-grace', 'undecided', /^no new pod is there yet$/],
		['deadline-exceeded', undefined, /^$/],
		['paused-half-way', undefined, /^$/],
	])('%s: %s', (situation, kind, text) => {
		const said = saidOf(situationState(situation), 'shop');
		expect(said?.kind).toBe(kind);
		expect(said?.text ?? '').toMatch(text);
	});
});

describe('the verdict on recordings of a real cluster', () => {
	it.each<Scenario>(['create', 'roll-v2', 'undo', 'scale', 'deadline', 'recreate-testpage'])('never calls hopeless what is not: %s', scenario => {
		const name = scenario === 'recreate-testpage' ? 'testpage' : 'kubia';
		expect(replay(scenario).filter(({state}) => saidOf(state, name)?.kind === 'cannot-succeed')).toEqual([]);
	});

	it.each<[Scenario, RegExp]>([
		['bad-image', /"reason":"(ErrImagePull|ImagePullBackOff)"/],
		['crash', /"reason":"CrashLoopBackOff"/],
	])('calls %s hopeless within two seconds of the evidence, and until another template comes', (scenario, evidence) => {
		const steps = replay(scenario);
		const seen = steps.find(({recorded}) => recorded?.stream === 'pods' && evidence.test(JSON.stringify(recorded.object)));
		const said = steps.filter(({state}) => saidOf(state, 'kubia')?.kind === 'cannot-succeed');
		expect((said[0]?.at ?? Number.POSITIVE_INFINITY) - (seen?.at ?? 0)).toBeLessThanOrEqual(2000);
		const last = steps.at(-1)?.state;
		// One verdict, in one piece: what the pods do between two tries does not shake it.
		expect(last && told(last)).toHaveLength(1);
		const indices = said.map(step => steps.indexOf(step));
		expect(indices.every((index, place) => place === 0 || index === (indices[place - 1] ?? 0) + 1)).toBe(true);
	});
});

const live = {kind: 'live', since: start} as const;
const v2 = template('app:v2');
const counts = {desired: 2, current: 3, updated: 1, ready: 2, available: 2, unavailable: 1, terminating: 0};

/** `web` on its way from v1 to v2: two old pods, and new ones that the test tells of. */
function rolling(change: Partial<Deployment> = {}): State {
	const object = workload({template: v2, generation: 2, observedGeneration: 2, specReplicas: 2, replicas: counts, ...change});
	const old = replicaSet('web-a', 1, 'app:v1', {desired: 2, current: 2, ready: 2, available: 2});
	const made = replicaSet('web-b', 2, 'app:v2', {desired: 1, current: 1});
	const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
	const events: readonly Event[] = [
		...(['workloads', 'revisions', 'pods', 'events'] as const).map((stream): Event => ({type: 'stream-changed', stream, condition: live})),
		{type: 'listed', stream: 'workloads', items: [object], at: start},
		{type: 'listed', stream: 'revisions', items: [old, made], at: start},
		{type: 'listed', stream: 'pods', items: [pod('web-a-1', 'web-a', true), pod('web-a-2', 'web-a', true)], at: start},
		{type: 'listed', stream: 'events', items: [], at: start},
	];
	return events.reduce(reduce, initialState(target, start, 60));
}

let versions = 100;

/** A new pod in one of the states that pods go through. `at`: epoch ms. */
function newPod(name: string, kind: PodState, at: number): Pod {
	const notFound = 'failed to pull and unpack image "app:v2": failed to resolve reference "app:v2": app:v2: not found';
	const crashed = termination({startedAt: at - 2000, finishedAt: at - 1000});
	const containers: Readonly<Record<PodState, Partial<Parameters<typeof status>[1]> & {readonly state: Parameters<typeof status>[0]}>> = {
		creating: {state: waitingFor('ContainerCreating')},
		'pull-error': {state: waitingFor('ErrImagePull', notFound)},
		'pull-back-off': {state: waitingFor('ImagePullBackOff', `Back-off pulling image "app:v2": ErrImagePull: ${notFound}`)},
		'rate-limit': {state: waitingFor('ErrImagePull', 'toomanyrequests: You have reached your pull rate limit')},
		'first-end': {state: ended({finishedAt: at})},
		'crash-loop': {state: waitingFor('CrashLoopBackOff', 'back-off 10s restarting failed container'), restartCount: 2, lastTermination: crashed},
		'between-crashes': {state: {kind: 'running', startedAt: at - 500}, restartCount: 3, lastTermination: crashed},
		running: {state: running},
		ready: {state: running, ready: true},
		'ready-between-crashes': {state: {kind: 'running', startedAt: at - 500}, ready: true, restartCount: 3, lastTermination: crashed},
		outlasting: {state: {kind: 'running', startedAt: at - 60_000}, ready: true, restartCount: 3, lastTermination: {...crashed, finishedAt: at - 60_000}},
	};
	const {state, ...more} = containers[kind];
	const isReady = more.ready === true;
	return pod(name, 'web-b', isReady, {
		resourceVersion: String(versions++),
		conditions: [condition('Ready', isReady ? 'True' : 'False', {lastTransitionAt: at})],
		containerStatuses: [status(state, more)],
		phase: state.kind === 'waiting' && more.restartCount === undefined ? 'Pending' : 'Running',
	});
}

const podStates = [
	...(['creating', 'pull-error', 'pull-back-off', 'rate-limit', 'first-end', 'crash-loop'] as const),
	...(['between-crashes', 'running', 'ready', 'ready-between-crashes', 'outlasting'] as const),
];
type PodState = (typeof podStates)[number];

/** What the state becomes when its only new pod goes through these states, one each second, with a tick after each. */
function through(state: State, ...kinds: readonly PodState[]): State {
	return kinds.reduce((current, kind) => {
		const at = current.now + 1000;
		const changed: Event = {type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: newPod('web-b-1', kind, at)}], at};
		return reduce(reduce(current, changed), {type: 'ticked', at});
	}, state);
}

/** Whether something had to be taken back between two moments, and that it was said. */
function checkSilence(before: VerdictMemory | undefined, after: VerdictMemory | undefined, at: number): boolean {
	const isDropped = before?.said?.kind === 'cannot-succeed' && after?.said?.kind !== 'cannot-succeed';
	if (!isDropped) expect(after?.takenBack).toBe(before?.takenBack);
	else expect(after?.takenBack).toEqual({said: before.said?.text, why: expect.stringMatching(/./), at});
	return isDropped;
}

describe('what is remembered', () => {
	it.each<[string, readonly PodState[], VerdictKind, readonly RegExp[]]>([
		['an image that does not exist', ['creating', 'pull-error'], 'cannot-succeed', [/^cannot succeed: no new pod can start: can't pull image/]],
		['and the pause before the next try', ['pull-error', 'pull-back-off', 'pull-error'], 'cannot-succeed', [/^cannot succeed/]],
		['one crash is not yet a loop', ['running', 'first-end'], 'may-recover', []],
		['a loop is, also while the container runs again', ['crash-loop', 'between-crashes'], 'cannot-succeed', [/^cannot succeed/]],
		['without a probe the container is ready at once, each time', ['crash-loop', 'ready-between-crashes'], 'cannot-succeed', [/^cannot succeed/]],
		[
			'until it runs for longer than before',
			['crash-loop', 'outlasting'],
			'on-its-way',
			[/^cannot succeed/, /^taken back, web-b-1 is ready; it was said: cannot succeed: /],
		],
		['somebody pushed the image', ['pull-error', 'running'], 'undecided', [/^cannot succeed/, /^taken back, web-b-1 has started; it was said: /]],
		[
			'the registry says something else',
			['pull-error', 'rate-limit'],
			'may-recover',
			[/^cannot succeed/, /^taken back, web-b-1 can't pull image \S+: .*rate limit/],
		],
		['the pod is made anew: that tells nothing', ['pull-error', 'creating'], 'cannot-succeed', [/^cannot succeed/]],
	])('%s: %j', (_reason, kinds, expected, lines) => {
		const state = through(rolling(), ...kinds);
		expect(saidOf(state)?.kind).toBe(expected);
		expect(told(state)).toHaveLength(lines.length);
		for (const [index, line] of lines.entries()) expect(told(state)[index]).toMatch(line);
	});

	it('keeps since when it is said', () => {
		const state = through(rolling(), 'pull-error', 'pull-back-off', 'pull-error');
		expect(saidOf(state)?.since).toBe(start + 1000);
	});

	it('is nothing of another template, and says nothing of that', () => {
		const hopeless = through(rolling(), 'pull-error');
		const at = hopeless.now + 1000;
		const next = workload({template: template('app:v3'), generation: 3, observedGeneration: 2, specReplicas: 2, replicas: counts, resourceVersion: '9'});
		const state = reduce(hopeless, {type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object: next}], at});
		expect(memoryOf(reduce(state, {type: 'ticked', at}))?.said?.kind).toBe('undecided');
		expect(told(state)).toHaveLength(1);
	});

	it('is held while a person pauses, and said again of the same when it goes on', () => {
		const hopeless = through(rolling(), 'pull-error');
		const observed = (paused: boolean, version: string): Event => ({
			type: 'changed',
			stream: 'workloads',
			changes: [{kind: 'observed', object: workload({...deploymentIn(hopeless), paused, resourceVersion: version})}],
			at: hopeless.now + 1000,
		});
		const paused = reduce(reduce(hopeless, observed(true, '50')), {type: 'ticked', at: hopeless.now + 1000});
		const resumed = reduce(reduce(paused, observed(false, '51')), {type: 'ticked', at: hopeless.now + 2000});
		expect([saidOf(paused)?.kind, saidOf(resumed)?.kind]).toEqual(['cannot-succeed', 'cannot-succeed']);
		expect(told(resumed)).toHaveLength(1);
	});

	it('is taken back by a pod that does well, also while a person pauses', () => {
		const hopeless = through(rolling(), 'pull-error');
		const object = workload({...deploymentIn(hopeless), paused: true, resourceVersion: '50'});
		const paused = reduce(hopeless, {type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object}], at: hopeless.now + 1000});
		const state = through(paused, 'running', 'ready');
		expect(saidOf(state)).toBeUndefined();
		expect(told(state).at(-1)).toMatch(/^taken back, web-b-1 is ready; it was said: /);
	});

	it('changes nothing when nothing changed', () => {
		const state = through(rolling(), 'pull-error');
		const later = reduce(state, {type: 'ticked', at: state.now + 1000});
		expect(later.workloads).toBe(state.workloads);
	});

	it('never drops “cannot succeed” without saying so, whatever the pods do', () => {
		const step = fc.record({
			pod: fc.constantFrom('web-b-1', 'web-b-2'),
			kind: fc.constantFrom(...podStates, 'gone' as const),
			waits: fc.integer({min: 200, max: 20_000}),
		});
		fc.assert(
			fc.property(fc.array(step, {minLength: 1, maxLength: 25}), steps => {
				let state = rolling();
				let [before, spoken] = [memoryOf(state), 0];
				for (const {pod: name, kind, waits} of steps) {
					const at = state.now + waits;
					const change = kind === 'gone' ? ({kind: 'gone', uid: name} as const) : ({kind: 'observed', object: newPod(name, kind, at)} as const);
					state = reduce(reduce(state, {type: 'changed', stream: 'pods', changes: [change], at}), {type: 'ticked', at});
					const after = memoryOf(state);
					if (checkSilence(before, after, at)) spoken += 1;
					before = after;
				}
				const lines = state.timeline.filter(({text}) => text.startsWith('taken back')).reduce((sum, {count}) => sum + count, 0);
				expect(lines).toBe(spoken);
			}),
			{numRuns: 300},
		);
	});
});

describe('the line of what becomes of it', () => {
	it.each<[string, string, Tone]>([
		['crash-exit-code', 'as grave as what holds it up', 'bad'],
		['readiness-refused', 'no graver than what may well recover', 'change'],
		['image-slow', 'quiet where it only waits', 'quiet'],
	])('%s: is %s', (situation, _, tone) => {
		const {state, facts} = shown(situation);
		expect(deadlineNote(rolloutView(state, facts, state.now))?.tone).toBe(tone);
	});

	it('stays grave while what was said is not seen, as between two crashes', () => {
		const {state, facts} = shown('crash-exit-code');
		const note = deadlineNote(rolloutView(state, {...facts, findings: []}, state.now));
		expect(note).toMatchObject({tone: 'bad', text: expect.stringMatching(/^It cannot succeed\. Deadline in .* → u undo/)});
	});
});

function shown(situation: string) {
	const state = focused(situationState(situation), 'shop');
	const facts = rolloutFacts(state, state.now);
	if (facts === undefined) throw new Error(`nothing is known of ${situation}`);
	return {state, facts};
}

const deadlineNote = ({notes}: RolloutView) => notes.find(({text}) => text.includes('Deadline in'));
