import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Command, CommandResult} from '../../src/domain/command.ts';
import type {K8sEvent} from '../../src/domain/k8s-event.ts';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import {unknownOutcome} from '../../src/domain/outcome.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {Sample} from '../../src/domain/sample.ts';
import {streamNames} from '../../src/domain/stream.ts';
import type {Workload} from '../../src/domain/workload.ts';
import type {Event, ObjectChange} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {condition, k8sEvent, pod, replicaSet, start, template, workload} from '../domain/cluster-objects.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const empty = initialState(target, start, 60);

function stateAfter(events: readonly Event[], state: State = empty): State {
	return events.reduce(reduce, state);
}

const listed = {
	workload: (...items: readonly Workload[]): Event => ({type: 'listed', stream: 'workloads', items, at: start}),
	sets: (...items: readonly ReturnType<typeof replicaSet>[]): Event => ({type: 'listed', stream: 'revisions', items, at: start}),
	pods: (...items: readonly Pod[]): Event => ({type: 'listed', stream: 'pods', items, at: start}),
};
const changed = {
	workload: (object: Workload, at = start): Event => ({type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object}], at}),
	sets: (object: ReturnType<typeof replicaSet>, at = start): Event => ({type: 'changed', stream: 'revisions', changes: [{kind: 'observed', object}], at}),
	pods: (changes: readonly ObjectChange<Pod>[], at = start): Event => ({type: 'changed', stream: 'pods', changes, at}),
};
const texts = ({timeline}: State) => timeline.map(({text}) => text);

describe('an event that changes nothing', () => {
	const full = stateAfter([
		listed.workload(workload()),
		listed.sets(replicaSet('web-a', 1, 'app:v1')),
		listed.pods(pod('web-a-1', 'web-a', true)),
		{type: 'ticked', at: start + 1000},
	]);

	it.each<[reason: string, event: Event]>([
		['the same list', listed.pods(pod('web-a-1', 'web-a', true))],
		['the same workload', listed.workload(workload())],
		['a pod that is gone already', changed.pods([{kind: 'gone', uid: 'nobody'}])],
		['a watch without news', changed.pods([])],
		['a proof of life at the same time', {type: 'stream-heard', stream: 'pods', at: start}],
		['the same condition', {type: 'stream-changed', stream: 'pods', condition: {kind: 'syncing', since: start}}],
		['the same second', {type: 'ticked', at: start + 1000}],
		['the same window', {type: 'window-changed', seconds: 60}],
		[
			'the end of a command that nobody started',
			{type: 'command-ended', command: {kind: 'pause'}, result: {kind: 'accepted', message: '', warnings: []}, at: start},
		],
	])('gives back the same state: %s', (_reason, event) => expect(reduce(full, event)).toBe(full));

	it('keeps every other part of the state when one part changes', () => {
		const next = reduce(full, changed.pods([{kind: 'observed', object: pod('web-a-2', 'web-a', false)}]));
		const kept = Object.keys(full).filter(key => full[key as keyof State] === next[key as keyof State]);
		expect(Object.keys(full).filter(key => !kept.includes(key))).toEqual(['pods', 'timeline']);
	});
});

describe('the workload', () => {
	it('that was deleted stays on the screen, said to be gone, once', () => {
		const gone: Event = {type: 'changed', stream: 'workloads', changes: [{kind: 'gone', uid: 'd'}], at: start};
		const state = stateAfter([listed.workload(workload()), gone]);
		expect(focused(state)).toMatchObject({gone: true, workload: {name: 'web'}});
		expect(texts(stateAfter([gone, listed.workload()], state))).toEqual(['the Deployment was deleted']);
	});

	it('that another one’s end is told of stays', () => {
		const gone: Event = {type: 'changed', stream: 'workloads', changes: [{kind: 'gone', uid: 'other'}], at: start};
		expect(focused(stateAfter([listed.workload(workload()), gone])).gone).toBe(false);
	});

	it('made anew under the same name is another one: no rollout of the old one, no command to it', () => {
		const command: Command = {kind: 'pause'};
		const state = stateAfter([
			listed.workload(workload()),
			changed.workload(workload({resourceVersion: '2', generation: 2, template: template('app:v2')})),
			{type: 'command-started', command, at: start},
			changed.workload(workload({uid: 'd2', resourceVersion: '3'})),
		]);
		expect(focused(state)).toMatchObject({rollout: undefined, command: undefined, gone: false});
		expect(texts(state)).toContain('the Deployment was made anew under the same name');
	});

	it('that was never there is not gone', () => expect(focused(stateAfter([listed.workload()])).gone).toBe(false));
});

