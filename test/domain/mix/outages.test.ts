import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {addToOutages, emptyOutageLog, type OutageLog} from '../../../src/domain/mix/outage-log.ts';
import {outageSummary, outageText} from '../../../src/domain/mix/outage-text.ts';
import {downtimeOf} from '../../../src/domain/mix/outages.ts';
import type {FailureReason, Sample} from '../../../src/domain/sample.ts';
import {failure, sample, start, unrecognised, version} from '../samples.ts';
import {byAnswer, traffic} from './traffic.ts';

const reasons: Readonly<Record<string, FailureReason>> = {
	x: 'refused',
	r: 'reset',
	t: 'timeout',
	b: 'http-502',
	e: 'http-500',
	p: 'proxy-503',
	f: 'proxy-forbidden',
	a: 'proxy-unreachable',
};

/** A sample for each letter, a second apart: `.` a good one, `?` one without a version, others as in `reasons`. Spaces are seconds without one. */
function stream(letters: string, everyMs = 1000): readonly Sample[] {
	return [...letters].flatMap((letter, index) => {
		if (letter === ' ') return [];
		const reason = reasons[letter];
		const good = letter === '?' ? unrecognised : version('v1');
		return [sample(index * everyMs, reason === undefined ? good : failure(reason), {latencyMs: letter === 't' ? 5000 : 200})];
	});
}

function logOf(samples: Iterable<Sample>): OutageLog {
	let log = emptyOutageLog;
	for (const next of samples) log = addToOutages(log, next);
	return log;
}

function told(samples: Iterable<Sample>): readonly string[] {
	return logOf(samples).now.list.map(outage => outageText(outage, undefined));
}

describe('an outage in words', () => {
	it.each<[letters: string, reason: string, texts: readonly string[]]>([
		['.....', 'all well', []],
		['..?..', 'an answer without a version is an answer', []],
		['..b..', 'a single one', ['1 × 502']],
		['..bbb..', 'answered, but not well', ['3 × 502 within 2.2 s']],
		['..xxxxx..', 'nothing answered until the first good one was asked for', ['no answer for 5.0 s (5 × refused)']],
		['..xxb..', 'some answered', ['no good answer for 3.0 s (2 × refused, 1 × 502)']],
		['..xxx', 'still going on', ['no answer for 2.2 s so far (3 × refused)']],
		['..b', 'just begun', ['1 × 502']],
		['..t    ..', 'one that hung while nothing else was asked', ['no answer for 5.0 s (1 × timeout)']],
		['.b.b..b..', 'again and again among good ones', ['3 × 502 among 6 requests within 5.2 s']],
		['.b.xxx..', 'and once a gap', ['3 × refused, 1 × 502 among 5 requests within 4.2 s, no good answer for up to 3.0 s']],
		['.xx.......bb...', 'two that have nothing to do with each other', ['no answer for 2.0 s (2 × refused)', '2 × 502 within 1.2 s']],
		['.pp.', 'the API server has no endpoint', ['2 × 503 of the proxy within 1.2 s']],
		['.ffaa.', 'what the API server kept from the Service says nothing about it', []],
		['.xaax.', 'nor does it end what had begun', ['no answer for 4.0 s (2 × refused)']],
	])('%s: %s', (letters, _, texts) => {
		expect(told(stream(letters))).toEqual(texts);
	});

	it('names the pod where it is always the same one, made printable', () => {
		const fails = (podName: string, at: number) => sample(at, failure('http-500'), {podName, latencyMs: 100});
		expect(told([fails('kubia-x', 0), fails('kubia-x', 1000)])).toEqual(['2 × 500 within 1.1 s from kubia-x']);
		expect(told([fails('kubia-x', 0), fails('kubia-y', 1000)])).toEqual(['2 × 500 within 1.1 s']);
		expect(told([fails('\u001B[31mred\u0007', 0)])).toEqual(['1 × 500 from red']);
	});
});

describe('all of it in one line', () => {
	it.each([
		['', 'no request yet'],
		['....', 'no failed request in 4'],
		['..b..', 'no downtime, 1 failed of 5'],
		['..xxxxx..', 'downtime 5.0 s in 1 outage, 5 failed of 9'],
		['..xxx.........xx..b.', 'downtime 5.0 s in 2 outages, longest 3.0 s, 6 failed of 20'],
		['ffff', 'downtime unknown: all 4 did not get past the API server'],
		['..aa..b.', 'no downtime, 1 failed of 6, 2 did not get past the API server'],
		['..xxx.........xx', 'no good answer for 1.2 s now, downtime 4.2 s in 2 outages, longest 3.0 s, 5 failed of 16'],
	])('%s', (letters, text) => {
		expect(outageSummary(logOf(stream(letters)).now)).toBe(text);
	});
});

describe('what was not measured', () => {
	it('is no downtime: the sampler was stopped while all failed', () => {
		const log = logOf([...stream('..xx'), ...stream('..').map(next => ({...next, at: next.at + 3_600_000}))]);
		expect(outageSummary(log.now)).toBe('downtime 1.2 s in 1 outage, 2 failed of 6');
	});

	it('is no downtime: the clock was set back', () => {
		const log = logOf([...stream('..xx').map(next => ({...next, at: next.at + 3_600_000})), ...stream('..xx....')]);
		expect(downtimeOf(log.now)).toEqual({outages: 2, downMs: 3200, longestMs: 2000});
		expect(log.held.length).toBeLessThan(10);
	});
});

/** No two sent in the same millisecond: nobody could say in which order. */
const apart = traffic.map(samples => samples.map((next, index) => ({...next, at: next.at + index})));

