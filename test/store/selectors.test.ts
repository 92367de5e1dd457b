import {describe, expect, it} from 'vitest';
import {age} from '../../src/domain/human-duration.ts';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {Outcome} from '../../src/domain/sample.ts';
import type {Workload} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {mixView} from '../../src/store/selectors/mix/mix-view.ts';
import {podDetailsView} from '../../src/store/selectors/pod-details-view.ts';
import {podTone} from '../../src/store/selectors/pod-row.ts';
import {revisionRows} from '../../src/store/selectors/revision-rows.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {createScreenView, isCalm} from '../../src/store/selectors/screen-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {
	condition,
	containerSpec,
	ended,
	k8sEvent,
	pod,
	probe,
	replicaSet,
	running,
	service,
	start,
	status,
	template,
	termination,
	waitingFor,
	workload,
} from '../domain/cluster-objects.ts';
import {lastOf, replay, scenarios} from './replay.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
// A multiple of ten seconds: a resting screen is refreshed on those.
const now = start + 60_000;

type Change = Partial<State> & {readonly workload?: Workload | undefined; readonly gone?: boolean};

/** `workload: undefined`: it was not seen yet. */
function stateOf(all: Change = {}): State {
	const {workload: seen, gone = false, ...change} = {workload: workload({template: template('app:v2'), revisionText: '2'}), ...all};
	const live = {condition: {kind: 'live' as const, since: start}, synced: true, heardAt: now};
	const {streams} = initialState(target, now, 60);
	const everyStream = Object.fromEntries(Object.keys(streams).map(name => [name, live])) as State['streams'];
	const sets = [replicaSet('web-a', 1, 'app:v1'), replicaSet('web-b', 2, 'app:v2', {desired: 3, current: 3, ready: 3, available: 3})];
	const pods = ['1', '2', '3'].map(letter => pod(`web-b-${letter}`, 'web-b', true));
	return {
		...initialState(target, now, 60),
		streams: everyStream,
		workloads: new Map(seen === undefined ? [] : [[seen.name, {workload: seen, gone, rollout: undefined}]]),
		replicaSets: new Map(sets.map(set => [set.uid, set])),
		pods: new Map(pods.map(one => [one.uid, one])),
		...change,
	};
}

function ticked(state: State, seconds: number): State {
	return reduce(state, {type: 'ticked', at: state.now + seconds * 1000});
}

describe('a tick on a resting screen', () => {
	it('that changes no visible text gives back the same view object', () => {
		const view = createScreenView();
		const state = stateOf();
		const first = view(state);
		expect(view(ticked(state, 1))).toBe(first);
		expect(view(ticked(state, 9))).toBe(first);
	});

	it('gives back the same parts when only the clock is another', () => {
		const view = createScreenView();
		// Ages count in minutes by then, so that ten seconds change nothing of them.
		const state = stateOf({now: start + 20 * 60_000});
		const first = view(state);
		const later = view(ticked(state, 10));
		expect(later).not.toBe(first);
		expect(later.header.clock).toEqual({at: state.now + 10_000, seconds: false});
		for (const part of ['mix', 'rollout', 'replicaSets', 'pods', 'timeline', 'conditions'] as const) expect(later[part]).toBe(first[part]);
	});

	it('leaves the lines of the timeline as they are when there is a new one', () => {
		const view = createScreenView();
		const withPod = (state: State, name: string) =>
			reduce(state, {type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: pod(name, 'web-b', false, {createdAt: now})}], at: now});
		const before = withPod(withPod(stateOf(), 'web-b-4'), 'web-b-5');
		const {timeline} = view(before);
		const later = view(withPod(before, 'web-b-6')).timeline;
		expect(timeline.length).toBeGreaterThan(1);
		expect(later.length).toBeGreaterThan(timeline.length);
		for (const entry of timeline) expect(later).toContain(entry);
	});

	it('does not stop the clock for what is new: a pod made while paused is as old as it is', () => {
		const view = createScreenView();
		const paused = stateOf({workload: workload({template: template('app:v2'), paused: true})});
		view(paused);
		const fresh = pod('web-b-4', 'web-b', false, {createdAt: now + 6000});
		const later = reduce(ticked(paused, 7), {type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: fresh}], at: now + 7000});
		const shown = view(later);
		expect(age(shown.pods.find(({name}) => name === 'web-b-4')?.createdAt, shown.podsAt)).toBe('1s');
		// And it does not go back when only a bookmark comes.
		const heard = view(reduce(ticked(later, 2), {type: 'stream-heard', stream: 'pods', at: now + 9000}));
		expect(heard.pods).toBe(shown.pods);
		expect(heard.podsAt).toBe(shown.podsAt);
	});

	it('is none any more when something rolls, is measured, or is lost', () => {
		const rolling = stateOf({workload: workload({generation: 2})});
		const lost: Event = {type: 'stream-changed', stream: 'pods', condition: {kind: 'lost', since: now, reason: 'EOF', retryAt: now + 2000}};
		const measured: Event = {type: 'sampler-started', id: 0, target: 'svc/web', route: 'service-proxy', intervalMs: 1000, traits: plainTraits, at: now};
		const calm = (state: State) => isCalm(focused(state), [rolloutFacts(focused(state), state.now)]);
		expect([stateOf(), rolling, reduce(stateOf(), lost), reduce(stateOf(), measured), stateOf({gone: true})].map(calm)).toEqual([
			true,
			false,
			false,
			false,
			false,
		]);
	});
});