describe('a rollout that was seen to begin', () => {
	const before = workload({revisionText: '2', template: template('app:v2')});
	const sets = listed.sets(replicaSet('web-a', 1, 'app:v1'), replicaSet('web-b', 2, 'app:v2'));
	const change = (image: string) => changed.workload({...before, resourceVersion: '2', generation: 2, template: template(image)}, start + 5000);

	it('remembers where it came from', () => {
		expect(focused(stateAfter([listed.workload(before), sets, change('app:v3')])).rollout).toMatchObject({
			startedAt: start + 5000,
			fromRevision: 2,
			fromImages: ['app:v2'],
			rolledBack: false,
		});
	});

	it('is a roll-back when the template was rolled out before', () => {
		expect(focused(stateAfter([listed.workload(before), sets, change('app:v1')])).rollout).toMatchObject({rolledBack: true});
	});

	it('is none when its ReplicaSet was seen first', () => {
		const state = stateAfter([listed.workload(before), sets, changed.sets(replicaSet('web-c', 3, 'app:v3')), change('app:v3')]);
		expect(focused(state).rollout).toMatchObject({rolledBack: false});
		expect(texts(state)).toEqual(['revision 3 began: image app:v2 → v3']);
	});

	it('is not begun by what does not touch the template', () => {
		const scaled = {...before, resourceVersion: '2', generation: 2, replicas: {...before.replicas, desired: 5}};
		expect(focused(stateAfter([listed.workload(before), sets, changed.workload(scaled)])).rollout).toBeUndefined();
	});

	it('remembers that the one before had exceeded its deadline, so that this one is not called stalled for it', () => {
		const conditions = [
			condition('Progressing', 'False', {reason: 'ProgressDeadlineExceeded', message: 'timed out progressing.', lastUpdateAt: start + 3_600_000}),
		];
		const stalled = {...before, conditions, replicas: {...before.replicas, updated: 1}};
		const redone = {...stalled, resourceVersion: '3', generation: 2, observedGeneration: 2, template: template('app:v1')};
		const view = createScreenView();
		const first = stateAfter([listed.workload(stalled), sets]);
		const last = stateAfter([changed.workload(redone)], first);
		expect([view(first).rollout?.phase, view(last).rollout?.phase]).toEqual(['stalled', 'progressing']);
	});
});

