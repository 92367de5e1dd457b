import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {wantedNew} from '../../src/domain/ordinals.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {isPodReady} from '../../src/domain/pod-availability.ts';
import {podSide, type RolloutObjects} from '../../src/domain/pod-side.ts';
import {createReadiness} from '../../src/domain/readiness.ts';
import {revisionActivity} from '../../src/domain/revision-activity.ts';
import {revisionKey} from '../../src/domain/revision-key.ts';
import {newReplicaSet, reusedRevision, runningRevision} from '../../src/domain/revisions.ts';
import {fencepostsOf} from '../../src/domain/rollout-arithmetic.ts';
import type {RolloutPhase} from '../../src/domain/rollout-phase.ts';
import type {RolloutStep} from '../../src/domain/rollout-step.ts';
import {noPods, sidedPods} from '../../src/domain/sided-pods.ts';
import {statefulSetStep} from '../../src/domain/stateful-set-step.ts';
import {strategyView} from '../../src/domain/strategy-text.ts';
import {schedulingFailure} from '../../src/domain/why/pod/scheduling-failure.ts';
import {verdictOf} from '../../src/domain/why/verdict.ts';
import {rememberVerdict} from '../../src/domain/why/verdict-memory.ts';
import type {DaemonSet, StatefulSet} from '../../src/domain/workload.ts';
import {k8sEvent, pod, start, status, template, waitingFor} from './cluster-objects.ts';
import {controllerRevision, daemonSet, statefulSet} from './set-objects.ts';
import {findings} from './why/findings-of-pods.ts';

const phaseWith = (objects: RolloutObjects, pods: readonly Pod[]) => rulesOf(objects.workload).phase(objects, sidedPods(pods, podSide(objects)), undefined);

const phaseOf = (set: StatefulSet | DaemonSet, pods: readonly Pod[] = []): RolloutPhase =>
	phaseWith({workload: set, newReplicaSet: undefined, replicaSets: []}, pods);

const updating = {currentRevision: 'db-a', updateRevision: 'db-b', rollingUpdate: {partition: 0}};

describe('how a StatefulSet stands', () => {
	test.each<[what: string, set: StatefulSet, phase: object]>([
		['nothing rolls', statefulSet(), {phase: 'complete'}],
		['a change that its controller has not seen', statefulSet({generation: 2}), {phase: 'progressing', waitingFor: {kind: 'observation'}}],
		['a pod that is not ready', statefulSet({replicas: {ready: 2}}), {phase: 'progressing', waitingFor: {kind: 'readiness', missing: 1}}],
		[
			'pods that are still old',
			statefulSet({...updating, replicas: {updated: 1}}),
			{phase: 'progressing', waitingFor: {kind: 'update', updated: 1, desired: 3}},
		],
		[
			'pods that are not ready for long enough, which kubectl does not look at',
			statefulSet({...updating, minReadySeconds: 9, replicas: {available: 2}}),
			{phase: 'progressing', waitingFor: {kind: 'availability', available: 2, updated: 3}},
		],
		[
			'more pods than there are to be',
			statefulSet({replicas: {current: 5, updated: 5, ready: 3}}),
			{phase: 'progressing', waitingFor: {kind: 'words', text: '2 pods above the last ordinal to be taken away'}},
		],
		[
			'a partition that has done its part',
			statefulSet({...updating, rollingUpdate: {partition: 1}, replicas: {updated: 2}}),
			{phase: 'complete', word: 'CANARY STANDS', note: 'Pods ≥ 1 have the new template, the other one keeps its own until the partition is lowered (P).'},
		],
		[
			'a partition above ordinals that do not begin at 0',
			statefulSet({...updating, ordinalsStart: 5, rollingUpdate: {partition: 2}, replicas: {updated: 1}}),
			{word: 'CANARY STANDS', note: 'Pods ≥ 7 have the new template, the 2 others keep theirs until the partition is lowered (P).'},
		],
		[
			'a partition above all ordinals',
			statefulSet({...updating, rollingUpdate: {partition: 3}, replicas: {updated: 0}}),
			{phase: 'complete', word: 'CANARY STANDS', note: 'Partition 3: no pod gets the new template until it is lowered (P).'},
		],
		[
			'a partition that was raised after pods below it were updated',
			statefulSet({...updating, rollingUpdate: {partition: 2}, replicas: {updated: 2}}),
			{word: 'CANARY STANDS', note: '2 pods have the new template, the other one keeps its own until the partition is lowered (P).'},
		],
		[
			'OnDelete with old pods',
			statefulSet({...updating, updateType: 'OnDelete', strategy: {type: 'OnDelete'}, rollingUpdate: undefined, replicas: {updated: 1}}),
			{
				phase: 'paused',
				word: 'WAITS FOR YOU',
				waitingFor: {kind: 'words', text: '2 pods still have the old template: they get the new one when they are deleted (OnDelete)'},
			},
		],
		[
			'OnDelete when all were deleted',
			statefulSet({...updating, updateType: 'OnDelete', strategy: {type: 'OnDelete'}, rollingUpdate: undefined}),
			{phase: 'complete'},
		],
	])('%s', (_what, set, phase) => {
		expect(phaseOf(set)).toMatchObject(phase);
	});

	test('is complete only where kubectl is done, and waits for ready pods exactly where kubectl does', () => {
		const counts = fc.record({desired: fc.nat(5), current: fc.nat(6), updated: fc.nat(6), ready: fc.nat(6), available: fc.nat(6)});
		fc.assert(
			fc.property(counts, fc.option(fc.nat(6), {nil: undefined}), fc.boolean(), (replicas, partition, isGiven) => {
				const set = statefulSet({
					replicas,
					rollingUpdate: isGiven ? {partition} : undefined,
					updateRevision: replicas.updated < replicas.desired ? 'db-b' : 'db-a',
				});
				const {done, message} = rulesOf(set).status();
				const phase = phaseOf(set);
				if (phase.phase === 'complete') expect(done).toBe(true);
				const waits = phase.phase === 'progressing' && phase.waitingFor.kind === 'readiness';
				expect(waits).toBe(/^Waiting for \d+ pods to be ready/.test(message));
			}),
		);
	});
});