describe('a change', () => {
	it('of one pod makes one row anew', () => {
		const view = createScreenView();
		const state = stateOf();
		const first = view(state);
		const unready = {...pod('web-b-2', 'web-b', false), resourceVersion: '2'};
		const {pods} = view(reduce(state, {type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: unready}], at: now}));
		expect(pods.map(({name}) => name)).toEqual(['web-b-2', 'web-b-1', 'web-b-3']);
		expect(pods[2]).toBe(first.pods[2]);
	});

	it.each(scenarios)('that says the same shows the same object: each step of %s', scenario => {
		const view = createScreenView();
		for (const {state} of replay(scenario)) {
			const shown = view(state);
			expect(view({...state})).toEqual(shown);
			expect(view({...state}).pods).toBe(view(state).pods);
		}
	});
});

describe('the header', () => {
	it('says from what to what while it rolls, and only what is there after', () => {
		const rolling = stateOf({
			workload: workload({template: template('app:v2'), revisionText: '2', generation: 2, replicas: {...workload().replicas, updated: 1}}),
			replicaSets: new Map([replicaSet('web-a', 1, 'app:v1', {current: 2}), replicaSet('web-b', 2, 'app:v2')].map(set => [set.uid, set])),
		});
		expect(createScreenView()(rolling).header).toMatchObject({images: {from: 'app:v1', to: 'app:v2'}, revision: {from: 1, to: 2}, target: 'deploy/web'});
		expect(createScreenView()(stateOf()).header).toMatchObject({
			images: {from: undefined, to: 'app:v2'},
			revision: {from: undefined, to: 2},
			heardSecondsAgo: 0,
		});
	});

	const on = (stream: 'workloads' | 'events', kind: 'lost' | 'forbidden' | 'syncing', retryAt?: number): Event => ({
		type: 'stream-changed',
		stream,
		condition:
			kind === 'syncing'
				? {kind, since: now - 5000}
				: kind === 'lost'
					? {kind, since: now - 5000, reason: 'EOF', retryAt}
					: {kind, since: now, reason: 'no right to list'},
	});

	it.each<[reason: string, events: readonly Event[], connection: object]>([
		['all is live', [], {kind: 'live', text: 'LIVE'}],
		['events alone are lost: the screen is still to be trusted', [on('events', 'lost')], {kind: 'live'}],
		['one that is needed is lost', [on('workloads', 'lost', now + 1500)], {kind: 'lost', text: 'LOST 5s ago, retry in 2s'}],
		['it is tried again just now', [on('workloads', 'lost')], {kind: 'lost', text: 'LOST 5s ago, retrying'}],
		['one that is needed may not be read', [on('workloads', 'forbidden')], {kind: 'lost', text: 'FORBIDDEN (deployments)'}],
		['one that is needed has not come yet', [on('workloads', 'syncing')], {kind: 'syncing', text: 'SYNCING'}],
	])('says how live it is: %s', (_reason, events, connection) =>
		expect(createScreenView()(events.reduce(reduce, stateOf())).header.connection).toMatchObject(connection),
	);

	it('says that the workload was deleted, before anything else', () => {
		expect(createScreenView()(stateOf({gone: true})).header.connection).toEqual({kind: 'gone', text: 'DELETED'});
	});

	it('names each panel whose stream is not live', () => {
		expect(createScreenView()(reduce(stateOf(), on('events', 'lost'))).conditions).toMatchObject([{panel: 'timeline', text: 'LOST 5s ago, retrying: EOF'}]);
	});

	it('has not heard of anything at first', () => {
		const {header, rollout, pods} = createScreenView()(initialState(target, now, 60));
		expect({heard: header.heardSecondsAgo, rollout, pods}).toEqual({heard: undefined, rollout: undefined, pods: []});
	});
});