describe('a command', () => {
	const command: Command = {kind: 'pause'};
	const started = stateAfter([listed.workload(workload()), {type: 'command-started', command, at: start}]);
	const accepted: Event = {type: 'command-ended', command, result: {kind: 'accepted', message: 'deployment.apps/web paused', warnings: []}, at: start};
	const word = (state: State) => createScreenView()(state).rollout?.word;
	const paused = workload({resourceVersion: '2', generation: 2, paused: true});

	it('is pending until the watch shows its effect, not until the server has accepted it', () => {
		const ended = stateAfter([accepted], started);
		const shown = stateAfter([changed.workload(paused)], ended);
		expect([word(started), word(ended), word(shown)]).toEqual(['PAUSING…', 'PAUSING…', 'PAUSED']);
	});

	it('is over for good then: that somebody else resumes is no pausing', () => {
		const resumed = workload({resourceVersion: '3', generation: 3, observedGeneration: 3});
		expect(word(stateAfter([accepted, changed.workload(paused), changed.workload(resumed)], started))).toBe('COMPLETE');
	});

	it('is not done by a change that somebody else made meanwhile', () => {
		expect(word(stateAfter([accepted, changed.workload(workload({resourceVersion: '2', generation: 2}))], started))).toBe('PAUSING…');
	});

	it.each<[reason: string, command: Command, pendingWord: string, effect: Workload]>([
		['resume', {kind: 'resume'}, 'RESUMING…', workload({resourceVersion: '2', generation: 2})],
		['undo', {kind: 'undo', toRevision: undefined}, 'ROLLING BACK…', workload({resourceVersion: '2', generation: 2})],
	])('%s is pending, too', (_reason, other, pendingWord, effect) => {
		const state = stateAfter([listed.workload(workload({paused: other.kind === 'resume'})), {type: 'command-started', command: other, at: start}]);
		expect(word(state)).toBe(pendingWord);
		expect(word(stateAfter([changed.workload(effect)], state))).not.toBe(pendingWord);
	});

	it.each([
		['is not done by somebody else’s change that only looked like it', 2, 3, 'ROLLING BACK…'],
		['is done where the watch was quicker than the answer', 2, 2, 'COMPLETE'],
		['is done by what came after it, too', 4, 3, 'COMPLETE'],
	])('whose answer tells the generation: it %s', (_why, shownGeneration, ours, expected) => {
		const standing = {revision: '1', images: [], paused: false, replicas: 3};
		const change = {before: {...standing, generation: ours - 1}, after: {...standing, generation: ours}};
		const undo: Command = {kind: 'undo', toRevision: undefined};
		const result: CommandResult = {kind: 'accepted', message: '', warnings: [], change};
		const seen = workload({resourceVersion: '2', generation: shownGeneration, observedGeneration: shownGeneration});
		const state = stateAfter([
			listed.workload(workload()),
			{type: 'command-started', command: undo, at: start},
			changed.workload(seen),
			{type: 'command-ended', command: undo, result, at: start},
		]);
		expect(word(state)).toBe(expected);
		// Once more something is seen: now it is done whatever it was.
		expect(word(stateAfter([changed.workload({...seen, resourceVersion: '3', generation: 5, observedGeneration: 5})], state))).toBe('COMPLETE');
	});

	it.each<[why: string, event: Event, pending: boolean]>([
		['another pod changes', changed.pods([{kind: 'observed', object: pod('web-a-2', 'web-a', true)}]), true],
		['it terminates', changed.pods([{kind: 'observed', object: pod('web-a-1', 'web-a', true, {resourceVersion: '2', deletedAt: start})}]), false],
	])('to delete a pod is pending until it goes: %s', (_why, event, pending) => {
		const command: Command = {kind: 'delete-pod', pod: 'web-a-1', uid: 'web-a-1'};
		const state = stateAfter([listed.workload(workload()), listed.pods(pod('web-a-1', 'web-a', true)), {type: 'command-started', command, at: start}]);
		expect(word(state)).toBe('DELETING POD…');
		expect(word(stateAfter([event], state)) === 'DELETING POD…').toBe(pending);
	});

	it('that was refused is told, and not pending', () => {
		const state = stateAfter([{type: 'command-ended', command, result: {kind: 'refused', message: 'no', hint: 'ask'}, at: start}], started);
		expect(word(state)).toBe('COMPLETE');
		expect(texts(state)).toEqual(['you: pause refused: no']);
	});

	it('that got no answer is not told as refused: it may have been done', () => {
		const result = {kind: 'refused', message: 'the API server did not answer within 15 s', hint: unknownOutcome} as const;
		const state = stateAfter([{type: 'command-ended', command, result, at: start}], started);
		expect(texts(state)).toEqual(['you: pause outcome unknown: the API server did not answer within 15 s']);
		expect(createScreenView()(state).notice?.text).toMatch(/^outcome unknown: .* → whether it was done is not known/);
	});

	it('is told of at its end though another one was sent meanwhile, about which the screen is then', () => {
		const other: Command = {kind: 'restart'};
		const state = stateAfter([{type: 'command-started', command: other, at: start}, accepted], started);
		expect(texts(state)).toEqual(['you: deployment.apps/web paused']);
		expect(state.command).toMatchObject({command: other, result: undefined});
	});

	it('that was accepted is told with the server’s words', () => expect(texts(stateAfter([accepted], started))).toEqual(['you: deployment.apps/web paused']));
});