describe('how a DaemonSet stands', () => {
	test.each<[what: string, set: DaemonSet, phase: object]>([
		['nothing rolls', daemonSet(), {phase: 'complete', note: undefined}],
		['nodes with old pods', daemonSet({replicas: {updated: 1}}), {phase: 'progressing', waitingFor: {kind: 'update', updated: 1, desired: 3}}],
		[
			'a pod that is not available',
			daemonSet({replicas: {available: 2}}),
			{phase: 'progressing', waitingFor: {kind: 'availability', available: 2, updated: 3}},
		],
		[
			'OnDelete with old pods',
			daemonSet({updateType: 'OnDelete', strategy: {type: 'OnDelete'}, replicas: {updated: 2}}),
			{
				phase: 'paused',
				waitingFor: {kind: 'words', text: '1 pod still has the old template: it gets the new one when it is deleted (OnDelete)'},
			},
		],
		['pods where none should be', daemonSet({misscheduled: 1}), {phase: 'complete', note: '1 node that should have no pod of it has one.'}],
	])('%s', (_what, set, phase) => {
		expect(phaseOf(set)).toMatchObject(phase);
	});

	test('is not through before old pods, which a surge leaves running, are gone', () => {
		const old = pod('agent-x', revisionKey('n', 'agent-a'), true, {deletedAt: start});
		const revision = controllerRevision('n', 'agent-b', 2, 'app:v1');
		const objects = {workload: daemonSet(), newReplicaSet: revision, replicaSets: [revision, controllerRevision('n', 'agent-a', 1, 'app:v0')]};
		expect(phaseWith(objects, [old])).toMatchObject({phase: 'progressing', waitingFor: {kind: 'termination', old: 1}});
	});

	test('is complete only where kubectl is done', () => {
		const counts = fc.record({desired: fc.nat(5), current: fc.nat(6), updated: fc.nat(6), ready: fc.nat(6), available: fc.nat(6)});
		fc.assert(
			fc.property(counts, fc.integer({min: 0, max: 2}), (replicas, observedGeneration) => {
				const set = daemonSet({replicas, generation: 2, observedGeneration});
				expect(phaseOf(set).phase === 'complete').toBe(rulesOf(set).status().done);
			}),
		);
	});
});