describe('the rollout panel', () => {
	const view = (state: State) => createScreenView()(state).rollout;
	const paused = workload({
		template: template('app:v2'),
		paused: true,
		conditions: [condition('Progressing', 'Unknown', {reason: 'DeploymentPaused', lastUpdateAt: now - 90_000})],
	});

	it('says since when it is paused', () => {
		expect(view(stateOf({workload: paused}))).toMatchObject({
			word: 'PAUSED',
			busy: false,
			notes: [{text: 'Paused for 90s: nothing moves until it is resumed (r).'}],
		});
	});

	it('says that a paused one was past its deadline before', () => {
		const conditions = [
			condition('Progressing', 'False', {reason: 'ProgressDeadlineExceeded', lastUpdateAt: now, message: 'ReplicaSet "web-b" has timed out progressing.'}),
		];
		const state = stateOf({workload: {...paused, conditions}, replicaSets: new Map([['web-b', replicaSet('web-b', 2, 'app:v2', {createdAt: start})]])});
		expect(view(state)?.notes[0]?.text).toBe('Paused: nothing moves until it is resumed (r). It had exceeded its progress deadline before.');
	});

	it('tells ten pods that are stuck alike in one line', () => {
		const crashing = (name: string) =>
			pod(name, 'web-b', false, {containerStatuses: [status(waitingFor('CrashLoopBackOff'), {restartCount: 1, lastTermination: termination()})]});
		const names = Array.from({length: 10}, (_, index) => `web-b-${index}`);
		const state = stateOf({pods: new Map(names.map(name => [name, crashing(name)]))});
		expect(view(state)?.notes.map(({text}) => text)).toEqual([
			'web-b-0 container app crashes again and again: exit code 1, 1s after its start (1 restart), for 60s; and 9 more pods → read its log (l)',
		]);
	});

	it('shows both lanes while old pods are left, and one when all is over', () => {
		expect(view(stateOf())?.lanes).toEqual([{label: 'new', filled: 3, whole: 3, text: '3/3 updated · 3 ready · 3 available'}]);
		const old = pod('web-a-1', 'web-a', true, {deletedAt: now});
		const state = stateOf();
		expect(view({...state, pods: new Map([...state.pods, [old.uid, old]])})?.lanes[1]).toEqual({
			label: 'old',
			filled: 0,
			whole: 3,
			text: '0/3 left · 1 terminating',
		});
	});

	it('counts what is above and below the desired number against what is allowed', () => {
		const live = workload({template: template('app:v2'), replicas: {...workload().replicas, current: 4, available: 2}});
		expect(view(stateOf({workload: live}))).toMatchObject({surge: {used: 1, allowed: 1}, unavailable: {used: 1, allowed: 0}});
	});

	it('judges by the status alone while the pods can’t be seen', () => {
		const state = stateOf({pods: new Map(), workload: workload({template: template('app:v2'), replicas: {...workload().replicas, terminating: 2}})});
		const blind = {...state, streams: {...state.streams, pods: {...state.streams.pods, synced: false}}};
		expect([view(state)?.phase, view(blind)?.phase]).toEqual(['complete', 'progressing']);
	});
});