describe('the timeline', () => {
	const first = stateAfter([
		listed.workload(workload()),
		listed.sets(replicaSet('web-a', 1, 'app:v1'), replicaSet('x', 1, 'x', {ownerUid: 'other'})),
		listed.pods(),
	]);

	it('does not tell of what was there before', () => {
		expect(texts(stateAfter([listed.pods(pod('web-a-1', 'web-a', true))]))).toEqual([]);
	});

	it('tells nothing of others’ pods, neither that they come nor that they go', () => {
		const foreign = pod('x-1', 'x', true);
		expect(texts(stateAfter([changed.pods([{kind: 'observed', object: foreign}]), changed.pods([{kind: 'gone', uid: 'x-1'}])], first))).toEqual([]);
	});

	it('tells of pods whose ReplicaSet is gone before them', () => {
		const own = pod('web-a-1', 'web-a', true);
		const state = stateAfter([changed.pods([{kind: 'observed', object: own}]), listed.sets(), changed.pods([{kind: 'gone', uid: own.uid}])], first);
		expect(texts(state)).toContain('gone');
	});

	it('tells what was missed while a watch was lost', () => {
		const state = stateAfter([changed.pods([{kind: 'observed', object: pod('web-a-1', 'web-a', false)}]), listed.pods(pod('web-a-2', 'web-a', true))], first);
		expect(state.timeline.map(({subject, kind}) => `${subject} ${kind}`)).toEqual([
			'web-a-1 created',
			'web-a-1 scheduled',
			'web-a-1 running',
			'web-a-2 created',
			'web-a-2 scheduled',
			'web-a-2 ready',
			'web-a-1 gone',
		]);
	});

	it('tells when a pod becomes available by time alone, once', () => {
		const slow = stateAfter([
			listed.workload(workload({minReadySeconds: 10})),
			listed.pods(),
			changed.pods([{kind: 'observed', object: pod('p', undefined, true)}]),
		]);
		const ticks = [9, 10, 11, 12].map((seconds): Event => ({type: 'ticked', at: start + seconds * 1000}));
		expect(stateAfter(ticks, slow).timeline.filter(({kind}) => kind === 'available')).toMatchObject([{at: start + 10_000, count: 1}]);
	});

	it('tells it, too, of a pod that is seen ready only after that time', () => {
		const late = stateAfter([listed.workload(workload({minReadySeconds: 10})), listed.pods(), {type: 'ticked', at: start + 60_000}]);
		const object = pod('p', undefined, true);
		const seen = stateAfter([changed.pods([{kind: 'observed', object}], start + 60_500)], late);
		const again = stateAfter(
			[changed.pods([{kind: 'observed', object: {...object, resourceVersion: '2'}}], start + 61_000), {type: 'ticked', at: start + 62_000}],
			seen,
		);
		expect(again.timeline.filter(({kind}) => kind === 'available')).toMatchObject([{at: start + 60_500, count: 1}]);
	});

	it('does not tell it where being ready says it all', () => {
		const quick = stateAfter([
			listed.workload(workload()),
			listed.pods(),
			changed.pods([{kind: 'observed', object: pod('p', undefined, true)}]),
			{type: 'ticked', at: start + 60_000},
		]);
		expect(quick.timeline.map(({kind}) => kind)).not.toContain('available');
	});

	it('is bounded, and lets go of the oldest', () => {
		const events = Array.from({length: 1200}, (_, index) => changed.pods([{kind: 'observed', object: pod(`p${index}`, 'web-a', true)}], start + index));
		const {timeline} = stateAfter(events, first);
		expect(timeline.length).toBe(500);
		expect(timeline.at(-1)?.subject).toBe('p1199');
	});

	it('counts a warning that comes again, at its last time, instead of telling it again', () => {
		const warning = (count: number, seconds: number) =>
			k8sEvent('FailedMount', 'no such secret', {uid: 'w', resourceVersion: `${count}`, type: 'Warning', count, lastAt: start + seconds * 1000});
		const came = (event: ReturnType<typeof k8sEvent>): Event => ({type: 'changed', stream: 'events', changes: [{kind: 'observed', object: event}], at: start});
		const begun = stateAfter([{type: 'listed', stream: 'events', items: [], at: start}], first);
		const state = stateAfter(
			[came(warning(1, 0)), changed.pods([{kind: 'observed', object: pod('p', 'web-a', true)}], start + 1000), came(warning(7, 9))],
			begun,
		);
		expect(state.timeline.filter(({kind}) => kind === 'warning')).toMatchObject([{text: 'FailedMount: no such secret', count: 7, at: start + 9000}]);
		expect(state.timeline.at(-1)?.kind).toBe('warning');
	});

	it('does not fold a pod’s going back and forth into one line', () => {
		const ready = (isReady: boolean, version: number) =>
			changed.pods([{kind: 'observed', object: {...pod('p', 'web-a', isReady), resourceVersion: `${version}`}}], start + version);
		const state = stateAfter(
			[1, 2, 3, 4].map(version => ready(version % 2 === 0, version)),
			first,
		);
		expect(state.timeline.map(({kind}) => kind)).toEqual(['created', 'scheduled', 'running', 'ready', 'unready', 'ready']);
	});

	it('begins with what events tell of the time before', () => {
		const state = stateAfter([{type: 'listed', stream: 'events', items: [k8sEvent('Killing', 'Stopping container app', {lastAt: start - 60_000})], at: start}]);
		expect(state.timeline).toMatchObject([{at: start - 60_000, text: 'stopping container app'}]);
	});
});

