import {describe, expect, it} from 'vitest';
import type {K8sEvent} from '../../src/domain/k8s-event.ts';
import {evidenceText, type LastAvailable, lastAvailable} from '../../src/domain/last-available.ts';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {type ReplicaSetTrace, traceAfter} from '../../src/domain/replica-set-trace.ts';
import {activityText, activityWords, revisionActivity} from '../../src/domain/revision-activity.ts';
import type {Deployment} from '../../src/domain/workload.ts';
import {condition, k8sEvent, replicaSet, start, template, workload} from './cluster-objects.ts';

const minute = 60_000;
const now = start + 120 * minute;
const history = 'deployment.kubernetes.io/revision-history';
const at = (minutes: number) => start + minutes * minute;

/** Made at so many minutes, for its first number. */
function rs(name: string, revision: number | undefined, made: number, change: Partial<ReplicaSet> = {}): ReplicaSet {
	return replicaSet(name, revision, `app:${name}`, {createdAt: at(made), ...change});
}

function reused(numbers: string): Partial<ReplicaSet> {
	return {annotations: {[history]: numbers}};
}

function step(minutes: number, message: string): K8sEvent {
	return k8sEvent('ScalingReplicaSet', message, {uid: message, lastAt: at(minutes), object: {kind: 'Deployment', name: 'web', uid: 'd'}});
}

function trace(change: Partial<ReplicaSetTrace>): ReplicaSetTrace {
	return {grewAt: undefined, emptiedAt: undefined, completeAt: undefined, ...change};
}

type Evidence = {
	readonly sets: readonly ReplicaSet[];
	readonly events?: readonly K8sEvent[];
	readonly traces?: readonly (readonly [string, ReplicaSetTrace])[];
};

function told(name: string, {sets, events = [], traces = []}: Evidence): string | undefined {
	const activity = revisionActivity({workload: workload(), replicaSets: sets, events, traces: new Map(traces)}).get(name);
	const words = activity && activityWords(activity, now);
	return words && activityText(words);
}

describe('when a revision was active last', () => {
	const [a, b] = [rs('a', 1, 0), rs('b', 2, 60, {desired: 3})];

	it.each<[reason: string, name: string, evidence: Evidence, text: string | undefined]>([
		['it has pods since it was made', 'b', {sets: [a, b]}, 'now, for 60m'],
		['the next one was made then: about then its pods went', 'a', {sets: [a, b]}, '≈60m ago, for ≈60m'],
		[
			'the controller’s event says when the last one went',
			'a',
			{sets: [a, b], events: [step(70, 'Scaled down replica set a from 1 to 0')]},
			'50m ago, for 70m',
		],
		['an older event than that says nothing', 'a', {sets: [a, b], events: [step(65, 'Scaled down replica set a from 3 to 2')]}, '≈60m ago, for ≈60m'],
		['it was seen to be emptied', 'a', {sets: [a, b], traces: [['a', trace({emptiedAt: at(75)})]]}, '45m ago, for 75m'],
		[
			'used again: its age is not when it began, but the event tells',
			'a',
			{sets: [rs('a', 3, 0, {...reused('1'), desired: 3}), rs('b', 2, 60)], events: [step(100, 'Scaled up replica set a from 0 to 1')]},
			'now, for 20m',
		],
		['used again, and nothing tells when', 'a', {sets: [rs('a', 3, 0, {...reused('1'), desired: 3}), rs('b', 2, 60)]}, 'now'],
		[
			'used again, and seen to get its pods',
			'a',
			{sets: [rs('a', 3, 0, {...reused('1'), desired: 3}), rs('b', 2, 60)], traces: [['a', trace({grewAt: at(90)})]]},
			'now, for 30m',
		],
		['replaced by one that was used again: nothing tells when', 'b', {sets: [rs('a', 3, 0, {...reused('1'), desired: 3}), rs('b', 2, 60)]}, undefined],
		['the next one is gone from the history', 'a', {sets: [a, rs('c', 3, 60)]}, undefined],
		['a number that nobody gave', 'x', {sets: [rs('x', undefined, 0)]}, undefined],
		[
			'the beginning of a history that is full is not when it was made',
			'a',
			{sets: [rs('a', 1000, 0), rs('b', 2000, 30, {...reused(`1001${',1234'.repeat(398)}`), desired: 3})]},
			undefined,
		],
		[
			'a beginning that was seen after the end belongs to another time',
			'a',
			{sets: [a, b], traces: [['a', trace({grewAt: at(80), emptiedAt: at(70)})]]},
			'50m ago',
		],
	])('%s', (_reason, name, evidence, text) => expect(told(name, evidence)).toBe(text));
});

