import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type MixColumn, mixHistory} from '../../../src/domain/mix/mix-history.ts';
import type {Sample} from '../../../src/domain/sample.ts';
import {addSample, emptyWindow} from '../../../src/domain/sample-window.ts';
import {furtherVersions} from '../../../src/domain/version-track.ts';
import {failure, sample, start, unrecognised, version, windowOf} from '../samples.ts';
import {byAnswer, slowTraffic} from './traffic.ts';

/** Counts of a column, versions by name. */
function countsOf(samples: readonly Sample[]) {
	const of = (kind: Sample['outcome']['kind']) => samples.filter(({outcome}) => outcome.kind === kind).length;
	return {versions: of('version'), failures: of('failure'), unrecognised: of('unrecognised'), samples: samples.length};
}

function summed({versions, failures, unrecognised: unread, samples}: MixColumn) {
	return {versions: [...versions.values()].reduce((sum, count) => sum + count, 0), failures, unrecognised: unread, samples};
}

/** As a person would draw it: how many samples each column has, `-` for a gap. */
function drawn(columns: readonly MixColumn[]): string {
	return columns.map(({samples, isGap}) => (isGap ? '-' : samples)).join(' ');
}

const spans = fc.constantFrom(60, 300, 600, 900, 1800);
const widths = fc.integer({min: 1, max: 240});

describe('mixHistory', () => {
	it('tells the versions of each column apart', () => {
		const window = windowOf([
			sample(0, version('v1')),
			sample(1000, version('v1')),
			sample(2000, version('v2')),
			sample(2100, failure('timeout')),
			sample(3000, unrecognised),
		]);
		const {columns, columnSeconds} = mixHistory(window, start + 3900, {seconds: 4, columns: 2, intervalMs: 1000});
		expect(columnSeconds).toBe(2);
		expect(columns).toEqual([
			{startAt: start, versions: new Map([[0, 2]]), failures: 0, unrecognised: 0, samples: 2, isGap: false},
			{startAt: start + 2000, versions: new Map([[1, 1]]), failures: 1, unrecognised: 1, samples: 3, isGap: false},
		]);
	});

	it('has each sample of the span in its column, at any width', () => {
		fc.assert(
			fc.property(slowTraffic, spans, widths, fc.nat(5000), (samples, seconds, columns, afterMs) => {
				const now = Math.max(...samples.map(({at}) => at)) + afterMs;
				const history = mixHistory(windowOf(byAnswer(samples)), now, {seconds, columns, intervalMs: 1000});
				const widthMs = history.columnSeconds * 1000;
				for (const column of history.columns) {
					expect(summed(column)).toEqual(countsOf(samples.filter(({at}) => at >= column.startAt && at < column.startAt + widthMs)));
				}
			}),
		);
	});

	it('fits any width, is as wide as asked and ends with now', () => {
		fc.assert(
			fc.property(fc.integer({min: 60, max: 1800}), widths, fc.nat(10_000_000), (seconds, width, afterMs) => {
				const now = start + afterMs;
				const {columns, columnSeconds} = mixHistory(emptyWindow, now, {seconds, columns: width, intervalMs: 1000});
				expect(columns.length).toBeLessThanOrEqual(width);
				expect(columns.length * columnSeconds).toBeGreaterThanOrEqual(seconds);
				const last = columns.at(-1)?.startAt ?? 0;
				expect(now).toBeGreaterThanOrEqual(last);
				expect(now).toBeLessThan(last + columnSeconds * 1000);
				expect(columns.every(({startAt}, index) => startAt === last - (columns.length - 1 - index) * columnSeconds * 1000)).toBe(true);
			}),
		);
	});

	it.each([300, 1800])('never changes a column that is over, of %d s', seconds => {
		let window = emptyWindow;
		const known = new Map<number, string>();
		const seen = (column: MixColumn) => {
			const text = JSON.stringify([...column.versions, summed(column)]);
			expect(known.get(column.startAt) ?? text).toBe(text);
			known.set(column.startAt, text);
		};
		for (let second = 0; second < 2000; second += 1) {
			window = addSample(window, sample(second * 1000, second % 7 === 0 ? failure('timeout') : version(second % 3 === 0 ? 'v1' : 'v2')));
			const {columns} = mixHistory(window, start + second * 1000, {seconds, columns: 60, intervalMs: 1000});
			// The one before the first sample begins within it.
			columns
				.slice(0, -1)
				.filter(({startAt}) => startAt >= start)
				.forEach(seen);
		}
		expect(known.size).toBeGreaterThan(60);
	});

	it('remembers half an hour', () => {
		const window = windowOf(Array.from({length: 4000}, (_, second) => sample(second * 1000, version('v1'))));
		for (const columns of [1, 13, 17, 40, 59, 80, 200]) {
			const history = mixHistory(window, start + 3_999_000, {seconds: 1800, columns, intervalMs: 1000});
			const full = history.columns.slice(0, -1);
			expect(full.every(({samples}) => samples === history.columnSeconds)).toBe(true);
		}
	});

	it('counts versions that were put together under the further ones', () => {
		const window = windowOf(Array.from({length: 200}, (_, index) => sample(index * 12_000, version(`v${index}`))));
		const {columns} = mixHistory(window, start + 199 * 12_000, {seconds: 1800, columns: 20, intervalMs: 12_000});
		expect(columns.reduce((sum, {samples}) => sum + samples, 0)).toBeGreaterThanOrEqual(140);
		const slots = new Set(columns.flatMap(({versions}) => [...versions.keys()]));
		const known = new Map(window.versions.map(({slot, version: name}) => [slot, name]));
		expect([...slots].every(slot => known.has(slot))).toBe(true);
		expect([...slots].map(slot => known.get(slot))).toContain(furtherVersions);
	});
});

describe('a gap', () => {
	const every = (intervalMs: number, ...seconds: readonly number[]) => {
		const window = windowOf(seconds.map(second => sample(second * 1000, version('v1'))));
		return drawn(mixHistory(window, start + 11_900, {seconds: 12, columns: 12, intervalMs}).columns);
	};

	it('is where nothing was sampled for longer than the interval', () => expect(every(1000, 0, 1, 2, 6, 7, 8, 9, 10, 11)).toBe('1 1 1 - - - 1 1 1 1 1 1'));
	it('is not a sample that was a little late', () => expect(every(1000, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11)).toBe('1 1 1 1 0 1 1 1 1 1 1 1'));
	it('is not the time between two samples', () => expect(every(4000, 0, 4, 8)).toBe('1 0 0 0 1 0 0 0 1 0 0 0'));
	it('is not the time before the first sample', () => expect(every(1000, 8, 9, 10, 11)).toBe('0 0 0 0 0 0 0 0 1 1 1 1'));
	it('goes on until now', () => expect(every(1000, 0, 1, 2, 3, 4, 5, 6)).toBe('1 1 1 1 1 1 1 - - - - -'));
});
