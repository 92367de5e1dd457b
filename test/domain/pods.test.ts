import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {imageChange, imageTag, shortImage} from '../../src/domain/image-change.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {availableAt, isPodAvailable, isPodEnded} from '../../src/domain/pod-availability.ts';
import {podColumns} from '../../src/domain/pod-columns.ts';
import {byRank, podRank} from '../../src/domain/pod-order.ts';
import {podSide} from '../../src/domain/pod-side.ts';
import {shortText} from '../../src/domain/short-text.ts';
import {condition, containerSpec, pod, replicaSet, start, status, waitingFor, workload} from './cluster-objects.ts';

describe('availability', () => {
	const ready = pod('a', 'web-b', true);

	it('comes with the minimum of ready seconds, and not before', () => {
		expect(availableAt(ready, 10)).toBe(start + 10_000);
		expect(isPodAvailable(ready, 10, start + 9999)).toBe(false);
		expect(isPodAvailable(ready, 10, start + 10_000)).toBe(true);
	});

	it('is readiness alone without a minimum, also when our clock is behind the cluster’s', () => {
		expect(isPodAvailable(ready, 0, start - 60_000)).toBe(true);
		expect(availableAt(ready, 0)).toBe(start);
	});

	it('is unknown when the API does not say since when the pod is ready', () => {
		const timeless = {...ready, conditions: [condition('Ready', 'True')]};
		expect(availableAt(timeless, 10)).toBeUndefined();
		expect(availableAt(timeless, 0)).toBe(start);
		expect(availableAt({...timeless, createdAt: undefined}, 0)).toBe(0);
		expect(isPodAvailable(timeless, 10, start * 2)).toBe(false);
	});

	it('is none while the pod is not ready, or says it twice with the first word against it', () => {
		expect(availableAt(pod('a', 'web-b', false), 0)).toBeUndefined();
		expect(isPodAvailable({...ready, conditions: [condition('Ready', 'False'), condition('Ready', 'True')]}, 0, start)).toBe(false);
	});

	it('ends with the pod', () => expect([ready, {...ready, phase: 'Failed'}, {...ready, phase: 'Succeeded'}].map(isPodEnded)).toEqual([false, true, true]));
});

describe('the STATUS column, where upstream’s cases leave a choice', () => {
	it('takes the first container’s reason of several', () => {
		const both = [status(waitingFor('CrashLoopBackOff')), status(waitingFor('ImagePullBackOff'), {name: 'other'})];
		expect(podColumns(pod('p', 'web-b', false, {containerStatuses: both}), start).status).toBe('CrashLoopBackOff');
	});

	it('counts init containers while one is only on its way', () => {
		const init = containerSpec({name: 'init', image: 'i'});
		const initializing = pod('p', 'web-b', false, {
			phase: 'Pending',
			initContainers: [init],
			initContainerStatuses: [status(waitingFor('PodInitializing'), {name: 'init'})],
		});
		expect(podColumns(initializing, start).status).toBe('Init:0/1');
	});
});

describe('the order of pods', () => {
	const ranked = (all: readonly Pod[]) => all.map(one => podRank(one, 'web-b'));
	const sorted = (all: readonly Pod[]) =>
		ranked(all)
			.sort(byRank)
			.map(({name}) => name);
	const pods = [pod('d', 'web-a', true), pod('c', 'web-b', true), pod('b', 'web-a', false), pod('a2', 'web-b', false), pod('a1', 'web-b', false)];

	it('is not-ready first, then new before old, then by name, whatever the order before', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(pods, {minLength: 5}), shuffled => {
				expect(sorted(shuffled)).toEqual(['a1', 'a2', 'b', 'c', 'd']);
			}),
		);
	});

	it('counts what stands at the end of names with the same beginning', () => {
		expect(sorted(['db-10', 'db-2', 'db-1x', 'da-3', 'db'].map(name => pod(name, 'web-b', true)))).toEqual(['da-3', 'db', 'db-1x', 'db-2', 'db-10']);
	});

	it('knows two pods of the same name no order', () => {
		expect(byRank(podRank(pod('x-1', 'web-b', true), 'web-b'), podRank(pod('x-1', 'web-b', true), 'web-b'))).toBe(0);
	});
});

