import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {latencyCount} from '../../../src/domain/latency-bins.ts';
import {type NumbersByVersion, versionNumbers, versionTotals} from '../../../src/domain/mix/version-numbers.ts';
import type {Outcome, Sample} from '../../../src/domain/sample.ts';
import {addSample, longestWindowSeconds, type SampleWindow} from '../../../src/domain/sample-window.ts';
import {furtherVersions} from '../../../src/domain/version-track.ts';
import {failure, sample, start, unrecognised, version, windowOf} from '../samples.ts';
import {byAnswer, ownerOf, slowTraffic} from './traffic.ts';

/** Counts by version (or owner), which no order of slots can change. */
function counts({versions, unattributed, unrecognised: unread, samples}: NumbersByVersion) {
	const rows = versions.map(({version: name, ownerUid, answers, failures, latency}) => [name ?? ownerUid, answers, failures, latencyCount(latency)] as const);
	return {rows: rows.toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1)), unattributed, unread, samples};
}

/** The same from the samples themselves: which version an owner has is what its pods answer somewhere among them. */
function countsOf(samples: readonly Sample[], all: readonly Sample[]) {
	const answered = new Set(all.flatMap(({outcome, ownerUid}) => (outcome.kind === 'version' && ownerUid !== undefined ? [ownerUid] : [])));
	const names = ['v1', 'v2', 'v3'].flatMap(name => {
		const owner = ownerOf[name] ?? '';
		const answers = samples.filter(({outcome}) => outcome.kind === 'version' && outcome.version === name).length;
		const failures = samples.filter(({outcome, ownerUid}) => outcome.kind === 'failure' && ownerUid === owner).length;
		const rows = answered.has(owner)
			? [[name, answers, failures, answers]]
			: [
					[name, answers, 0, answers],
					[owner, 0, failures, 0],
				];
		return rows.filter(([, good, bad]) => Number(good) + Number(bad) > 0);
	});
	return {
		rows: names.toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1)),
		unattributed: samples.filter(({outcome, ownerUid}) => outcome.kind === 'failure' && ownerUid === undefined).length,
		unread: samples.filter(({outcome}) => outcome.kind === 'unrecognised').length,
		samples: samples.length,
	};
}

describe('versionNumbers', () => {
	it('gives failures to the version of the pods that failed', () => {
		const window = windowOf([
			sample(0, failure('http-500'), {ownerUid: 'rs-3', latencyMs: 1}),
			sample(100, version('v2'), {ownerUid: 'rs-2', latencyMs: 10}),
			sample(200, version('v3'), {ownerUid: 'rs-3', latencyMs: 20}),
			sample(300, version('v3'), {latencyMs: 20}),
			sample(400, failure('http-503'), {ownerUid: 'rs-3', latencyMs: 1}),
			sample(500, failure('refused')),
			sample(600, unrecognised),
		]);
		const numbers = versionNumbers(window, start + 900, 60);
		expect(numbers).toMatchObject({
			samples: 7,
			unattributed: 1,
			unrecognised: 1,
			versions: [
				{version: 'v2', slot: 0, ownerUid: 'rs-2', answers: 1, failures: 0, errorRate: 0},
				{version: 'v3', slot: 1, ownerUid: 'rs-3', answers: 2, failures: 2, errorRate: 0.5},
			],
		});
		// Errors that come at once don’t make it quick.
		expect(numbers.versions[1]?.latencyMs?.p50).toBeGreaterThan(19.8);
	});

	it('knows of pods that have only failed, by their owner', () => {
		const window = windowOf([sample(0, version('v2'), {ownerUid: 'rs-2'}), sample(100, failure('http-500'), {ownerUid: 'rs-3'})]);
		expect(versionNumbers(window, start + 900, 60).versions[1]).toMatchObject({
			version: undefined,
			slot: undefined,
			ownerUid: 'rs-3',
			answers: 0,
			failures: 1,
			errorRate: 1,
		});
	});

	it('follows an owner that answers with another version', () => {
		const window = windowOf([
			sample(0, version('answer A'), {ownerUid: 'rs-2'}),
			sample(100, failure('http-500'), {ownerUid: 'rs-2'}),
			sample(200, version('v2'), {ownerUid: 'rs-2'}),
		]);
		expect(versionNumbers(window, start + 900, 60).versions).toMatchObject([
			{version: 'answer A', failures: 0},
			{version: 'v2', failures: 1},
		]);
	});

	it('adds up to the samples of the window, version by version, sent or answered in this order', () => {
		fc.assert(
			fc.property(slowTraffic, fc.constantFrom(10, 60, 600), (samples, seconds) => {
				const now = Math.max(...samples.map(({at}) => at));
				const recent = samples.filter(({at}) => Math.floor(at / 1000) > Math.floor(now / 1000) - seconds);
				for (const ordered of [samples, byAnswer(samples)]) expect(counts(versionNumbers(windowOf(ordered), now, seconds))).toEqual(countsOf(recent, samples));
			}),
		);
	});
});