describe('how many pods may be missing at a time', () => {
	test.each([
		[
			'a percentage of a DaemonSet is rounded up',
			daemonSet({strategy: {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: '10%'}}),
			{surge: 0, unavailable: 1},
		],
		['a surge of a DaemonSet as well', daemonSet({strategy: {type: 'RollingUpdate', maxSurge: '34%', maxUnavailable: 0}}), {surge: 2, unavailable: 0}],
		['neither would never move', daemonSet({strategy: {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 0}}), {surge: 0, unavailable: 1}],
		[
			'a percentage of a StatefulSet is rounded down, and one at least',
			statefulSet({strategy: {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: '10%'}}),
			{surge: 0, unavailable: 1},
		],
		['OnDelete has none', statefulSet({strategy: {type: 'OnDelete'}}), {surge: 0, unavailable: 0}],
	])('%s', (_why, set, posts) => {
		expect(fencepostsOf(set)).toEqual(posts);
	});
});

const [fresh, old] = [revisionKey('s', 'db-b'), revisionKey('s', 'db-a')];
const revisionB = controllerRevision('s', 'db-b', 2, 'app:v1');

type Simulated = {readonly revision: 'a' | 'b'; readonly ready: boolean};

/** What a step and the kubelet make of the pods, by ordinal; absent ones are undefined. Below the partition a pod comes back as it was. */
function after(step: RolloutStep, pods: readonly (Simulated | undefined)[], partition: number): readonly (Simulated | undefined)[] {
	if (!('pod' in step)) return pods;
	const index = Number(step.pod.slice(3));
	if (step.kind === 'make-pod') return pods.with(index, {revision: index < partition ? 'a' : 'b', ready: false});
	return pods.with(index, step.kind === 'await-pod' ? {revision: pods[index]?.revision ?? 'b', ready: true} : undefined);
}

/** Takes the next step again and again; `most`: how many of the pods that are to be were missing at a time. */
function simulate(set: StatefulSet, first: readonly Simulated[]): {readonly pods: readonly (Simulated | undefined)[]; readonly most: number} {
	let pods: readonly (Simulated | undefined)[] = first;
	let most = 0;
	for (let turn = 0; turn < 100; turn++) {
		const all = pods.flatMap((one, index) => (one === undefined ? [] : [pod(`db-${index}`, one.revision === 'b' ? fresh : old, one.ready)]));
		const step = statefulSetStep({workload: set, newReplicaSet: revisionB, oldReplicaSets: [], oldPodsLeft: 0, pods: all, now: start});
		pods = after(step, pods, set.rollingUpdate?.partition ?? 0);
		most = Math.max(most, pods.slice(0, set.replicas.desired).filter(one => one?.ready !== true).length);
	}
	return {pods, most};
}

describe('the next step of a StatefulSet', () => {
	test('taken again and again leads to the new template from the partition up, one pod down at a time, and then to nothing more', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 6}), fc.nat(7), fc.nat(3), (desired, partition, surplus) => {
				const set = statefulSet({...updating, rollingUpdate: {partition}, replicas: {desired}});
				const first = Array.from({length: desired + surplus}, () => ({revision: 'a', ready: true}) as const);
				const {pods, most} = simulate(set, first);
				const wanted = Array.from({length: desired}, (_, index) => ({revision: index < partition ? 'a' : 'b', ready: true}));
				expect(pods.slice(0, desired)).toEqual(wanted);
				expect(pods.slice(desired).every(one => one === undefined)).toBe(true);
				expect(most).toBeLessThanOrEqual(1);
				expect(wanted.filter(({revision}) => revision === 'b').length).toBe(wantedNew(set));
			}),
		);
	});

	const pods = (...ready: readonly boolean[]) => ready.map((isReady, index) => pod(`db-${index}`, index === 2 ? fresh : old, isReady));
	const step = (set: StatefulSet, own: readonly Pod[]) =>
		statefulSetStep({workload: set, newReplicaSet: revisionB, oldReplicaSets: [], oldPodsLeft: 0, pods: own, now: start});

	test.each<[what: string, set: StatefulSet, pods: readonly Pod[], next: object]>([
		['the highest old pod is deleted', statefulSet(updating), pods(true, true, true), {kind: 'replace-pod', pod: 'db-1'}],
		['not before the one above it is ready', statefulSet(updating), pods(true, true, false), {kind: 'await-pod', pod: 'db-2', until: 'ready'}],
		['and none before an old one below is, either', statefulSet(updating), pods(false, true, true), {kind: 'await-pod', pod: 'db-0', until: 'ready'}],
		[
			'in parallel that one may be deleted all the same',
			statefulSet({...updating, isParallel: true}),
			pods(false, true, true),
			{kind: 'replace-pod', pod: 'db-1'},
		],
		['one that is missing is made', statefulSet(updating), pods(true, true), {kind: 'make-pod', pod: 'db-2'}],
		['with OnDelete nothing is done', statefulSet({...updating, updateType: 'OnDelete'}), pods(true, true, true), {kind: 'on-delete', left: 2}],
		['the partition ends it', statefulSet({...updating, rollingUpdate: {partition: 2}}), pods(true, true, true), {kind: 'done'}],
	])('%s', (_what, set, own, next) => {
		expect(step(set, own)).toEqual(next);
	});

	test('is told with the rule in words', () => {
		const set = statefulSet({...updating, rollingUpdate: {partition: 1}});
		const own = pods(true, true, false);
		const text = strategyView({
			workload: set,
			step: step(set, own),
			newPods: own.slice(2),
			readiness: createReadiness(own.slice(2)),
			newSize: 2,
			now: start,
		}).text;
		expect(text).toBe('may be down 1 at a time, from the highest ordinal down to 1 (partition); now waits for db-2 to be ready');
	});
});