describe('pods that are gone', () => {
	it('are remembered for late answers, a thousand of them', () => {
		const many = Array.from({length: 1100}, (_, index) => pod(`p${index}`, 'web-a', true));
		const state = stateAfter([listed.pods(...many), listed.pods()]);
		expect(state.departed.size).toBe(1000);
		expect(state.departed.get('p1099')).toEqual({name: 'p1099', ip: '10.1.0.1', ownerUid: 'web-a', at: start});
	});

	it('keeps of the events of thousands of pods those that were told last', () => {
		const seen = (index: number, version: string): ObjectChange<K8sEvent> => ({
			kind: 'observed',
			object: k8sEvent('Scheduled', 'to node-1', {uid: `e${index}`, resourceVersion: version}),
		});
		const told = (changes: readonly ObjectChange<K8sEvent>[]): Event => ({type: 'changed', stream: 'events', changes, at: start});
		const first = stateAfter([told(Array.from({length: 4000}, (_, index) => seen(index, '1')))]);
		const {k8sEvents} = stateAfter([told([seen(0, '2')]), told([seen(4000, '1'), seen(4001, '1')])], first);
		expect(k8sEvents.size).toBe(4000);
		expect([k8sEvents.get('e0')?.resourceVersion, k8sEvents.has('e1'), k8sEvents.has('e2'), k8sEvents.has('e4001')]).toEqual(['2', false, false, true]);
	});
});

describe('malformed objects', () => {
	it('are counted, and change nothing else', () => {
		const state = stateAfter([
			{type: 'malformed', stream: 'pods', what: 'x'},
			{type: 'malformed', stream: 'pods', what: 'y'},
		]);
		expect(state).toEqual({...empty, malformed: 2});
	});
});

describe('an event that the types do not allow', () => {
	it('is an error, not silence', () => expect(() => reduce(empty, {type: 'unheard'} as unknown as Event)).toThrow('unknown event'));
});

/** Any events, over few enough objects that they meet. */
const uids = fc.constantFrom('a', 'b', 'c');
const anyPod = fc
	.record({
		uid: uids,
		version: fc.nat(3),
		owner: fc.constantFrom('web-a', 'web-b', 'x', undefined),
		isReady: fc.boolean(),
		isDeleted: fc.boolean(),
		phase: fc.constantFrom('Pending', 'Running', 'Failed'),
	})
	.map(({uid, version, owner, isReady, isDeleted, phase}) =>
		pod(uid, owner, isReady, {resourceVersion: `${version}`, phase, deletedAt: isDeleted ? start : undefined}),
	);