/** How a request ends, and whose pod is known to have ended it. */
function ending(index: number, name: string): readonly [Outcome, string | undefined] {
	if (index % 17 === 3) return [failure('http-500'), ownerOf[name]];
	return index % 23 === 5 ? [failure('reset'), undefined] : [version(name), ownerOf[name]];
}

describe('versionTotals', () => {
	it('has every sample since the start, however long ago and however late', () => {
		fc.assert(
			fc.property(slowTraffic, samples => {
				for (const ordered of [samples, byAnswer(samples)]) expect(counts(versionTotals(windowOf(ordered)))).toEqual(countsOf(samples, samples));
			}),
		);
	});

	it('keeps what was measured before the clock was set back', () => {
		const window = windowOf([sample(900_000, version('v1')), sample(0, version('v1')), sample(1000, version('v2'))]);
		expect(counts(versionTotals(window)).rows).toEqual([
			['v1', 2, 0, 2],
			['v2', 1, 0, 1],
		]);
	});

	it('is exact over 10,000 requests while versions come and go', () => {
		const samples = Array.from({length: 10_000}, (_, index) => {
			const name = index % 1000 < index / 10 ? 'v2' : 'v1';
			const [outcome, ownerUid] = ending(index, name);
			return sample(index * 47, outcome, {latencyMs: (index * 7919) % 4000, ownerUid});
		});
		expect(counts(versionTotals(windowOf(byAnswer(samples))))).toEqual(countsOf(samples, samples));
	});

	it('tells the owners that failed last apart, where none of them ever answers', () => {
		const samples = Array.from({length: 300}, (_, index) => sample(index * 20_000, failure('http-500'), {ownerUid: `rs-${index}`}));
		const {versions, samples: all} = versionTotals(windowOf(samples));
		expect(all).toBe(300);
		expect(versions.length).toBeLessThan(70);
		expect(versions.map(({ownerUid}) => ownerUid)).toEqual(expect.arrayContaining(['rs-298', 'rs-299']));
		expect(versions.find(({version: name}) => name === furtherVersions)?.failures).toBeGreaterThan(200);
	});

	it('puts what it does not tell apart any more with the further versions', () => {
		const named = (name: string, index: number) => sample(index * 20_000, version(name), {ownerUid: `rs-${name}`});
		const samples = Array.from({length: 300}, (_, index) => [
			named(`day ${index}`, index),
			sample(index * 20_000 + 5000, failure('http-500'), {ownerUid: `rs-day ${index}`}),
		]).flat();
		const totals = versionTotals(windowOf(samples));
		const further = totals.versions.find(({version: name}) => name === furtherVersions);
		expect(totals.samples).toBe(600);
		expect(totals.versions.reduce((sum, {answers, failures}) => sum + answers + failures, 0)).toBe(600);
		expect(totals.versions.length).toBeLessThan(70);
		expect(further?.answers).toBeGreaterThan(200);
		expect(further?.failures).toBe(further?.answers);
		expect(totals.versions.find(({version: name}) => name === 'day 299')).toMatchObject({answers: 1, failures: 1});
	});
});

/** Everything that a window holds, counted. */
function sizeOf({buckets, open, cells, totals, versions, slotByOwner}: SampleWindow) {
	const latencies = [...totals.values()].reduce((sum, {latency}) => sum + latency.length, 0);
	return {buckets: buckets.length, open: open.length, cells: cells.length, totals: totals.size, versions: versions.length, owners: slotByOwner.size, latencies};
}

it('is as large after a week as after a day', () => {
	let window = windowOf([]);
	let afterADay: ReturnType<typeof sizeOf> | undefined;
	const everyMs = 20_000;
	for (let index = 0; index * everyMs < 7 * 86_400_000; index += 1) {
		// Each hour a new revision, and pages with a clock now and then.
		const hour = Math.floor((index * everyMs) / 3_600_000);
		const outcome = index % 11 === 0 ? failure('http-500') : version(index % 1000 < 100 ? `at ${index}` : `v${hour}`);
		window = addSample(window, sample(index * everyMs, outcome, {ownerUid: `rs-${hour}`, latencyMs: (index * 7919) % 5000}));
		if (hour === 24) afterADay ??= sizeOf(window);
	}
	const size = sizeOf(window);
	for (const [name, count] of Object.entries(afterADay ?? {})) expect(size[name as keyof typeof size], name).toBeLessThanOrEqual(count * 1.5 + 5);
	expect(size.buckets).toBeLessThan(longestWindowSeconds);
	expect(size.cells).toBeLessThanOrEqual(1920 / 5);
	expect(size.versions).toBeLessThanOrEqual(65);
	expect(size.totals).toBeLessThanOrEqual(65 + 65 + 2);
	expect(versionTotals(window).samples).toBe(Math.ceil((7 * 86_400_000) / everyMs));
});