describe('the next step of a DaemonSet', () => {
	const keys = {new: revisionKey('n', 'agent-b'), old: revisionKey('n', 'agent-a')};
	const on = (node: string, side: 'new' | 'old', isReady: boolean) => pod(`agent-${node}-${side}`, keys[side], isReady, {nodeName: node});
	const step = (set: DaemonSet, pods: readonly Pod[]) =>
		rulesOf(set).nextStep({
			workload: set,
			newReplicaSet: controllerRevision('n', 'agent-b', 2, 'app:v1'),
			oldReplicaSets: [],
			oldPodsLeft: 0,
			pods,
			now: start,
		});
	const surging = daemonSet({strategy: {type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0}});

	test.each<[what: string, set: DaemonSet, pods: readonly Pod[], next: object]>([
		['one node at a time', daemonSet(), [on('a', 'old', true), on('b', 'old', true), on('c', 'old', true)], {kind: 'shrink-old', unhealthy: 0, healthy: 1}],
		[
			'not before the last one is available',
			daemonSet(),
			[on('a', 'new', false), on('b', 'old', true), on('c', 'old', true)],
			{kind: 'available', more: 1, last: false},
		],
		[
			'old ones that are not available go at once',
			daemonSet(),
			[on('a', 'new', false), on('b', 'old', false), on('c', 'old', true)],
			{kind: 'shrink-old', unhealthy: 1, healthy: 0},
		],
		['the last one is waited for', daemonSet(), [on('a', 'new', true), on('b', 'new', true), on('c', 'new', false)], {kind: 'available', more: 1, last: true}],
		['all are through', daemonSet(), [on('a', 'new', true), on('b', 'new', true), on('c', 'new', true)], {kind: 'done'}],
		['with a surge the new one comes first', surging, [on('a', 'old', true), on('b', 'old', true), on('c', 'old', true)], {kind: 'grow', by: 1, to: 1}],
		[
			'and has to be available',
			surging,
			[on('a', 'old', true), on('a', 'new', false), on('b', 'old', true), on('c', 'old', true)],
			{kind: 'available', more: 1, last: false},
		],
		[
			'before the old one of its node ends',
			surging,
			[on('a', 'old', true), on('a', 'new', true), on('b', 'old', true), on('c', 'old', true)],
			{kind: 'shrink-old', unhealthy: 0, healthy: 1},
		],
	])('%s', (_what, set, pods, next) => {
		expect(step(set, pods)).toEqual(next);
	});
});