describe('what is seen of a ReplicaSet', () => {
	const full = {desired: 3, current: 3, ready: 3, available: 3};
	it.each<
		[
			reason: string,
			before: Partial<ReplicaSet> | undefined,
			after: Partial<ReplicaSet>,
			wanted: number | undefined,
			expected: Partial<ReplicaSetTrace> | undefined,
		]
	>([
		['it gets its first pods', {desired: 0}, {desired: 1}, 3, {grewAt: now}],
		['its last one goes', {desired: 1}, {desired: 0}, 3, {emptiedAt: now}],
		['at first sight nothing is known of before', undefined, {desired: 1}, 3, undefined],
		['all its pods are available', {...full, available: 2}, full, 3, {completeAt: now}],
		['they were until now', full, {...full, available: 2}, 3, {completeAt: now}],
		['it is complete at first sight', undefined, full, 3, {completeAt: now}],
		['some of the workload’s pods are others’', {desired: 2, available: 1}, {desired: 2, available: 2}, 3, undefined],
		['nobody knows how many there shall be', undefined, full, undefined, undefined],
		['a workload of none is never complete', undefined, {desired: 0}, 0, undefined],
	])('%s', (_reason, before, after, wanted, expected) => {
		const set = (change: Partial<ReplicaSet>) => rs('a', 1, 0, change);
		expect(traceAfter(undefined, before && set(before), set(after), wanted, now)).toEqual(expected && trace(expected));
	});

	it('is the same object when a change says nothing new', () => {
		const known = trace({grewAt: at(1)});
		expect(traceAfter(known, rs('a', 1, 0, {desired: 2}), rs('a', 1, 0, {desired: 3}), 3, now)).toBe(known);
	});
});

describe('the last revision that was completely available', () => {
	const full = {desired: 3, current: 3, ready: 3, available: 3};
	const succeeded = (name: string): Partial<Deployment> => ({
		conditions: [
			condition('Progressing', 'True', {reason: 'NewReplicaSetAvailable', message: `ReplicaSet "${name}" has successfully progressed.`, lastUpdateAt: at(50)}),
		],
	});
	const failing = rs('b', 2, 60, {desired: 1, current: 1});

	it.each<
		[
			reason: string,
			change: Partial<Deployment>,
			sets: readonly ReplicaSet[],
			traces: readonly (readonly [string, ReplicaSetTrace])[],
			expected: LastAvailable | undefined,
		]
	>([
		['the one that runs, when it is', {}, [rs('a', 1, 0), rs('b', 2, 60, full)], [], {uid: 'b', evidence: 'now', at: undefined}],
		['the old one, while it still has all pods', {}, [rs('a', 1, 0, full), failing], [], {uid: 'a', evidence: 'now', at: undefined}],
		['of two that are complete the one that runs', {}, [rs('a', 1, 0, full), rs('b', 2, 60, full)], [], {uid: 'b', evidence: 'now', at: undefined}],
		[
			'what was watched',
			{},
			[rs('a', 1, 0, {desired: 2, available: 1}), failing],
			[['a', trace({completeAt: at(59)})]],
			{uid: 'a', evidence: 'seen', at: at(59)},
		],
		[
			'the later of two that were watched',
			{},
			[rs('a', 1, 0), rs('c', 3, 0), failing],
			[
				['a', trace({completeAt: at(59)})],
				['c', trace({completeAt: at(58)})],
			],
			{uid: 'a', evidence: 'seen', at: at(59)},
		],
		['what the Deployment says', succeeded('a'), [rs('a', 1, 0), failing], [], {uid: 'a', evidence: 'condition', at: at(50)}],
		['what was watched since', succeeded('a'), [rs('a', 1, 0), failing], [['b', trace({completeAt: at(70)})]], {uid: 'b', evidence: 'seen', at: at(70)}],
		[
			'another condition of it says nothing',
			{conditions: [condition('Progressing', 'True', {reason: 'ReplicaSetUpdated', message: 'ReplicaSet "b" is progressing.'})]},
			[rs('a', 1, 0), failing],
			[],
			undefined,
		],
		[
			'an old one whose pods are left and available',
			{},
			[rs('a', 1, 0, {desired: 2, available: 2}), failing],
			[],
			{uid: 'a', evidence: 'holds-its-pods', at: undefined},
		],
		['not the new one, which has only begun', {}, [rs('a', 1, 0), rs('b', 2, 60, {desired: 1, available: 1})], [], undefined],
		['nobody, where nothing tells', {}, [rs('a', 1, 0), failing], [], undefined],
	])('is %s', (_reason, change, sets, traces, expected) => {
		expect(lastAvailable(workload({template: template('app:b'), ...change}), sets, new Map(traces))).toEqual(expected);
	});

	it.each<[evidence: LastAvailable['evidence'], time: number | undefined, text: string]>([
		['now', undefined, 'it is so now'],
		['seen', 5, 'it was until T5'],
		['condition', 5, 'its rollout succeeded at T5'],
		['condition', undefined, 'its rollout succeeded'],
		['holds-its-pods', undefined, 'what is left of it is available'],
	])('is told with what tells so: %s', (evidence, time, text) => {
		expect(evidenceText({uid: 'a', evidence, at: time}, when => `T${when}`)).toBe(text);
	});
});