describe('the side of a pod', () => {
	const current = replicaSet('web-b', 2, 'app:v2');
	const objects = {
		workload: workload(),
		newReplicaSet: current,
		replicaSets: [current, replicaSet('web-a', 1, 'app:v1'), replicaSet('x', 1, 'x', {ownerUid: 'other'})],
	};
	const labels = {'pod-template-hash': 'z9'};

	it.each<[reason: string, pod: ReturnType<typeof pod>, side: 'new' | 'old' | undefined]>([
		['of the new ReplicaSet', pod('p', 'web-b', true), 'new'],
		['of an old one', pod('p', 'web-a', true), 'old'],
		['of somebody else’s, with the same labels', pod('web-z9-1', 'x', true, {labels}), undefined],
		['of a ReplicaSet that was deleted', pod('web-z9-1', 'gone', true, {labels}), 'old'],
		['of nobody, by its name', pod('web-z9-1', undefined, true, {labels}), 'old'],
		['of nobody, with another name', pod('webx-z9-1', undefined, true, {labels}), undefined],
		['of nobody, without a hash', pod('web-z9-1', undefined, true), undefined],
	])('%s', (_reason, one, side) => expect(podSide(objects)(one)).toBe(side));

	it('is old for all while the new ReplicaSet is not made', () => expect(podSide({...objects, newReplicaSet: undefined})(pod('p', 'web-b', true))).toBe('old'));
});

describe('the change of images', () => {
	it.each<[reason: string, from: readonly string[], to: readonly string[], text: string | undefined]>([
		['the repository only once', ['luksa/kubia:v2'], ['luksa/kubia:v3'], 'luksa/kubia:v2 → v3'],
		['nothing', ['a:1'], ['a:1'], undefined],
		['another repository in full', ['crash:1'], ['luksa/kubia:v2'], 'crash:1 → luksa/kubia:v2'],
		['a port is no tag', ['host:5000/app'], ['host:5000/app:v2'], 'host:5000/app → v2'],
		['a tag that goes', ['app:v1'], ['app'], 'app:v1 → app'],
		['only what changed', ['a:1', 'b:1'], ['a:1', 'b:2'], 'b:1 → 2'],
		['a container more', ['a:1'], ['a:1', 'b:1'], 'a:1 → a:1, b:1'],
		[
			'digests by their beginning',
			[`app@sha256:${'0'.repeat(64)}`],
			[`app@sha256:${'1'.repeat(64)}`],
			`app@sha256:${'0'.repeat(12)} → sha256:${'1'.repeat(12)}`,
		],
	])('%s', (_reason, from, to, text) => expect(imageChange(from, to)).toBe(text));

	it.each([
		['host:5000/app:v2', 'v2'],
		['host:5000/app', ''],
		[`app:v1@sha256:${'a'.repeat(64)}`, 'v1@sha256:aaaaaaaaaaaa'],
	])('the tag of %s is “%s”', (image, tag) => expect(imageTag(image)).toBe(tag));

	it('is printable, whatever an image is called', () => expect(shortImage(`a\u001B[31m${'x'.repeat(900)}`).length).toBeLessThanOrEqual(120));
});

describe('shortText', () => {
	it('is printable, bounded and never cut within a character, whatever comes', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme', maxLength: 400}), fc.integer({min: 2, max: 60}), (text, length) => {
				const short = shortText(text, length);
				expect(short.length).toBeLessThanOrEqual(length);
				expect(short).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
				expect(short).not.toMatch(/[\uD800-\uDBFF]…$/);
			}),
		);
	});

	it('says that something was left out', () => expect(shortText('a'.repeat(20), 10)).toBe(`${'a'.repeat(9)}…`));
	it('leaves short texts as they are', () => expect(shortText('short', 10)).toBe('short'));
	it('marks what was cut even where cleaning leaves little of it', () => expect(shortText('\u0007'.repeat(500), 10)).toBe('…'));
});
