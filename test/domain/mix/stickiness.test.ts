import {describe, expect, it} from 'vitest';
import {type StickinessInput, stickiness} from '../../../src/domain/mix/stickiness.ts';
import type {Sample} from '../../../src/domain/sample.ts';
import {addSample, emptyWindow} from '../../../src/domain/sample-window.ts';
import {failure, sample, start, unrecognised, version, windowOf} from '../samples.ts';
import {randomFrom} from './random.ts';

const threePods: StickinessInput = {pods: 3, shares: [1 / 3, 2 / 3], since: undefined, keepAlive: false, clientIpAffinity: false, cookies: false};

/** Two answers a second. */
function everyHalfSecond(n: number, make: (index: number) => Partial<Sample>): readonly Sample[] {
	return Array.from({length: n}, (_, index) => sample(index * 500, version('v1'), make(index)));
}

function found(samples: readonly Sample[], more: Partial<StickinessInput> = {}, seconds = 600) {
	return stickiness(windowOf(samples), samples.at(-1)?.at ?? start, seconds, {...threePods, ...more});
}

const pod = (podName: string) => () => ({podName});
const nameless = () => ({});

describe('a source that always gets the same pod', () => {
	it('is told with how many answers show it', () => {
		expect(found(everyHalfSecond(60, pod('web-x')), {keepAlive: true})).toEqual({
			podName: 'web-x',
			version: undefined,
			answers: 60,
			text: 'all 60 answers come from one pod (web-x) although 3 pods share the traffic: the connection is kept alive',
		});
	});

	it.each<[Partial<StickinessInput>, string]>([
		[{}, 'something on the way keeps this source with it'],
		[{clientIpAffinity: true}, 'the Service has sessionAffinity ClientIP'],
		[
			{cookies: true, clientIpAffinity: true, keepAlive: true},
			'the connection is kept alive, or the Service has sessionAffinity ClientIP, or cookies are sent',
		],
	])('has likely causes: %j', (input, words) => expect(found(everyHalfSecond(60, pod('web-x')), input)?.text).toMatch(new RegExp(`: ${words}$`)));

	it('is told from as many answers on as chance cannot give', () => {
		// 3^(1-n) is less than a millionth from the fourteenth answer on.
		expect(found(everyHalfSecond(13, pod('web-x')))).toBeUndefined();
		expect(found(everyHalfSecond(14, pod('web-x')))?.answers).toBe(14);
	});

	it('counts from where another pod answered last', () => {
		expect(found(everyHalfSecond(60, index => ({podName: index < 20 ? 'web-y' : 'web-x'})))).toMatchObject({podName: 'web-x', answers: 40});
	});

	it('counts from where the endpoints changed last, and all know it', () => {
		const samples = everyHalfSecond(40, pod('web-x'));
		expect(found(samples, {since: start + 10_000})).toBeUndefined();
		expect(found(samples, {since: start + 5000})?.answers).toBe(20);
	});

	it('is nothing where only one pod is ready', () => expect(found(everyHalfSecond(60, pod('web-x')), {pods: 1, shares: [1]})).toBeUndefined());

	it('is not known where another may have answered without a name', () => {
		expect(found(everyHalfSecond(60, index => (index % 2 === 0 ? {podName: 'web-x'} : {outcome: unrecognised})))).toBeUndefined();
	});

	it('counts answers that are failures, and not those that never came', () => {
		const outcomes = [failure('http-500'), failure('timeout')];
		const samples = everyHalfSecond(60, index => ({outcome: outcomes[index % 2] ?? unrecognised, podName: index % 2 === 0 ? 'web-x' : undefined}));
		expect(found(samples)).toMatchObject({podName: 'web-x', answers: 30});
	});
});

describe('a source that always gets the same version', () => {
	it('is told where answers name no pod', () => {
		expect(found(everyHalfSecond(60, nameless), {cookies: true})).toEqual({
			podName: undefined,
			version: 'v1',
			answers: 60,
			text: 'all 60 answers come from v1 although 2 versions share the traffic: cookies are sent',
		});
	});

	it('is no wonder where that one has nearly all of the traffic', () => {
		expect(found(everyHalfSecond(60, nameless), {shares: [0.95, 0.05]})).toBeUndefined();
		expect(found(everyHalfSecond(60, nameless), {shares: [1, 0]})).toBeUndefined();
	});

	it('is not one that now and then gets something else', () => {
		expect(found(everyHalfSecond(60, index => (index % 20 === 19 ? {outcome: version('v2')} : {})))).toBeUndefined();
	});
});

it('says nothing before an answer', () => expect(found([])).toBeUndefined());

it('hardly ever says so of traffic that goes anywhere', () => {
	const random = randomFrom(2);
	let alarms = 0;
	const input = {...threePods, pods: 2, shares: [0.8, 0.2]};
	for (let stretch = 0; stretch < 20; stretch += 1) {
		const samples = everyHalfSecond(1200, () => ({podName: random() < 0.5 ? 'a' : 'b', outcome: version(random() < 0.8 ? 'v1' : 'v2')}));
		// One window that grows, as in the program: to count all again for each look took ten times as long.
		let window = emptyWindow;
		for (const [index, next] of samples.entries()) {
			window = addSample(window, next);
			if (index % 25 === 24 && stickiness(window, next.at, 600, input) !== undefined) alarms += 1;
		}
	}
	expect(alarms).toBe(0);
});