describe('the notice in the footer', () => {
	const command = {kind: 'pause'} as const;
	const base = {command, workload: 'web', startedAt: now, endedAt: now, before: undefined, replaced: undefined, generation: 1, shown: false};
	const notice = (state: State) => createScreenView()(state).notice;

	it.each<[reason: string, result: NonNullable<State['command']>['result'], expected: object | undefined]>([
		['accepted', {kind: 'accepted', message: 'paused', warnings: []}, {tone: 'good', text: 'paused'}],
		['accepted with a warning', {kind: 'accepted', message: 'rolled back', warnings: ['apply']}, {tone: 'good', text: 'rolled back — apply'}],
		['refused', {kind: 'refused', message: 'no', hint: 'ask'}, {tone: 'bad', text: 'refused: no → ask'}],
		['conflicted', {kind: 'conflicted', message: 'changed', hint: undefined}, {tone: 'bad', text: 'conflicted: changed'}],
		['on its way', undefined, undefined],
	])('says how a command ended: %s', (_reason, result, expected) => expect(notice(stateOf({command: {...base, result}}))).toEqual(expected));

	it('goes after eight seconds', () => {
		const result = {kind: 'refused', message: 'no', hint: undefined} as const;
		expect(notice(stateOf({command: {...base, result, endedAt: now - 8001}}))).toBeUndefined();
		expect(notice(stateOf({command: {...base, result, endedAt: now - 8000}}))).toBeDefined();
	});

	it('says why the curl loop could not start', () => {
		expect(notice(reduce(stateOf(), {type: 'sampler-refused', problem: 'no Service', at: now}))).toEqual({tone: 'bad', text: 'no Service'});
	});
});