const anyWorkload = fc
	.record({
		version: fc.nat(9),
		generation: fc.nat(3),
		observed: fc.nat(3),
		paused: fc.boolean(),
		image: fc.constantFrom('app:v1', 'app:v2'),
		minReady: fc.constantFrom(0, 5),
		updated: fc.nat(4),
		uid: fc.constantFrom('d', 'd2'),
	})
	.map(({version, generation, observed, paused, image, minReady, updated, uid}) => {
		const base = workload({
			uid,
			resourceVersion: `${version}`,
			generation,
			observedGeneration: observed,
			paused,
			template: template(image),
			minReadySeconds: minReady,
		});
		return {...base, replicas: {...base.replicas, updated}};
	});
const anySet = fc
	.record({
		name: fc.constantFrom('web-a', 'web-b'),
		version: fc.nat(3),
		revision: fc.option(fc.nat(4), {nil: undefined}),
		image: fc.constantFrom('app:v1', 'app:v2'),
	})
	.map(({name, version, revision, image}) => replicaSet(name, revision, image, {resourceVersion: `${version}`}));
const anyK8sEvent = fc
	.record({
		uid: uids,
		version: fc.nat(3),
		reason: fc.constantFrom('Unhealthy', 'Pulling', 'FailedMount', 'ScalingReplicaSet'),
		type: fc.constantFrom('Normal', 'Warning'),
		text: fc.string(),
	})
	.map(({uid, version, reason, type, text}) => k8sEvent(reason, text, {uid, resourceVersion: `${version}`, type}));

function streamEvents<T>(stream: 'workloads' | 'revisions' | 'pods' | 'events', object: fc.Arbitrary<T>, at: fc.Arbitrary<number>): fc.Arbitrary<Event> {
	const change = fc.oneof(
		object.map(observed => ({kind: 'observed', object: observed})),
		uids.map(uid => ({kind: 'gone', uid})),
	);
	return fc.oneof(
		fc.record({type: fc.constant('listed'), stream: fc.constant(stream), items: fc.array(object, {maxLength: 3}), at}),
		fc.record({type: fc.constant('changed'), stream: fc.constant(stream), changes: fc.array(change, {maxLength: 3}), at}),
	) as unknown as fc.Arbitrary<Event>;
}

const at = fc.integer({min: start - 5000, max: start + 60_000});
const command = fc.constantFrom<Command>({kind: 'pause'}, {kind: 'resume'}, {kind: 'undo', toRevision: undefined}, {kind: 'undo', toRevision: 1});
const outcome = fc.oneof(
	fc.record({kind: fc.constant('version' as const), version: fc.constantFrom('v1', 'v2'), rule: fc.constant('auto:word' as const)}),
	fc.record({kind: fc.constant('failure' as const), reason: fc.constantFrom('refused' as const, 'http-500' as const), detail: fc.string()}),
);
const sample: fc.Arbitrary<Sample> = fc.record({
	at,
	latencyMs: fc.nat(100),
	outcome,
	podName: fc.constantFrom(undefined, 'web-a-x'),
	ownerUid: fc.constantFrom(undefined, 'web-a'),
});
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
	streamEvents('workloads', anyWorkload, at),
	streamEvents('revisions', anySet, at),
	streamEvents('pods', anyPod, at),
	streamEvents('events', anyK8sEvent, at),
	fc.record({type: fc.constant('ticked' as const), at}),
	fc.record({
		type: fc.constant('stream-changed' as const),
		stream: fc.constantFrom(...streamNames),
		condition: fc.oneof(
			fc.record({kind: fc.constantFrom('syncing' as const, 'live' as const), since: at}),
			fc.record({kind: fc.constant('lost' as const), since: at, reason: fc.string(), retryAt: fc.option(at, {nil: undefined})}),
			fc.record({kind: fc.constant('forbidden' as const), since: at, reason: fc.string()}),
		),
	}),
	fc.record({type: fc.constant('malformed' as const), stream: fc.constantFrom(...streamNames), what: fc.string()}),
	fc.record({type: fc.constant('stream-heard' as const), stream: fc.constantFrom(...streamNames), at}),
	fc.record({type: fc.constant('command-started' as const), command, at}),
	fc.record({type: fc.constant('command-ended' as const), command, at, result: fc.constant({kind: 'refused' as const, message: 'no', hint: undefined})}),
	fc.record({
		type: fc.constant('sampler-started' as const),
		id: fc.nat(2),
		target: fc.constant('svc/web'),
		route: fc.constant('service-proxy' as const),
		intervalMs: fc.constant(1000),
		traits: fc.constant(plainTraits),
		at,
	}),
	fc.record({type: fc.constant('sampler-refused' as const), problem: fc.string(), at}),
	fc.record({type: fc.constant('sampler-stopped' as const), at}),
	fc.record({type: fc.constant('sampled' as const), id: fc.nat(3), sample}),
	fc.record({type: fc.constant('pod-sampled' as const), podUid: fc.constantFrom('a', 'b'), sample}),
	fc.record({
		type: fc.constant('sampler-paced' as const),
		id: fc.nat(3),
		intervalMs: fc.constantFrom(1000, 5000),
		reason: fc.option(fc.string(), {nil: undefined}),
	}),
	fc.record({type: fc.constant('target-chosen' as const), id: fc.nat(3)}),
	fc.record({type: fc.constant('window-changed' as const), seconds: fc.constantFrom(10, 60)}),
);

