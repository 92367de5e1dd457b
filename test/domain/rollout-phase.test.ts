import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {deadlineAt, isStaleDeadline} from '../../src/domain/deadline.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {podSide} from '../../src/domain/pod-side.ts';
import type {RolloutPhase, WaitReason} from '../../src/domain/rollout-phase.ts';
import {rolloutPhase, waitText} from '../../src/domain/rollout-phase.ts';
import {kubectlRolloutStatus} from '../../src/domain/rollout-status.ts';
import {sidedPods} from '../../src/domain/sided-pods.ts';
import {isPodTerminating, oldPodsLeft, terminating} from '../../src/domain/terminating.ts';
import type {Deployment, Workload} from '../../src/domain/workload.ts';
import {condition, pod, replicaSet, start, template, workload} from './cluster-objects.ts';

const oldSet = replicaSet('web-a', 1, 'app:v1');
const newSet = replicaSet('web-b', 2, 'app:v2');
const rolled = workload({template: template('app:v2'), revisionText: '2', generation: 2, observedGeneration: 2});

function progressing(reason: string, change: {message?: string; at?: number} = {}): Workload['conditions'] {
	const at = change.at ?? newSet.createdAt ?? 0;
	return [condition('Progressing', 'True', {reason, message: change.message ?? '', lastUpdateAt: at, lastTransitionAt: at})];
}

const exceeded = progressing('ProgressDeadlineExceeded', {message: 'ReplicaSet "web-b" has timed out progressing.', at: start + 900_000});

function phaseOf(live: Deployment, pods: readonly Pod[] = [], deadlineBefore?: number): RolloutPhase {
	const objects = {workload: live, newReplicaSet: newSet, replicaSets: [oldSet, newSet]};
	return rolloutPhase(objects, sidedPods(pods, podSide(objects)), deadlineBefore);
}

describe('the phase', () => {
	it.each<[reason: string, live: Deployment, pods: readonly Pod[], expected: object]>([
		['all is done', rolled, [pod('web-b-1', 'web-b', true)], {phase: 'complete'}],
		[
			'the controller has not looked yet, whatever the old counts say',
			{...rolled, generation: 3, conditions: exceeded},
			[],
			{phase: 'progressing', waitingFor: {kind: 'observation'}},
		],
		[
			'pods are to be made',
			workload({...rolled, replicas: {...rolled.replicas, updated: 1}}),
			[],
			{phase: 'progressing', waitingFor: {kind: 'update', updated: 1, desired: 3}},
		],
		[
			'old ones are to go',
			workload({...rolled, replicas: {...rolled.replicas, current: 5}}),
			[],
			{phase: 'progressing', waitingFor: {kind: 'old-replicas', old: 2}},
		],
		[
			'new ones are not available yet',
			workload({...rolled, replicas: {...rolled.replicas, available: 1}}),
			[],
			{phase: 'progressing', waitingFor: {kind: 'availability', available: 1, updated: 3}},
		],
		[
			'kubectl is done, an old pod still terminates',
			rolled,
			[pod('web-a-1', 'web-a', true, {deletedAt: start})],
			{phase: 'progressing', waitingFor: {kind: 'termination', old: 1}},
		],
		[
			'kubectl is done, the last old pod has not even been told to end',
			rolled,
			[pod('web-a-1', 'web-a', true)],
			{phase: 'progressing', waitingFor: {kind: 'termination', old: 1}},
		],
		['an old pod that has ended is no reason to wait', rolled, [pod('web-a-1', 'web-a', false, {phase: 'Failed'})], {phase: 'complete'}],
		['a pod of somebody else is no reason to wait', rolled, [pod('other-1', 'other', true)], {phase: 'complete'}],
		[
			'nothing moves while paused',
			workload({...rolled, paused: true, replicas: {...rolled.replicas, updated: 1}}),
			[],
			{phase: 'paused', waitingFor: {kind: 'update'}},
		],
		['paused with nothing left to do', {...rolled, paused: true}, [], {phase: 'paused', waitingFor: undefined, since: undefined, deadlineExceeded: false}],
		[
			'paused since the controller saw it',
			{...rolled, paused: true, conditions: progressing('DeploymentPaused', {at: start + 5})},
			[],
			{phase: 'paused', since: start + 5},
		],
		['paused after the deadline had passed', {...rolled, paused: true, conditions: exceeded}, [], {phase: 'paused', deadlineExceeded: true, since: undefined}],
		['past the deadline', {...rolled, conditions: exceeded}, [], {phase: 'stalled', since: start + 900_000}],
	])('%s', (_reason, live, pods, expected) => expect(phaseOf(live, pods)).toMatchObject(expected));

	it('looks at the status where the pods can’t be seen', () => {
		const counted = workload({...rolled, replicas: {...rolled.replicas, terminating: 2}});
		const objects = {workload: counted, newReplicaSet: {...newSet, terminating: 1}, replicaSets: [oldSet, newSet]};
		expect(rolloutPhase(objects, undefined)).toMatchObject({waitingFor: {kind: 'termination', old: 1}});
		const silent = workload({...rolled, replicas: {...rolled.replicas, terminating: undefined}});
		expect(rolloutPhase({...objects, workload: silent, newReplicaSet: newSet}, undefined)).toEqual({phase: 'complete'});
	});

	it('waits for what kubectl waits for, and says so for people', () => {
		const reasons: readonly [WaitReason, string][] = [
			[{kind: 'observation'}, 'the controller has not yet seen the last change'],
			[{kind: 'update', updated: 1, desired: 3}, '1 of 3 pods updated'],
			[{kind: 'old-replicas', old: 1}, '1 old pod left'],
			[{kind: 'availability', available: 0, updated: 2}, '0 of 2 updated pods available'],
			[{kind: 'termination', old: 2}, '2 old pods still terminating'],
		];
		for (const [reason, text] of reasons) expect(waitText(reason)).toBe(text);
	});

	it('never says complete where kubectl says something else', () => {
		const few = fc.nat(4);
		fc.assert(
			fc.property(few, few, few, few, fc.constantFrom(2, 3), (desired, current, updated, available, generation) => {
				const live = workload({...rolled, generation, specReplicas: desired, replicas: {...rolled.replicas, desired, updated, current, available}});
				expect(phaseOf(live).phase === 'complete').toBe(kubectlRolloutStatus(live).done);
			}),
		);
	});
});

