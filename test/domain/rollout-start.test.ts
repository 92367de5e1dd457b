import {describe, expect, it} from 'vitest';
import type {K8sEvent} from '../../src/domain/k8s-event.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {rolloutStart} from '../../src/domain/rollout-start.ts';
import {scalingSteps} from '../../src/domain/scaling-event.ts';
import {k8sEvent, pod, replicaSet, start, template, workload} from './cluster-objects.ts';

const minute = 60_000;
const web = workload({template: template('app:v2')});
const v2 = replicaSet('web-b', 2, 'app:v2', {createdAt: start});
const reused = replicaSet('web-b', 4, 'app:v2', {createdAt: start, annotations: {'deployment.kubernetes.io/revision-history': '2'}});
const v3 = replicaSet('web-c', 3, 'app:v3', {createdAt: start + 10 * minute});

function scaled(text: string, minutes: number, change: Partial<K8sEvent> = {}): K8sEvent {
	const at = start + minutes * minute;
	return k8sEvent('ScalingReplicaSet', `Scaled ${text}`, {object: {kind: 'Deployment', name: 'web', uid: 'd'}, firstAt: at, lastAt: at, ...change});
}

function startOf(newReplicaSet: ReplicaSet | undefined, events: readonly K8sEvent[], pods: readonly Pod[] = []): number | undefined {
	const at = rolloutStart({workload: web, newReplicaSet, replicaSets: [v3, reused], pods, events});
	return at === undefined ? undefined : (at - start) / minute;
}

describe('when the rollout began, in minutes after its ReplicaSet was made', () => {
	it('is the birth of a ReplicaSet that was made for it', () => expect(startOf(v2, [])).toBe(0));
	it('is unknown before there is a ReplicaSet', () => expect(startOf(undefined, [])).toBeUndefined());

	it.each<[reason: string, events: readonly K8sEvent[], expected: number | undefined]>([
		['its first step up from nothing since', [scaled('up replica set web-b from 0 to 1', 20), scaled('down replica set web-c from 3 to 2', 21)], 20],
		[
			'not the first life of the ReplicaSet',
			[scaled('up replica set web-b from 0 to 3', 0), scaled('down replica set web-b from 1 to 0', 12), scaled('up replica set web-b from 0 to 1', 20)],
			20,
		],
		['a scaling in between does not begin it anew', [scaled('up replica set web-b from 0 to 1', 20), scaled('up replica set web-c from 2 to 3', 21)], 20],
		[
			'the old one shrinks first, where no pod of the new one was missing',
			[scaled('up replica set web-c from 0 to 1', 10), scaled('down replica set web-c from 1 to 0', 20)],
			20,
		],
		['steps that led elsewhere are not its', [scaled('up replica set web-c from 0 to 1', 10)], undefined],
		['events without order', [scaled('down replica set web-c from 3 to 2', 21), scaled('up replica set web-b from 0 to 1', 20)], 20],
		['the words of clusters before 1.26', [scaled('up replica set web-b to 1 from 0', 20)], 20],
		['combined events', [scaled('x', 20, {message: '(combined from similar events): Scaled up replica set web-b from 0 to 1'})], 20],
		['events of another Deployment', [scaled('up replica set web-b from 0 to 1', 20, {object: {kind: 'Deployment', name: 'x', uid: 'x'}})], undefined],
		['words that no controller says', [scaled('sideways', 20)], undefined],
		['an event without a time', [scaled('up replica set web-b from 0 to 1', 20, {firstAt: undefined, lastAt: undefined})], undefined],
	])('of a ReplicaSet that is used again: %s', (_reason, events, expected) => expect(startOf(reused, events)).toBe(expected));

	it('is told by the first pod since the last other ReplicaSet, where no event is left', () => {
		const pods = [
			pod('left-over', 'web-b', true, {createdAt: start + 5 * minute}),
			pod('second', 'web-b', true, {createdAt: start + 31 * minute}),
			pod('first', 'web-b', true, {createdAt: start + 30 * minute}),
			pod('old', 'web-c', true, {createdAt: start + 11 * minute}),
			pod('timeless', 'web-b', true, {createdAt: undefined}),
		];
		expect(startOf(reused, [], pods)).toBe(30);
	});
});

describe('scaling steps', () => {
	it('are read with their numbers', () => {
		expect(scalingSteps(web, [scaled('down replica set web-c to 2', 1)])).toEqual([
			{at: start + minute, direction: 'down', replicaSet: 'web-c', from: -1, to: 2},
		]);
	});
});