describe('the history of a set', () => {
	const revisions = [controllerRevision('s', 'db-a', 1, 'app:v1'), controllerRevision('s', 'db-b', 2, 'app:v2')];

	test('the revision that the controller names is the new one; before it has seen a change, the one with the template', () => {
		const set = statefulSet({updateRevision: 'db-b'});
		expect(newReplicaSet(set, revisions)?.name).toBe('db-b');
		expect(newReplicaSet({...set, generation: 2}, revisions)?.name).toBe('db-a');
		expect(runningRevision(set, revisions)).toBe('2');
	});

	test('an undo is known by the number that its revision had', () => {
		const raised = controllerRevision('s', 'db-a', 3, 'app:v1', {formerNumbers: [1]});
		expect(reusedRevision(raised, '2')).toBe(1);
		expect(reusedRevision(controllerRevision('s', 'db-c', 3, 'app:v3'), '2')).toBeUndefined();
	});

	test('when a revision ran is not concluded from a number that may have been given again', () => {
		const [first, second, third] = [1, 2, 3].map(minute => start + minute * 60_000);
		const own = [
			controllerRevision('s', 'db-a', 1, 'app:v1', {createdAt: first}),
			controllerRevision('s', 'db-b', 4, 'app:v2', {createdAt: second, desired: 3}),
			controllerRevision('s', 'db-c', 3, 'app:v3', {createdAt: third}),
		];
		const activity = revisionActivity({workload: statefulSet({updateRevision: 'db-b'}), replicaSets: own, events: [], traces: new Map()});
		expect(activity.get(own[2]?.uid ?? '')).toEqual({from: {at: third, isExact: true}, until: undefined});
		expect(activity.get(own[1]?.uid ?? '')).toEqual({from: undefined, until: 'now'});
	});

	test('an undo goes to the second-highest number, and says what kubectl says where there is none', () => {
		const set = statefulSet({updateRevision: 'db-b', template: template('app:v2')});
		expect(rulesOf(set).undoTarget(revisions, undefined)).toMatchObject({kind: 'target', revision: 1});
		expect(rulesOf(set).undoTarget(revisions.slice(1), undefined)).toEqual({kind: 'none', message: 'no last revision to roll back to'});
		expect(rulesOf(set).undoTarget(revisions, 7)).toEqual({kind: 'none', message: 'unable to find specified revision 7 in history'});
	});
});

describe('what a kind can’t do is said', () => {
	test.each([
		[statefulSet(), {kind: 'pause'}, 'a StatefulSet can’t be paused'],
		[daemonSet(), {kind: 'pause'}, 'a DaemonSet can’t be paused'],
		[daemonSet(), {kind: 'scale', replicas: 2}, 'a DaemonSet can’t be scaled'],
		[daemonSet(), {kind: 'set-partition', partition: 1}, 'a DaemonSet can’t be given a partition'],
		[daemonSet(), {kind: 'continue'}, 'a DaemonSet can’t be continued: it has no steps'],
		[statefulSet(), {kind: 'set-partition', partition: 0}, 'statefulsets.apps "db" has the partition 0 already'],
		[statefulSet(), {kind: 'set-partition', partition: -1}, 'a partition is a whole number from 0 up'],
		[
			statefulSet({updateType: 'OnDelete'}),
			{kind: 'set-partition', partition: 1},
			'statefulsets.apps "db" has the update strategy OnDelete: there is no partition',
		],
	] as const)('%#', (set, command, message) => {
		expect(rulesOf(set).refusal(command, [])).toMatchObject({message});
	});

	test.each([statefulSet(), daemonSet()])('a restart and a deleted pod are not refused', set => {
		expect(rulesOf(set).refusal({kind: 'restart'}, [])).toBeUndefined();
		expect(rulesOf(set).refusal({kind: 'delete-pod', pod: 'x', uid: 'x'}, [])).toBeUndefined();
	});
});

