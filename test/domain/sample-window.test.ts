import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {answersByPod, lastOutcomes, latencyQuantiles, versionMix} from '../../src/domain/mix/version-mix.ts';
import type {Sample} from '../../src/domain/sample.ts';
import {addSample, emptyWindow, longestWindowSeconds} from '../../src/domain/sample-window.ts';
import {furtherVersions} from '../../src/domain/version-track.ts';
import {growth} from './growth.ts';
import {failure, sample, start, unrecognised, version, windowOf} from './samples.ts';

describe('versionMix', () => {
	it('is empty before the first sample', () => {
		expect(versionMix(emptyWindow, start, 60)).toEqual({samples: 0, versions: [], failures: [], unrecognised: {count: 0, share: 0}});
	});

	it('counts versions, failures with their pods, and what no rule could read', () => {
		const window = windowOf([
			sample(0, version('v2'), {ownerUid: 'rs-2'}),
			sample(1000, version('v3'), {ownerUid: 'rs-3'}),
			sample(2000, failure('http-500', 'Some internal error'), {podName: 'x2x7k'}),
			sample(3000, version('v2')),
			sample(3100, failure('http-500', 'again'), {podName: 'x2x7k'}),
			sample(3200, failure('http-500', 'another'), {podName: 'zzzzz'}),
			sample(3300, failure('refused', 'connect ECONNREFUSED')),
			sample(3400, unrecognised),
		]);
		expect(versionMix(window, start + 3500, 60)).toEqual({
			samples: 8,
			versions: [
				{version: 'v2', slot: 0, count: 2, share: 0.25, ownerUid: 'rs-2', ownerUids: ['rs-2'], rule: 'auto:word'},
				{version: 'v3', slot: 1, count: 1, share: 0.125, ownerUid: 'rs-3', ownerUids: ['rs-3'], rule: 'auto:word'},
			],
			failures: [
				{
					reason: 'http-500',
					count: 3,
					share: 0.375,
					detail: 'another',
					pods: [
						{podName: 'x2x7k', count: 2},
						{podName: 'zzzzz', count: 1},
					],
				},
				{reason: 'refused', count: 1, share: 0.125, detail: 'connect ECONNREFUSED', pods: []},
			],
			unrecognised: {count: 1, share: 0.125},
		});
	});

	it('forgets what is older than the window, whole seconds at a time', () => {
		const window = windowOf([0, 1000, 2000, 3000].map(at => sample(at, version('v1'))));
		expect([1, 2, 3, 4, 60].map(seconds => versionMix(window, start + 3999, seconds).samples)).toEqual([1, 2, 3, 4, 4]);
		expect(versionMix(window, start + 4000, 4).samples).toBe(3);
		expect(versionMix(window, start + 70_000, 60).samples).toBe(0);
	});

	it('has 60 samples in 60 s at one a second', () => {
		const window = windowOf(Array.from({length: 200}, (_, second) => sample(second * 1000 + 4, version('v1'))));
		expect(versionMix(window, start + 199_900, 60).samples).toBe(60);
	});

	it('leaves each version its slot when others go away', () => {
		let window = windowOf([sample(0, version('v1')), sample(1000, version('v2'))]);
		for (let second = 2; second < 700; second += 1) window = addSample(window, sample(second * 1000, version('v2')));
		window = addSample(window, sample(700_000, version('v3')));
		expect(versionMix(window, start + 700_000, 600).versions.map(({version: name, slot}) => [name, slot])).toEqual([
			['v2', 1],
			['v3', 2],
		]);
	});

	it('adds up to 1 whatever came', () => {
		const outcome = fc.constantFrom(version('v1'), version('v2'), version('v3'), failure('timeout'), failure('http-503'), unrecognised);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(3000), outcome), {minLength: 1, maxLength: 60}), steps => {
				let at = 0;
				const samples = steps.map(([step, next]) => {
					at += step;
					return sample(at, next);
				});
				const window = windowOf(samples);
				const mix = versionMix(window, start + at, 60);
				const recent = samples.filter(one => Math.floor(one.at / 1000) > Math.floor((start + at) / 1000) - 60);
				expect(mix.samples).toBe(recent.length);
				const shares = [...mix.versions, ...mix.failures, mix.unrecognised].map(({share}) => share);
				expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
				for (const {version: name, count} of mix.versions) {
					expect(count).toBe(recent.filter(one => one.outcome.kind === 'version' && one.outcome.version === name).length);
				}
			}),
		);
	});
});

it('changes nothing in the window that it adds to', () => {
	const before = windowOf([sample(0, version('v1')), sample(500, failure('timeout'))]);
	const known = JSON.stringify(versionMix(before, start + 900, 60));
	const one = addSample(before, sample(600, version('v2')));
	const other = addSample(before, sample(1700, version('v3')));
	expect(JSON.stringify(versionMix(before, start + 900, 60))).toBe(known);
	expect(versionMix(one, start + 1700, 60).versions.map(({version: name}) => name)).toEqual(['v1', 'v2']);
	expect(versionMix(other, start + 1700, 60).versions.map(({version: name}) => name)).toEqual(['v1', 'v3']);
});