describe('a deadline that belongs to an earlier template', () => {
	const at = (message: string, lastUpdateAt: number | undefined): Deployment => ({
		...rolled,
		conditions: [condition('Progressing', 'False', {reason: 'ProgressDeadlineExceeded', message, lastUpdateAt, lastTransitionAt: undefined})],
	});
	const created = newSet.createdAt ?? 0;

	it.each<[reason: string, live: Deployment, deadlineBefore: number | undefined, isStale: boolean]>([
		['it names another ReplicaSet', at('ReplicaSet "web-c" has timed out progressing.', created + 1000), undefined, true],
		['it names the new one', at('ReplicaSet "web-b" has timed out progressing.', created + 1000), undefined, false],
		['it names the new one, and is older than it', at('ReplicaSet "web-b" has timed out progressing.', created - 1000), undefined, true],
		['it names none, and is older than the new one', at('Deployment has timed out progressing.', created - 1000), undefined, true],
		['it stood there before the template changed', at('ReplicaSet "web-b" has timed out progressing.', created + 1000), created + 1000, true],
		['another one stood there before', at('ReplicaSet "web-b" has timed out progressing.', created + 1000), created + 500, false],
		['no time tells, so that it is believed', at('Deployment has timed out progressing.', undefined), undefined, false],
		['there is none', rolled, created, false],
	])('%s', (_reason, live, deadlineBefore, isStale) => {
		expect(isStaleDeadline(live, newSet, deadlineBefore)).toBe(isStale);
		if (live !== rolled)
			expect(phaseOf(workload({...live, replicas: {...live.replicas, updated: 1}}), [], deadlineBefore).phase).toBe(isStale ? 'progressing' : 'stalled');
	});

	it.each<[reason: string, change: Partial<Deployment>]>([
		['the controller has not seen the new template', {generation: 3}],
		['the template was changed while paused', {paused: true}],
	])('is stale while the new ReplicaSet is not made: %s', (_reason, change) => {
		expect(isStaleDeadline({...at('ReplicaSet "web-b" has timed out progressing.', created), ...change}, undefined)).toBe(true);
	});
});