describe('why a set does not go on', () => {
	const broken = pod('db-2', old, false, {
		phase: 'Pending',
		conditions: [],
		containerStatuses: [status(waitingFor('ImagePullBackOff', 'Back-off pulling image "app:v9": not found'), {image: 'app:v9'})],
	});
	const context = {
		phase: {phase: 'progressing', waitingFor: {kind: 'readiness', missing: 1}, staleDeadline: false},
		step: {kind: 'await-pod', pod: 'db-2', until: 'ready'},
		sides: {...noPods, old: [broken]},
		oldReplicaSets: [],
		startedAt: start,
		isReplicaSetMissing: false,
		unobservedSince: undefined,
		rescaled: undefined,
		autoscalers: [],
		budgets: [],
	} as const;
	const found = (set: StatefulSet | DaemonSet, more: object = {}) =>
		findings({workload: set, newReplicaSet: revisionB, pods: [broken], events: [], now: start + 60_000, rollout: context, ...more});

	test('a pod of the bad template that was undone keeps an ordered set up, until somebody deletes it', () => {
		const [first] = found(statefulSet(updating));
		expect(first).toMatchObject({kind: 'ordered-pod', object: {name: 'db-2'}, advice: 'delete it (x): it comes back of the new template'});
		expect(first?.message).toContain('db replaces no pod before it is ready, not even this old one (OrderedReady)');
	});

	test('that is said to be hopeless whatever the new pods do, and taken back once the pod is gone', () => {
		const set = statefulSet(updating);
		const newPods = [pod('db-0', fresh, true)];
		const input = {workload: set, phase: context.phase, newReplicaSet: revisionB, newPods, available: 1, findings: found(set), now: start + 60_000};
		const said = rememberVerdict(undefined, verdictOf(input), input);
		expect(said?.said).toMatchObject({kind: 'cannot-succeed', cause: 'ordered-pod', text: expect.stringContaining('db-2 has to be deleted')});
		expect(rememberVerdict(said, verdictOf(input), input)).toBe(said);
		const gone = {...input, findings: []};
		expect(rememberVerdict(said, verdictOf(gone), gone)).toMatchObject({
			said: {kind: 'on-its-way'},
			takenBack: {why: 'the pod that was in the way is not any more'},
		});
	});

	test('below the partition deleting it would bring back the same', () => {
		expect(found(statefulSet({...updating, rollingUpdate: {partition: 3}}))[0]?.advice).not.toContain('delete it');
	});

	test('an undo is only half of the way back of an ordered set, and all of it of one that is parallel', () => {
		const bad = {...broken, ownerUid: fresh};
		const adviceOf = (set: StatefulSet) =>
			found(set, {pods: [bad], rollout: {...context, step: {kind: 'done'}, sides: {new: [bad], old: [], endingOld: []}}})[0]?.advice;
		expect(adviceOf(statefulSet(updating))).toContain('undo (u) and then delete the pod (x)');
		expect(adviceOf(statefulSet({...updating, isParallel: true}))).not.toContain('delete the pod');
	});

	test.each([
		[
			'StatefulSet',
			statefulSet({replicas: {current: 2}}),
			'create Pod db-2 in StatefulSet db failed error: pods "db-2" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
		],
		[
			'DaemonSet',
			daemonSet({replicas: {current: 2}}),
			'Error creating: pods "agent-x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
		],
	] as const)('a %s tells in an event that a pod could not be created', (kind, set, message) => {
		const object = {kind, name: set.name, uid: set.uid};
		const failed = k8sEvent('FailedCreate', message, {object, type: 'Warning', lastAt: start + 1000});
		expect(found(set, {events: [failed], pods: []})).toContainEqual(expect.objectContaining({kind: 'quota-exceeded', reason: 'FailedCreate'}));
		const made = k8sEvent('SuccessfulCreate', 'made', {object, lastAt: start + 2000});
		expect(found(set, {events: [failed, made], pods: []})).not.toContainEqual(expect.objectContaining({reason: 'FailedCreate'}));
		expect(found({...set, replicas: {...set.replicas, current: 3}}, {events: [failed], pods: []})).not.toContainEqual(
			expect.objectContaining({reason: 'FailedCreate'}),
		);
	});

	test('a DaemonSet that no node is fit for runs nothing', () => {
		expect(found(daemonSet({replicas: {desired: 0, current: 0, updated: 0, ready: 0, available: 0}}), {pods: [], rollout: undefined})).toMatchObject([
			{kind: 'no-node'},
		]);
	});

	test.each([
		[
			"0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: none.",
			'does not fit on its node node-2: not enough cpu',
		],
		[
			"0/3 nodes are available: 1 Too many pods, 2 node(s) didn't match Pod's node affinity/selector.",
			'does not fit on its node node-2: the limit of pods reached',
		],
		[
			"0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
			"can't be scheduled to its node node-2: it is gone or does not take pods",
		],
	])('of a DaemonSet’s pod only its own node counts: %s', (message, text) => {
		expect(schedulingFailure(message, 'node-2').text).toBe(text);
	});

	test('pods that are ready are no finding', () => {
		expect(isPodReady(broken)).toBe(false);
		expect(found(statefulSet(), {pods: [pod('db-2', fresh, true)], rollout: undefined})).toEqual([]);
	});
});
