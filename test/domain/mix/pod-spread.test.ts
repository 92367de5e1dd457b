import {describe, expect, it} from 'vitest';
import {type ExpectedPod, podSpread} from '../../../src/domain/mix/pod-spread.ts';
import type {Sample} from '../../../src/domain/sample.ts';
import {failure, sample, start, version, windowOf} from '../samples.ts';
import {randomFrom} from './random.ts';

/** Four answers a second: `who` names the pod of each, an exclamation mark makes it a failure, none has no name. */
function answersOf(n: number, who: (index: number) => string): readonly Sample[] {
	return Array.from({length: n}, (_, index) => {
		const name = who(index);
		const podName = name.replace('!', '') || undefined;
		return sample(index * 250, name.endsWith('!') ? failure('http-500') : version('v1'), {podName});
	});
}

function ready(...podNames: readonly string[]): readonly ExpectedPod[] {
	return podNames.map(podName => ({podName, readySince: undefined}));
}

function spread(samples: readonly Sample[], expected: readonly ExpectedPod[], seconds = 600) {
	return podSpread(windowOf(samples), samples.at(-1)?.at ?? start, seconds, expected);
}

function texts(samples: readonly Sample[], expected: readonly ExpectedPod[]) {
	return spread(samples, expected).findings.map(({text}) => text);
}

const inTurns =
	(...podNames: readonly string[]) =>
	(index: number) =>
		podNames[index % podNames.length] ?? '';

describe('the spread over pods', () => {
	it('has every pod that is expected or has answered, most answers first', () => {
		const {pods} = spread(answersOf(8, inTurns('a', 'a', 'b!', 'other')), ready('b', 'c', 'a'));
		expect(pods).toEqual([
			{podName: 'a', answers: 4, failures: 0, share: 0.5},
			{podName: 'b', answers: 0, failures: 2, share: 0.25},
			{podName: 'other', answers: 2, failures: 0, share: 0.25},
			{podName: 'c', answers: 0, failures: 0, share: 0},
		]);
	});

	it('is none before an answer', () => expect(spread([], ready('a'))).toEqual({pods: [{podName: 'a', answers: 0, failures: 0, share: 0}], findings: []}));
});

describe('a pod that gives no answer', () => {
	it('is named once that cannot be chance any more', () => {
		// Three pods: 3 · (2/3)^n is less than 0.001 from the twentieth on.
		expect(texts(answersOf(19, inTurns('a', 'b')), ready('a', 'b', 'c'))).toEqual([]);
		expect(texts(answersOf(20, inTurns('a', 'b')), ready('a', 'b', 'c'))).toEqual(['c is ready but has given none of 20 answers']);
	});

	it('is named with the others', () => {
		expect(texts(answersOf(100, inTurns('a')), ready('a', 'b', 'c'))).toEqual(['2 pods are ready (b, c) but have given none of 100 answers']);
	});

	it('may have become ready a moment ago', () => {
		const [a, b] = ready('a', 'b');
		const expected = [a, b, {podName: 'c', readySince: start + 90_000}].filter(pod => pod !== undefined);
		expect(texts(answersOf(390, inTurns('a', 'b')), expected)).toEqual([]);
		expect(texts(answersOf(480, inTurns('a', 'b')), expected)).toEqual(['c is ready but has given none of 100 answers']);
	});

	it('may be one that does not say who it is', () => {
		expect(texts(answersOf(300, inTurns('a', 'b', '')), ready('a', 'b', 'c'))).toEqual([]);
	});

	it('is not one that fails', () => expect(texts(answersOf(30, inTurns('a!', 'b!')), ready('a', 'b'))).toEqual([]));

	it('is hardly ever named where all get the same', () => {
		const random = randomFrom(11);
		const named = Array.from({length: 1000}, (_, round) => {
			const pods = ready(...'abcdefghij'.slice(0, 2 + (round % 9)));
			const samples = answersOf(10 + (round % 90), () => pods[Math.floor(random() * pods.length)]?.podName ?? 'a');
			return spread(samples, pods).findings.length;
		});
		expect(named.filter(findings => findings > 0).length).toBeLessThanOrEqual(5);
	});
});

describe('a pod that alone fails', () => {
	it('is named with the count of the others', () => {
		expect(
			texts(
				answersOf(60, index => (index % 3 === 0 ? 'b!' : index % 2 === 0 ? 'a' : 'c')),
				ready('a', 'b', 'c'),
			),
		).toEqual(['only b fails: 20 of its 20 answers, the other 2 pods none of 40']);
	});

	it('is not one whose few failures may be chance', () => {
		expect(
			texts(
				answersOf(60, index => (index === 3 || index === 9 ? 'a!' : inTurns('a', 'b', 'c')(index))),
				ready('a', 'b', 'c'),
			),
		).toEqual([]);
	});

	it('is none where another fails, too', () => {
		expect(
			texts(
				answersOf(60, index => (index === 7 ? 'a!' : inTurns('a', 'b!', 'c')(index))),
				ready('a', 'b', 'c'),
			),
		).toEqual([]);
	});

	it('is none where it is the only one that answers', () => expect(texts(answersOf(60, inTurns('a!', 'a')), ready('a'))).toEqual([]));

	it('is hardly ever named where all fail alike', () => {
		const random = randomFrom(5);
		const named = Array.from({length: 2000}, () => {
			const samples = answersOf(60, () => `${'abc'[Math.floor(random() * 3)]}${random() < 0.1 ? '!' : ''}`);
			return spread(samples, ready('a', 'b', 'c')).findings.length;
		});
		expect(named.filter(findings => findings > 0).length).toBeLessThanOrEqual(1);
	});
});
