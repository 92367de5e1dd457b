import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import type {Collections} from './collections.ts';
import {growing, isWithinBound, type Reading, riseOf, slopeOf} from './trend.ts';

type Half = Collections & {readonly taken: number; readonly lines: number};

/** Entries that a moment more or less may make. */
const few = 24;

function halves(days: number): readonly Half[] {
	const text = execFileSync(process.execPath, [fileURLToPath(new URL('days.mjs', import.meta.url)), String(days)], {encoding: 'utf8'});
	return text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
}

describe('days behind a Service', () => {
	it('leave no more in any collection after twice as many of them', {timeout: 120_000}, () => {
		const [first, second] = halves(1);
		if (first === undefined || second === undefined) throw new Error('two halves were to be told');
		expect(second.lines).toBeGreaterThan(first.lines * 1.5);
		const grown = Object.entries(second.holdings).flatMap(([name, {entries, largest}]) => {
			const before = first.holdings[name]?.entries ?? 0;
			return entries > before + few && !isWithinBound(name, largest) ? [`${name}: ${before} → ${entries}`] : [];
		});
		expect(grown).toEqual([]);
		expect(second.listeners).toBe(first.listeners);
	});
});

describe('the verdict on a soak', () => {
	const readings = (size: (index: number) => number): readonly Reading[] =>
		Array.from({length: 80}, (_, index) => ({
			at: index,
			thread: 'main',
			rss: 1,
			heap: 1,
			external: 1,
			resources: {Timeout: 5 + (index % 3)},
			listeners: 100,
			mostListeners: 9,
			holdings: {'Map of string → leak': {count: 1, entries: size(index), largest: size(index)}},
		}));

	it('names what goes on growing, and not what fills up or comes and goes', () => {
		expect(growing(readings(index => index * 10))).toEqual([{name: 'Map of string → leak', from: 300, to: 700}]);
		expect(growing(readings(index => Math.min(index, 20) * 10))).toEqual([]);
		expect(growing(readings(index => (index % 20) * 10))).toEqual([]);
	});

	it('measures growth after the warm-up alone', () => {
		const warm = Array.from({length: 80}, (_, index) => Math.min(100, 40 + index * 3));
		expect(riseOf(warm)).toBeCloseTo(0);
		expect(slopeOf(warm)).toBeCloseTo(0);
		const leaking = Array.from({length: 80}, (_, index) => 100 + index);
		expect(riseOf(leaking)).toBeCloseTo(40 / 130);
		expect(slopeOf(leaking)).toBeGreaterThan(0.3);
	});
});