describe('memory', () => {
	it('keeps ten minutes and no more', () => {
		const window = windowOf(Array.from({length: 2000}, (_, second) => sample(second * 1000, version('v1'))));
		expect(window.buckets.length).toBeLessThan(longestWindowSeconds);
		expect(versionMix(window, start + 1_999_000, 600).samples).toBe(600);
	});

	it('puts further versions together when each answer brings a new one', () => {
		const window = windowOf(Array.from({length: 1000}, (_, index) => sample(index * 10, version(`at ${index}`))));
		const {versions, samples} = versionMix(window, start + 10_000, 60);
		expect(samples).toBe(1000);
		expect(versions.length).toBe(65);
		expect(versions.at(-1)).toMatchObject({version: furtherVersions, count: 936});
		expect(new Set(versions.map(({slot}) => slot)).size).toBe(65);
	});

	it('takes new versions up again once the old ones have left the window', () => {
		let window = windowOf(Array.from({length: 100}, (_, index) => sample(index * 10, version(`at ${index}`))));
		window = addSample(window, sample(700_000, version('v2')));
		expect(versionMix(window, start + 700_000, 600).versions).toMatchObject([{version: 'v2', count: 1}]);
	});
});

describe('the clock', () => {
	it('may be set back: what was measured before cannot be placed any more', () => {
		const window = windowOf([sample(100_000, version('v1')), sample(0, version('v2')), sample(1000, version('v2'))]);
		expect(versionMix(window, start + 1000, 60)).toMatchObject({samples: 2, versions: [{version: 'v2', count: 2}]});
		expect(versionMix(window, start + 62_000, 60).samples).toBe(0);
	});

	it('may jitter', () => {
		const window = windowOf([sample(1000, version('v1')), sample(999, version('v1')), sample(1001, version('v1'))]);
		expect(versionMix(window, start + 1500, 60).samples).toBe(3);
	});
});

describe('lastOutcomes', () => {
	const window = windowOf([
		sample(0, version('v1')),
		sample(200, failure('timeout')),
		sample(1000, version('v2')),
		sample(5000, unrecognised),
		sample(5100, version('v1')),
	]);

	it('gives the newest last, as slots and marks', () => {
		expect(lastOutcomes(window, 10)).toEqual([0, -1, 1, -2, 0]);
	});

	it('gives no more than asked for', () => {
		expect([0, 1, 2, 3, 4].map(n => lastOutcomes(window, n))).toEqual([[], [0], [-2, 0], [1, -2, 0], [-1, 1, -2, 0]]);
	});
});

describe('latencyQuantiles', () => {
	function took(latencyMs: number, outcome = version('v1')): Sample {
		return sample(0, outcome, {latencyMs});
	}

	it('is nothing where nothing answered', () => {
		expect(latencyQuantiles(emptyWindow, start, 60)).toBeUndefined();
		expect(latencyQuantiles(windowOf([took(0.4, failure('refused')), took(9, failure('proxy-503'))]), start, 60)).toBeUndefined();
	});

	it('is right to half a percent', () => {
		const latencies = Array.from({length: 1000}, (_, index) => 1 + ((index * 7919) % 1000));
		const quantiles = latencyQuantiles(windowOf(latencies.map(latency => took(latency))), start, 60);
		expect(quantiles?.p50).toBeGreaterThan(500 * 0.994);
		expect(quantiles?.p50).toBeLessThan(500 * 1.006);
		expect(quantiles?.p95).toBeGreaterThan(950 * 0.994);
		expect(quantiles?.p95).toBeLessThan(950 * 1.006);
		expect(quantiles?.p99).toBeGreaterThan(990 * 0.994);
		expect(quantiles?.p99).toBeLessThan(990 * 1.006);
	});

	it('agrees with sorting, for any latencies', () => {
		fc.assert(
			fc.property(fc.array(fc.double({min: 0.02, max: 100_000, noNaN: true}), {minLength: 1, maxLength: 50}), latencies => {
				const sorted = [...latencies].sort((left, right) => left - right);
				const exact = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
				const {p95} = latencyQuantiles(windowOf(latencies.map(latency => took(latency))), start, 60) ?? {p95: Number.NaN};
				expect(Math.abs(p95 / exact - 1)).toBeLessThan(0.006);
			}),
		);
	});

	it('counts time-outs and error answers: they are what users wait for', () => {
		const window = windowOf([took(1), took(5000, failure('timeout')), took(700, failure('http-500'))]);
		expect(latencyQuantiles(window, start, 60)?.p99).toBeGreaterThan(4970);
		expect(latencyQuantiles(window, start, 60)?.p50).toBeGreaterThan(695);
	});
});

it('counts the answers and failures of each pod', () => {
	const window = windowOf([
		sample(0, version('v2'), {podName: 'a'}),
		sample(1000, version('v2'), {podName: 'a'}),
		sample(1100, failure('http-500'), {podName: 'b'}),
		sample(1200, unrecognised, {podName: 'b'}),
		sample(1300, failure('timeout')),
	]);
	expect([...answersByPod(window, start + 1500, 60)]).toEqual([
		['a', {answers: 2, failures: 0}],
		['b', {answers: 1, failures: 1}],
	]);
	expect(answersByPod(window, start + 1500, 1).get('a')).toEqual({answers: 1, failures: 0});
});

/** So many samples, 500 a second, one after the other. */
function filled(count: number) {
	let window = emptyWindow;
	for (let index = 0; index < count; index += 1) {
		window = addSample(window, sample(index * 2, version(index % 3 === 0 ? 'v1' : 'v2'), {podName: `pod-${index % 50}`, latencyMs: index % 97}));
	}
	return window;
}

it('counts 500 samples a second for ten minutes, each of them', () => {
	expect(versionMix(filled(300_000), start + 599_999, 600).samples).toBe(300_000);
});

it('takes a sample in the same time however many there are', () => {
	// The text stands for the samples: as many as it has characters.
	expect(growth(text => filled(text.length), 's', 8000)).toBeLessThan(8);
});
