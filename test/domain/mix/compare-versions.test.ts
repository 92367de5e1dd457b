import {describe, expect, it} from 'vitest';
import {binned, noLatencies} from '../../../src/domain/latency-bins.ts';
import {type ComparedVersion, compareVersions} from '../../../src/domain/mix/compare-versions.ts';
import {latenciesFrom, randomFrom} from './random.ts';

function compared(name: string, latencies: readonly number[], failures = 0): ComparedVersion {
	return {name, answers: latencies.length, failures, latency: binned(latencies)};
}

/** So many answers, most in about 10 ms, one of ten in ten times that. */
function steady(name: string, answers: number, failures = 0, factor = 1): ComparedVersion {
	return compared(
		name,
		Array.from({length: answers}, (_, index) => factor * (index % 10 === 0 ? 100 : 9 + (index % 10) / 5)),
		failures,
	);
}

function texts(older: ComparedVersion, newer: ComparedVersion) {
	return compareVersions(older, newer).map(({text}) => text);
}

describe('failures', () => {
	it.each<[why: string, older: ComparedVersion, newer: ComparedVersion, text: string]>([
		['in percent', steady('v2', 540), steady('v3', 53, 7), 'v3 fails 12% of its requests, v2 none'],
		['of both', steady('v2', 500, 5), steady('v3', 440, 60), 'v3 fails 12% of its requests, v2 1%'],
		['counted where there are few', steady('v2', 60), steady('v3', 2, 3), 'v3 fails 3 of 5 requests, v2 none'],
		['where nothing else comes', steady('v2', 60), steady('v3', 0, 5), 'v3 fails all of its 5 requests, v2 none'],
		['that are less', steady('v2', 440, 60), steady('v3', 500), 'v3 fails none of its requests, v2 12%'],
		['that look alike when rounded', steady('v2', 880_000, 120_000), steady('v3', 877_000, 123_000), 'v3 fails 12.3% of its requests, v2 12%'],
		['that are rare', steady('v2', 500_000), steady('v3', 499_900, 100), 'v3 fails <0.1% of its requests, v2 none'],
		['of nearly all', steady('v2', 5000), steady('v3', 10, 4990), 'v3 fails >99% of its requests, v2 none'],
		['that may be chance', steady('v2', 60), steady('v3', 6, 1), 'v3 fails 1 of 7 requests, v2 none: no sure difference'],
	])('are told %s', (_why, older, newer, text) => expect(texts(older, newer)[0]).toBe(text));

	it('are not spoken of where there is none', () => expect(texts(steady('v2', 500), steady('v3', 500))).toEqual(['v3 about as fast as v2']));
});

describe('latency', () => {
	it.each<[why: string, older: ComparedVersion, newer: ComparedVersion, text: string]>([
		['a slower version', steady('v2', 400), steady('v3', 400, 0, 2.1), 'v3 p95 211 ms, 2.1 times v2’s'],
		['a faster one', steady('v2', 400, 0, 2), steady('v3', 400), 'v3 p95 100 ms, v2’s 2.0 times that'],
		['by the median where few answers know no p95', steady('v2', 60), steady('v3', 60, 0, 3), 'v3 p50 30 ms, 3.0 times v2’s'],
		['no difference that nobody could care about', steady('v2', 100_000), steady('v3', 100_000, 0, 1.05), 'v3 about as fast as v2'],
		['that few answers say nothing', steady('v2', 100), steady('v3', 7), 'too few answers of v3 (7) to compare'],
		['whose answers are too few', steady('v2', 3), steady('v3', 700), 'too few answers of v2 (3) to compare'],
	])('tells %s', (_why, older, newer, text) => expect(texts(older, newer)).toEqual([text]));

	it('does not call latencies alike of which one may be three times the other', () => {
		const [same, twofold] = [
			steady('v2', 400),
			compared(
				'v3',
				Array.from({length: 40}, (_, index) => (index % 2 === 0 ? 10 : 30)),
			),
		];
		expect(texts(same, twofold)).toEqual(['too few answers of v3 (40) to compare']);
		expect(texts({...twofold, name: 'v2'}, {...same, name: 'v3'})).toEqual(['too few answers of v2 (40) to compare']);
	});

	it('does not call latencies alike that vary too much to tell', () => {
		const random = randomFrom(1);
		const older = compared('v2', latenciesFrom(random, 400, 20, 2));
		expect(texts(older, compared('v3', latenciesFrom(random, 30, 20, 2)))).toEqual(['too few answers of v3 (30) to compare']);
	});
});

it('says nothing of a version that got no request', () => expect(texts(steady('v2', 0), steady('v3', 50))).toEqual([]));

describe('two versions that are the same', () => {
	it.each([
		[60, 60, 0.02],
		[57, 3, 0.3],
		[54, 30, 0],
		[600, 25, 0.01],
		[3000, 200, 0.005],
		[20, 2000, 0.1],
	])('of %d and %d answers are hardly ever said to differ', (older, newer, errorRate) => {
		const random = randomFrom(older + newer);
		const drawn = (name: string, n: number) =>
			compared(name, latenciesFrom(random, n, 20), Array.from({length: n}, random).filter(chance => chance < errorRate).length);
		const found = Array.from({length: 1000}, () => compareVersions(drawn('v2', older), drawn('v3', newer)).map(({kind}) => kind));
		expect(found.filter(kinds => kinds.includes('slower') || kinds.includes('fails-more')).length).toBeLessThanOrEqual(10);
		expect(found.filter(kinds => kinds.includes('faster') || kinds.includes('fails-less')).length).toBeLessThanOrEqual(10);
	});
});

it('two versions that fail alike are left in peace in most hours, though they are looked at every second', () => {
	const random = randomFrom(7);
	const hoursWithAlarm = Array.from({length: 40}, () => {
		const requests = Array.from({length: 3600}, () => ({isNew: random() < 0.5, fails: random() < 0.1}));
		return requests.some((_, second) => {
			const window = requests.slice(Math.max(0, second - 59), second + 1);
			const of = (name: string, isNew: boolean): ComparedVersion => {
				const own = window.filter(request => request.isNew === isNew);
				const failures = own.filter(({fails}) => fails).length;
				return {name, answers: own.length - failures, failures, latency: noLatencies};
			};
			return compareVersions(of('v2', false), of('v3', true)).some(({kind}) => kind === 'fails-more' || kind === 'fails-less');
		});
	}).filter(Boolean).length;
	// At one in 400 looks it was every fourth hour.
	expect(hoursWithAlarm).toBeLessThanOrEqual(3);
});

describe('two versions that differ', () => {
	it('are nearly always said to', () => {
		const random = randomFrom(3);
		const found = Array.from({length: 200}, () => {
			const failures = Array.from({length: 100}, random).filter(chance => chance < 0.3).length;
			return compareVersions(compared('v2', latenciesFrom(random, 300, 20)), compared('v3', latenciesFrom(random, 100, 60), failures)).map(({kind}) => kind);
		});
		expect(found.filter(kinds => kinds.includes('slower') && kinds.includes('fails-more')).length).toBeGreaterThan(195);
	});
});