describe('any sequence of events', () => {
	it('is understood: nothing throws, neither the reducer nor the screen’s view', () => {
		fc.assert(
			fc.property(fc.array(anyEvent, {maxLength: 40}), events => {
				const view = createScreenView();
				let state = empty;
				for (const event of events) {
					state = reduce(state, event);
					view(state);
				}
				expect(state.timeline.length).toBeLessThanOrEqual(500);
				expect(state.timeline.map(({at}) => at)).toEqual(state.timeline.map(({at}) => at).toSorted((left, right) => left - right));
			}),
			{numRuns: 300},
		);
	});

	it('leaves a state that the same event, again, does not change but for what it counts', () => {
		fc.assert(
			fc.property(fc.array(anyEvent, {maxLength: 20}), anyEvent, (events, event) => {
				fc.pre(event.type === 'listed' || event.type === 'stream-changed' || event.type === 'stream-heard' || event.type === 'ticked');
				const once = stateAfter([...events, event]);
				// Of two objects with one uid in a list the later one counts, which a real list never holds.
				fc.pre(event.type !== 'listed' || new Set(event.items.map(({uid}) => uid)).size === event.items.length);
				expect(reduce(once, event)).toBe(once);
			}),
			{numRuns: 300},
		);
	});

	it('ends, with a full list of what there is, where a program begins that comes then', () => {
		fc.assert(
			fc.property(
				fc.array(streamEvents('pods', anyPod, at), {maxLength: 20}),
				fc.uniqueArray(anyPod, {selector: ({uid}) => uid, maxLength: 3}),
				(events, items) => {
					// A version of an object is what it is: only then a list may keep what is known.
					const exact = items.map(item => ({...item, resourceVersion: `final-${item.uid}`}));
					const [watched, fresh] = [stateAfter([...events, listed.pods(...exact)]), stateAfter([listed.pods(...exact)])];
					expect(new Map(watched.pods)).toEqual(new Map(fresh.pods));
				},
			),
		);
	});

	it('of pods ends the same when it comes as changes or as one list', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anyPod, fc.boolean()), {maxLength: 20}), steps => {
				const changes = steps.map(
					([object, isGone], index): ObjectChange<Pod> =>
						isGone ? {kind: 'gone', uid: object.uid} : {kind: 'observed', object: {...object, resourceVersion: `v${index}`}},
				);
				const expected = new Map<string, Pod>();
				for (const change of changes) {
					if (change.kind === 'gone') expected.delete(change.uid);
					else expected.set(change.object.uid, change.object);
				}
				const podsAfter = (...events: Parameters<typeof stateAfter>[0]) => new Map(stateAfter(events).pods);
				expect(podsAfter(changed.pods(changes))).toEqual(expected);
				expect(podsAfter(...changes.map(change => changed.pods([change])))).toEqual(expected);
				expect(podsAfter(changed.pods(changes), listed.pods(...expected.values()))).toEqual(expected);
			}),
		);
	});
});
