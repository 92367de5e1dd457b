import {expect, it} from 'vitest';
import {emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import type {ProbeResult} from '../../src/domain/sample.ts';
import {createRecogniser} from '../../src/sampler/create-recogniser.ts';
import {answer, directoryOf} from '../domain/answers.ts';

function answered(body: string): ProbeResult {
	return {kind: 'answer', at: 5, latencyMs: 2, answer: answer(body)};
}

it('makes a sample of an answer', () => {
	const toSample = createRecogniser({kind: 'auto'}, () => directoryOf({2: 'luksa/kubia:v2'}));
	expect(toSample(answered('This is v2'))).toEqual({
		at: 5,
		latencyMs: 2,
		outcome: {kind: 'version', version: 'v2', rule: 'auto:word'},
		podName: undefined,
		ownerUid: 'rs-2',
	});
});

it('makes a sample of a failure', () => {
	const toSample = createRecogniser({kind: 'auto'}, () => emptyPodDirectory);
	expect(toSample({kind: 'failure', at: 5, latencyMs: 2000, reason: 'timeout', detail: 'no answer'})).toEqual({
		at: 5,
		latencyMs: 2000,
		outcome: {kind: 'failure', reason: 'timeout', detail: 'no answer'},
		podName: undefined,
		ownerUid: undefined,
	});
});

it('asks for the pods each time, and remembers the bodies that it labelled', () => {
	let directory = emptyPodDirectory;
	const toSample = createRecogniser({kind: 'auto'}, () => directory);
	const versions = ['red', 'blue', 'red', 'web-1'].map(body => toSample(answered(body)).outcome);
	directory = directoryOf({7: 'app:v7'}, {'web-1': ['10.0.0.1', 7]});
	expect(versions).toMatchObject([{version: 'answer A'}, {version: 'answer B'}, {version: 'answer A'}, {version: 'answer C'}]);
	expect(toSample(answered('web-1'))).toMatchObject({outcome: {version: 'v7', rule: 'auto:pod'}, podName: 'web-1', ownerUid: 'rs-7'});
});
