import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {age} from '../../src/domain/human-duration.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {podSide} from '../../src/domain/pod-side.ts';
import {createReadiness} from '../../src/domain/readiness.ts';
import {type PodPlace, sidedPods} from '../../src/domain/sided-pods.ts';
import {ownPods, podSides} from '../../src/store/selectors/own-pods.ts';
import {createPodRows, podRows} from '../../src/store/selectors/pod-rows.ts';
import {VersionedMap} from '../../src/store/versioned-map.ts';
import {pod, replicaSet, start, status, workload} from '../domain/cluster-objects.ts';

const objects = {
	workload: workload(),
	newReplicaSet: replicaSet('web-b', 2, 'app:v2'),
	replicaSets: [replicaSet('web-a', 1, 'app:v1'), replicaSet('web-b', 2, 'app:v2')],
};
const side = podSides(objects);
const facts = {
	newReplicaSet: objects.newReplicaSet,
	revisionByUid: new Map([
		['web-a', 1],
		['web-b', 2],
	]),
	side,
};

const restarted = status(
	{kind: 'running', startedAt: start},
	{restartCount: 2, lastTermination: {exitCode: 1, signal: 0, reason: 'Error', message: '', startedAt: undefined, finishedAt: start + 3000}},
);
/** A pod in one of the states of its life, young enough to look older each second or too old for it; some are others'. */
const anyPod = fc
	.record({
		uid: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
		owner: fc.constantFrom('web-a', 'web-b', 'foreign'),
		isReady: fc.boolean(),
		createdAt: fc.constantFrom(start, start - 200_000, start - 9 * 3_600_000, undefined),
		deletedAt: fc.constantFrom(undefined, start + 1000),
		phase: fc.constantFrom('Running', 'Failed', 'Pending'),
		statuses: fc.constantFrom([], [restarted]),
	})
	.map(({uid, owner, isReady, createdAt, deletedAt, phase, statuses}) =>
		pod(`${uid}-${uid.charCodeAt(0)}`, owner, isReady, {uid, createdAt, deletedAt, phase, containerStatuses: statuses}),
	);
const step = fc.record({
	seen: fc.array(anyPod, {maxLength: 4}),
	gone: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), {maxLength: 2}),
	passedMs: fc.constantFrom(0, 100, 1000, 61_000, 4_000_000, -5000),
	answering: fc.array(fc.constantFrom('a-97', 'c-99', 'e-101'), {maxLength: 2}),
});
const steps = fc.array(step, {minLength: 1, maxLength: 12});

function after(pods: VersionedMap<string, Pod>, {seen, gone}: {readonly seen: readonly Pod[]; readonly gone: readonly string[]}): VersionedMap<string, Pod> {
	return pods.with([...seen.map(one => [one.uid, one] as const), ...gone.map(uid => [uid, undefined] as const)]);
}

describe('rows that follow the changes of pods', () => {
	it('are those that all pods together give', () => {
		fc.assert(
			fc.property(steps, taken => {
				const follow = createPodRows();
				let [pods, now] = [VersionedMap.of(new Map<string, Pod>()), start + 10_000];
				for (const one of taken) {
					pods = after(pods, one);
					now += one.passedMs;
					const answers = new Map(one.answering.map((name, index) => [name, {answers: index + 1, failures: 0}]));
					const input = {facts, pods, answers, own: new Map()};
					const {rows, at} = follow(input, now);
					expect(rows).toEqual(podRows(input, now));
					// The words for their ages are those of now, whenever they were looked at.
					expect(rows.map(({createdAt}) => age(createdAt, at))).toEqual(rows.map(({createdAt}) => age(createdAt, now)));
				}
			}),
		);
	});

	it('stay the same list as long as nothing in it looks different, and the same objects where they look the same', () => {
		const follow = createPodRows();
		const input = (pods: VersionedMap<string, Pod>) => ({facts, pods, answers: new Map(), own: new Map()});
		const old = {createdAt: start - 9 * 3_600_000};
		const pods = VersionedMap.of(
			new Map([
				['a', pod('a', 'web-a', true, {uid: 'a', ...old})],
				['b', pod('b', 'web-b', true, {uid: 'b', ...old})],
			]),
		);
		const {rows: first, at} = follow(input(pods), start);
		const touched = pods.with([['a', pod('a', 'web-a', true, {uid: 'a', resourceVersion: 'other', ...old})]]);
		for (const passed of [500, 60_000]) {
			const later = follow(input(touched), start + passed);
			expect(later.rows).toBe(first);
			expect(later.at).toBe(at);
		}
		const {rows: changed} = follow(input(touched.with([['a', pod('a', 'web-a', false, {uid: 'a', ...old})]])), start + 60_000);
		expect(changed.map(({name}) => name)).toEqual(['a', 'b']);
		expect(changed[1]).toBe(first.find(({name}) => name === 'b'));
	});
});

describe('pods by where they stand', () => {
	it('are followed from change to change as if all were parted anew', () => {
		fc.assert(
			fc.property(steps, taken => {
				let pods = VersionedMap.of(new Map<string, Pod>());
				for (const one of taken) {
					pods = after(pods, one);
					const {all, sides, readiness} = ownPods(objects.workload.uid, side, pods);
					const fresh = sidedPods(pods.values(), podSide(objects));
					for (const place of Object.keys(fresh) as PodPlace[]) expect(new Set(sides[place])).toEqual(new Set(fresh[place]));
					expect(all.length).toBe(Object.values(fresh).flat().length);
					const known = createReadiness(fresh.new);
					expect(readiness.ready).toEqual(known.ready);
					expect([new Map(readiness.undated), new Map(readiness.unready)]).toEqual([known.undated, known.unready]);
				}
			}),
		);
	});
});