describe('requests that overlap', () => {
	it('are an outage in the order in which they were sent: time-outs are known last', () => {
		const sent = stream('..ttt......');
		// In the order of the answers good ones come before each of the time-outs.
		expect(byAnswer(sent)).not.toEqual(sent);
		expect(told(byAnswer(sent))).toEqual(['no answer for 3.0 s (3 × timeout)']);
		expect(told(byAnswer(stream('..t......')))).toEqual(['no answer for 1.0 s (1 × timeout)']);
		expect(told(byAnswer(stream('..t......', 100)))).toEqual(['1 × timeout']);
	});

	it('are no downtime for as long as one of them hangs: with a long time-out its failure is known when its place is settled', () => {
		const hung = sample(0, failure('timeout'), {latencyMs: 30_000});
		const well = Array.from({length: 40}, (_, index) => sample(index * 1000 + 500, version('v1')));
		const {downMs} = downtimeOf(logOf(byAnswer([hung, ...well])).now);
		expect(downMs).toBeLessThanOrEqual(1000);
	});

	it('end no outage that began after them', () => {
		const slow = sample(0, version('v1'), {latencyMs: 30_000});
		const ill = Array.from({length: 40}, (_, index) => sample(index * 1000 + 500, failure('refused'), {latencyMs: 3}));
		const log = logOf(byAnswer([slow, ...ill]));
		expect(log.now.list).toHaveLength(1);
		expect(downtimeOf(log.now)).toEqual({outages: 1, downMs: 39_003, longestMs: 39_003});
		expect(outageSummary(log.now)).toContain('40 failed of 41');
	});

	it('give the same whatever the order of their answers', () => {
		fc.assert(
			fc.property(apart, samples => {
				expect(logOf(byAnswer(samples)).now).toEqual(logOf(samples).now);
			}),
		);
	});
});

/** The gaps, counted anew: from the first of some failures in a row to the next good request, two failures or a second at least. */
function gapsOf(samples: readonly Sample[]): readonly number[] {
	const gaps: number[] = [];
	let row: Sample[] = [];
	for (const next of samples) {
		if (next.outcome.kind === 'failure') row.push(next);
		else {
			const [first] = row;
			const hung = Math.max(...row.map(({at, latencyMs}) => at + latencyMs)) - (first?.at ?? 0);
			const length = next.at - (first?.at ?? 0);
			if (first !== undefined && (row.length > 1 || Math.min(length, hung) >= 1000)) gaps.push(length);
			row = [];
		}
	}
	return gaps;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, next) => total + next, 0);

describe('the counts', () => {
	it('add up', () => {
		fc.assert(
			fc.property(apart, samples => {
				const {now} = logOf(byAnswer(samples));
				const failed = samples.filter(({outcome}) => outcome.kind === 'failure').length;
				expect(now.samples).toBe(samples.length);
				expect(now.failed).toBe(failed);
				expect(sum(now.list.map(({failures}) => failures))).toBe(failed);
				for (const {reasons: counts, failures} of now.list) expect(sum(counts.map(({count}) => count))).toBe(failures);
				expect(sum(now.list.map(({downMs}) => downMs))).toBe(now.downtime.downMs);
			}),
		);
	});

	it('of downtime are those of the gaps between good answers', () => {
		fc.assert(
			fc.property(apart, samples => {
				const gaps = gapsOf(samples);
				const {downMs, longestMs} = logOf(byAnswer(samples)).now.downtime;
				expect(downMs).toBe(sum(gaps));
				expect(longestMs).toBe(Math.max(0, ...gaps));
			}),
		);
	});

	it('stay right when only the last hundred outages are known by name', () => {
		const {now} = logOf(stream('.xx.......'.repeat(150)));
		expect(now.list).toHaveLength(100);
		expect(now.list.at(-1)?.id).toBe(150);
		expect(outageSummary(now)).toBe('downtime 5m in 150 outages, longest 2.0 s, 300 failed of 1500');
	});

	it('take no more room with time', () => {
		const failing = Array.from({length: 3000}, (_, index) =>
			sample(index * 20, index % 7 === 0 ? version('v1') : failure(`http-${400 + (index % 99)}`), {podName: `pod-${index % 50}`, ownerUid: `rs-${index % 30}`}),
		);
		const {now, held} = logOf(failing);
		expect(held.length).toBeLessThanOrEqual(302);
		const [outage, other] = now.list;
		expect(other).toBeUndefined();
		expect([outage?.reasons.length, outage?.pods.length, outage?.ownerUids.length, outage?.first.length]).toEqual([8, 8, 8, 16]);
		expect(sum(outage?.reasons.map(({count}) => count) ?? [])).toBe(now.failed);
	});

	it('change nothing that was handed out', () => {
		fc.assert(
			fc.property(apart, samples => {
				byAnswer(samples).reduce((log, next) => {
					const frozen = JSON.stringify(log);
					const after = addToOutages(log, next);
					expect(JSON.stringify(log)).toBe(frozen);
					return after;
				}, emptyOutageLog);
			}),
			{numRuns: 30},
		);
	});

	it('have their times in order', () => {
		fc.assert(
			fc.property(apart, samples => {
				for (const {startAt, lastAt, failedUntil, endAt} of logOf(byAnswer(samples)).now.list) {
					expect(startAt).toBeGreaterThanOrEqual(start);
					expect(lastAt).toBeGreaterThanOrEqual(startAt);
					expect(failedUntil).toBeGreaterThanOrEqual(lastAt);
					expect(endAt ?? lastAt).toBeGreaterThanOrEqual(lastAt);
				}
			}),
		);
	});
});