describe('the question before a command', () => {
	const ask = (state: State, kind: 'pause' | 'resume' | 'undo', toRevision?: number) =>
		confirmView(focused(state), kind === 'undo' ? {kind, toRevision} : {kind});

	it('shows the object, the place, what changes and kubectl’s line', () => {
		expect(ask(stateOf(), 'undo')).toMatchObject({
			title: 'Undo the rollout of web?',
			context: 'eu',
			server: 'https://cluster',
			namespace: 'prod',
			object: 'deployment.apps/web',
			changes: [
				{label: 'revision', from: '2', to: '1'},
				{label: 'containers[app].image', from: 'app:v2', to: 'app:v1'},
			],
			kubectl: 'kubectl --context=eu --namespace=prod rollout undo deployment/web',
		});
		expect(ask(stateOf(), 'undo', 1)).toMatchObject({title: 'Go to revision 1 of web?', kubectl: expect.stringContaining('--to-revision=1')});
	});

	it('asks for pause and resume', () => {
		expect(ask(stateOf(), 'pause')).toMatchObject({title: 'Pause the rollout of web?', changes: [{label: 'spec.paused', from: 'false', to: 'true'}]});
		expect(ask(stateOf({workload: workload({paused: true})}), 'resume')).toMatchObject({
			changes: [{from: 'true', to: 'false'}],
			notes: ['The rollout goes on at once.'],
		});
	});

	it('names the kubeconfig that was given', () => {
		expect(confirmView(focused(stateOf()), {kind: 'pause'}, {kubeconfig: '/tmp/k'})).toMatchObject({kubectl: expect.stringContaining('--kubeconfig=/tmp/k')});
	});

	it('refuses what can’t act, and what nobody has seen', () => {
		expect(ask(stateOf(), 'resume')).toMatchObject({refusal: {message: 'deployments.apps "web" is not paused'}});
		expect(ask(stateOf({workload: undefined}), 'pause')).toMatchObject({refusal: {message: 'deploy/web has not been seen yet'}});
	});

	it('warns of the next apply, and of an old list of revisions', () => {
		const applied = workload({template: template('app:v2'), revisionText: undefined, annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}'}});
		const lost: Event = {type: 'stream-changed', stream: 'revisions', condition: {kind: 'syncing', since: now}};
		const view = ask(reduce(stateOf({workload: applied}), lost), 'undo');
		expect('notes' in view ? view.notes.join(' ') : '').toMatch(/apply.*not live/);
		expect('changes' in view ? view.changes[0] : undefined).toEqual({label: 'revision', from: '?', to: '1'});
	});

	it('shows a field that comes or goes', () => {
		const tiered = template('app:v2', {metadata: {labels: {app: 'web', tier: 'x'}}});
		expect(ask(stateOf({workload: workload({template: tiered, revisionText: '3'})}), 'undo', 1)).toMatchObject({
			changes: expect.arrayContaining([{label: 'metadata.labels.tier', from: 'x', to: '(not set)'}]),
		});
	});
});

describe('the details of a pod', () => {
	const detailed = pod('web-b-1', 'web-b', false, {
		message: 'out of disk',
		reason: 'Evicted',
		nodeName: undefined,
		ip: undefined,
		initContainers: [containerSpec({name: 'init', image: 'i'})],
		initContainerStatuses: [status(ended({exitCode: 0, reason: 'Completed', finishedAt: now - 5000}), {name: 'init', image: 'i'})],
		containers: [
			containerSpec({readinessProbe: probe('GET :8080/')}),
			containerSpec({name: 'slow', image: 's'}),
			containerSpec({name: 'new', image: 'n'}),
			containerSpec({name: 'mute', image: 'm'}),
		],
		containerStatuses: [
			status(
				{kind: 'running', startedAt: now - 30_000},
				{restartCount: 1, lastTermination: termination({exitCode: 2, reason: '', message: 'boom', finishedAt: now - 31_000})},
			),
			status(waitingFor('ImagePullBackOff', 'Back-off'), {name: 'slow'}),
			status({kind: 'none'}, {name: 'mute'}),
		],
	});
	const events = [
		k8sEvent('Pulling', 'first', {lastAt: now - 60_000}),
		k8sEvent('BackOff', 'second', {lastAt: now, count: 3}),
		k8sEvent('Other', 'x', {object: {kind: 'Pod', name: 'x', uid: 'x'}}),
	];
	const mine = events.map(event => ({...event, object: event.reason === 'Other' ? event.object : {kind: 'Pod', name: 'web-b-1', uid: 'web-b-1'}}));
	const state = stateOf({pods: new Map([[detailed.uid, detailed]]), k8sEvents: new Map(mine.map(event => [event.uid, event]))});

	it('say where it is and how it stands', () => {
		expect(podDetailsView(state, 'web-b-1', undefined)?.lines.map(({label, value}) => `${label}: ${value}`)).toEqual([
			'Status: ImagePullBackOff   ready 0/4   restarts 1 (31s ago)   age 60s',
			'Revision: unknown',
			'Node: not scheduled yet',
			'IP: none yet',
			'Message: Evicted out of disk',
		]);
	});

	it('say what each container does, and how it ended before', () => {
		expect(podDetailsView(state, 'web-b-1', 2)?.containers.map(({name, state: text, tone}) => `${name} ${tone}: ${text}`)).toEqual([
			'init bad: Completed (exit code 0) 5s ago',
			'app change: running since 30s; before: terminated (exit code 2) 31s ago: boom',
			'slow bad: waiting: ImagePullBackOff: Back-off',
			'new change: not started',
			'mute change: unknown',
		]);
	});

	it('tell its events, the newest first, and nobody else’s', () => {
		expect(podDetailsView(state, 'web-b-1', 2)?.events).toMatchObject([
			{message: 'second', count: 3, age: '0s'},
			{message: 'first', age: '60s'},
		]);
	});

	it('are none of a pod that is gone', () => expect(podDetailsView(state, 'gone', 2)).toBeUndefined());
});

describe('what a pod itself answers', () => {
	const asked = (podUid: string, outcome: Outcome, latencyMs: number): Event => ({
		type: 'pod-sampled',
		podUid,
		sample: {at: now, latencyMs, outcome, podName: undefined, ownerUid: undefined},
	});
	const own = (state: State, name: string) => createScreenView()(state).pods.find(row => row.name === name)?.own;

	it('is its version and how long that took, or what was wrong; nothing of a pod that is not asked', () => {
		const [first, second] = [...stateOf().pods.values()];
		if (first === undefined || second === undefined) throw new Error('two pods are needed');
		const state = [
			asked(first.uid, {kind: 'version', version: 'v3', rule: 'auto:word'}, 4.26),
			asked(second.uid, {kind: 'failure', reason: 'http-500', detail: ''}, 31.4),
		].reduce(reduce, stateOf());
		expect(own(state, first.name)).toEqual({tone: 'good', text: 'v3 4.3 ms'});
		expect(own(state, second.name)).toEqual({tone: 'bad', text: '500 31 ms'});
		expect(own(reduce(state, asked(first.uid, {kind: 'failure', reason: 'refused', detail: ''}, 1)), first.name)).toEqual({tone: 'bad', text: 'refused'});
		expect(own(stateOf(), first.name)).toBeUndefined();
	});
});

describe('the colour of a pod', () => {
	it.each<[reason: string, change: Parameters<typeof pod>[3], status: string, tone: string]>([
		['it is told to end', {deletedAt: now}, 'Terminating', 'quiet'],
		['it has failed', {phase: 'Failed'}, 'Error', 'bad'],
		['it has ended well', {phase: 'Succeeded'}, 'Completed', 'quiet'],
		['it runs and is not ready', {}, 'Running', 'change'],
		['it is ready', {conditions: [condition('Ready', 'True')]}, 'Running', 'good'],
		['it is on its way', {containerStatuses: [status(running)]}, 'ContainerCreating', 'change'],
		['its init containers are on their way', {}, 'Init:0/2', 'change'],
		['its init container crashes', {}, 'Init:CrashLoopBackOff', 'bad'],
		['it can’t go on', {}, 'CrashLoopBackOff', 'bad'],
	])('%s', (_reason, change, text, tone) => expect(podTone(pod('p', 'web-b', false, change), text)).toBe(tone));
});

describe('the list of revisions', () => {
	it('is the newest first, with the current one marked', () => {
		const facts = rolloutFacts(focused(stateOf()), now);
		if (facts === undefined) throw new Error('the workload is known');
		expect(revisionRows(facts, stateOf(), now)).toMatchObject([
			{revision: 2, replicaSet: 'web-b', current: true, ready: 3, images: ['app:v2']},
			{revision: 1, replicaSet: 'web-a', current: false, ready: 0},
		]);
	});
});

describe('the version mix before anything is sent', () => {
	it('names the Service that selects these pods, or says that none does', () => {
		expect(mixView(stateOf({services: new Map([['s', service()]])}))).toMatchObject({mode: 'off', target: 'svc/web', offReason: undefined});
		expect(mixView(stateOf({services: new Map([['s', service({selector: {}})]])}))).toMatchObject({
			target: undefined,
			offReason: 'no Service selects these pods: give --curl TARGET',
		});
		expect(mixView(initialState(target, now, 60)).offReason).toBe('looking for a Service');
		const forbidden: Event = {type: 'stream-changed', stream: 'services', condition: {kind: 'forbidden', since: now, reason: 'no'}};
		expect(mixView(reduce(stateOf(), forbidden)).offReason).toBe('Services may not be listed: give --curl TARGET');
	});
});

it('holds at the end of a recording what rollout facts say of it', () => {
	const end = lastOf(replay('scale'));
	const facts = rolloutFacts(focused(end), end.now);
	expect(facts?.phase.phase).toBe('complete');
	expect(facts?.undoRevision).toBe(10);
});