describe('a rollout whose ReplicaSets may not be seen', () => {
	const labels = {app: 'web', 'pod-template-hash': 'b'};
	const newPod = pod('web-b-1', 'web-b', true, {labels});
	const oldPod = pod('web-a-1', 'web-a', true, {labels: {...labels, 'pod-template-hash': 'a'}});
	const done = {...rolled, conditions: progressing('NewReplicaSetAvailable', {message: 'ReplicaSet "web-b" has successfully progressed.'})};
	const hidden = (live: Deployment, pods: readonly Pod[]) => {
		const objects = {workload: live, newReplicaSet: undefined, replicaSets: []};
		return rolloutPhase(objects, sidedPods(pods, podSide(objects)));
	};

	it('is complete when it is: the new pods are known by the name that the controller says', () => {
		expect(hidden(done, [newPod])).toEqual({phase: 'complete'});
		expect(hidden(done, [newPod, oldPod])).toMatchObject({waitingFor: {kind: 'termination', old: 1}});
		const created = progressing('NewReplicaSetCreated', {message: 'Created new replica set "web-b"'});
		expect(hidden({...rolled, conditions: created}, [newPod])).toEqual({phase: 'complete'});
	});

	it('is stalled when it is', () => expect(hidden({...rolled, conditions: exceeded}, [newPod]).phase).toBe('stalled'));

	it('has old pods only, as long as no ReplicaSet of the template is made', () => {
		const sides = (change: Partial<Deployment>) => {
			const objects = {workload: {...done, ...change}, newReplicaSet: undefined, replicaSets: []};
			return terminating(objects, sidedPods([{...newPod, deletedAt: start}], podSide(objects)));
		};
		expect(sides({})).toEqual({new: 1, old: 0, total: 1});
		expect(sides({paused: true})).toEqual({new: 0, old: 1, total: 1});
		expect(sides({generation: 3})).toEqual({new: 0, old: 1, total: 1});
	});
});

describe('the deadline', () => {
	it.each<[reason: string, live: Deployment, expected: number | undefined]>([
		['counts from the last progress', {...rolled, conditions: progressing('ReplicaSetUpdated', {at: start})}, start + 600_000],
		['runs from the creation of the ReplicaSet', {...rolled, conditions: progressing('NewReplicaSetCreated', {at: start})}, start + 600_000],
		['runs again after a resume', {...rolled, conditions: progressing('DeploymentResumed', {at: start})}, start + 600_000],
		['does not run when all is done', {...rolled, conditions: progressing('NewReplicaSetAvailable', {at: start})}, undefined],
		['does not run when it has passed', {...rolled, conditions: exceeded}, undefined],
		['does not run while paused', {...rolled, paused: true, conditions: progressing('ReplicaSetUpdated', {at: start})}, undefined],
		['does not run before the controller has seen the resume', {...rolled, conditions: progressing('DeploymentPaused', {at: start})}, undefined],
		['there is none', {...rolled, progressDeadlineSeconds: undefined, conditions: progressing('ReplicaSetUpdated', {at: start})}, undefined],
		[
			'the largest number means none',
			{...rolled, progressDeadlineSeconds: 2_147_483_647, conditions: progressing('ReplicaSetUpdated', {at: start})},
			undefined,
		],
		['nothing is known yet', rolled, undefined],
	])('%s', (_reason, live, expected) => expect(deadlineAt(live)).toBe(expected));
});

describe('terminating pods', () => {
	const objects = {workload: rolled, newReplicaSet: newSet, replicaSets: [oldSet, newSet, replicaSet('other-a', 1, 'app:v1', {ownerUid: 'other'})]};

	it('are told to end and have not ended', () => {
		expect(isPodTerminating(pod('a', 'web-a', true, {deletedAt: start}))).toBe(true);
		expect(isPodTerminating(pod('a', 'web-a', true))).toBe(false);
		expect(isPodTerminating(pod('a', 'web-a', false, {deletedAt: start, phase: 'Failed'}))).toBe(false);
	});

	it('are counted by side; others’ are not counted; of a deleted ReplicaSet the name tells', () => {
		const gone = {deletedAt: start};
		const orphanLabels = {app: 'web', 'pod-template-hash': 'z9'};
		const pods = [
			pod('web-b-1', 'web-b', true, gone),
			pod('web-a-1', 'web-a', true, gone),
			pod('web-z9-1', 'deleted', true, {...gone, labels: orphanLabels}),
			pod('web-z9-2', undefined, true, {...gone, labels: orphanLabels}),
			pod('alien-z9-1', 'deleted', true, {...gone, labels: orphanLabels}),
			pod('web-a-2', 'web-a', true),
			pod('other-a-1', 'other-a', true, gone),
		];
		const sides = sidedPods(pods, podSide(objects));
		expect(terminating(objects, sides)).toEqual({new: 1, old: 3, total: 4});
		expect(oldPodsLeft(objects, sides)).toBe(4);
	});
});
