import {describe, expect, it} from 'vitest';
import {addToShareTest, emptyShareTest, expectationChanged, type ShareTest, verdictOf} from '../../../src/domain/mix/share-test.ts';
import {type Recording, readyPods, requests} from './recordings.ts';
import {sharesOf} from './streams.ts';

/** What is told apart: a ReplicaSet's pods share the beginning of their names. */
const replicaSetOf = (podName: string) => podName.slice(0, podName.lastIndexOf('-'));
const podOf = (podName: string) => podName;

/** The test after each thing that the recording holds, in its order. */
function states(recording: Recording, ownerOf: (podName: string) => string): readonly ShareTest[] {
	const changes = readyPods(recording).map(({at, podNames}) => ({
		at,
		apply: (test: ShareTest) => expectationChanged(test, at, sharesOf(podNames.map(ownerOf))),
	}));
	const samples = requests(recording).map(({at, podName}) => ({
		at,
		apply: (test: ShareTest) =>
			addToShareTest(test, {at, latencyMs: 5, ownerUid: ownerOf(podName), outcome: {kind: 'version', version: 'v', rule: 'auto:word'}}),
	}));
	let test = emptyShareTest;
	return [...changes, ...samples]
		.sort((left, right) => left.at - right.at)
		.map(({apply}) => {
			test = apply(test);
			return test;
		});
}

describe.each<Recording>(['roll-v2', 'delete-pod'])('real requests through kube-proxy: %s', recording => {
	it.each([
		['ReplicaSets', replicaSetOf],
		['pods', podOf],
	])('raise no alarm between %s', (_, ownerOf) => {
		const kinds = new Set(states(recording, ownerOf).map(test => verdictOf(test).kind));
		expect([...kinds]).not.toContain('more');
		expect([...kinds]).not.toContain('less');
		expect([...kinds]).toContain('as-expected');
	});

	it('are answered by a pod that was a ready endpoint within two seconds of it', () => {
		const changes = readyPods(recording);
		for (const {at, podName} of requests(recording)) {
			const near = changes.filter((change, index) => change.at <= at + 2000 && (changes[index + 1]?.at ?? Number.POSITIVE_INFINITY) > at - 2000);
			expect(near.flatMap(({podNames}) => podNames)).toContain(podName);
		}
	});
});
