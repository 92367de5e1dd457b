import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {appendLog, emptyLogBuffer, type LogBuffer, type LogEntry} from '../../../src/domain/log/log-buffer.ts';
import {endPlace, inSight, movedPlace} from '../../../src/domain/log/log-place.ts';
import {matchesOf, nextMatch, occurrences} from '../../../src/domain/log/log-search.ts';
import {logText} from '../../../src/domain/log/log-text.ts';
import {compareStamps, isStamp} from '../../../src/domain/log/stamp.ts';

const line = (text: string, at?: number, stream = 0) => ({stream, at, kind: 'line' as const, text});
const textsOf = ({entries}: LogBuffer) => entries.map(({text}) => text);

describe('a line of a log', () => {
	it.each([
		['keeps its indentation: stack traces are read by it', '\tat foo (bar.js:1)', '    at foo (bar.js:1)'],
		['loses colours', '\u001B[31mred\u001B[0m text', 'red text'],
		['loses the name that it would give the terminal', '\u001B]0;owned\u0007text', 'text'],
		['loses control characters, NUL among them', 'a\u0000b\u0008c\u0085d', 'a b c d'],
		['loses what would turn its direction', 'a\u202Eb', 'a b'],
		['shows a progress bar that overwrites itself as one line', '10%\r20%\r30%\r', '10% 20% 30%'],
		['is cut', 'x'.repeat(5_000), `${'x'.repeat(1_999)}…`],
		['is cut between characters, never in one', `${'x'.repeat(1_998)}😀y`, `${'x'.repeat(1_998)}…`],
	])('%s', (_why, raw, shown) => expect(logText(raw)).toBe(shown));
});

describe('moments of the kubelet', () => {
	it.each([
		['nanoseconds', '2026-11-21T14:00:00.000000001Z', '2026-11-21T14:00:00.000000002Z', -1],
		['left out zeros', '2026-11-21T14:00:00.1Z', '2026-11-21T14:00:00.100000001Z', -1],
		['the same with and without zeros', '2026-11-21T14:00:00.1Z', '2026-11-21T14:00:00.100Z', 0],
		['another zone of the node', '2026-11-21T15:00:00.5+01:00', '2026-11-21T14:00:00.4Z', 1],
	])('are compared by %s', (_why, left, right, sign) => {
		expect(Math.sign(compareStamps(left, right))).toBe(sign);
		expect(Math.sign(compareStamps(right, left))).toBe(sign === 0 ? 0 : -sign);
	});

	it.each([
		['2026-11-21T14:00:00.123456789Z', true],
		['2026-11-21T14:00:00+01:00', true],
		['2026-11-21', false],
		['unable', false],
		['', false],
	])('%s is one: %s', (text, expected) => expect(isStamp(text)).toBe(expected));
});

describe('the buffer', () => {
	it('puts lines of several streams in the order of their times, and keeps each stream’s own order', () => {
		const first = appendLog(emptyLogBuffer, [line('a1', 10), line('a3', 30), line('a3b', 30)]);
		const both = appendLog(first, [line('b2', 20, 1), line('b3', 30, 1)]);
		expect(textsOf(both)).toEqual(['a1', 'b2', 'a3', 'a3b', 'b3']);
	});

	it('leaves what has no time behind what was the last when it came', () => {
		const first = appendLog(emptyLogBuffer, [line('a1', 10), {...line('restarted'), kind: 'note'}]);
		expect(textsOf(appendLog(first, [line('a2', 11)]))).toEqual(['a1', 'restarted', 'a2']);
	});

	it('lets the oldest go and says how many', () => {
		const full = appendLog(
			emptyLogBuffer,
			Array.from({length: 12}, (_, index) => line(`l${index}`, index)),
			{entries: 10, characters: 1_000},
		);
		expect([full.entries.length, full.entries[0]?.text, full.dropped]).toEqual([10, 'l2', 2]);
	});

	it('lets go by size, too, but never the newest line', () => {
		const full = appendLog(emptyLogBuffer, [line('x'.repeat(60), 1), line('y'.repeat(60), 2)], {entries: 10, characters: 100});
		expect([textsOf(full).length, full.dropped, full.characters]).toEqual([1, 1, 60]);
		expect(appendLog(emptyLogBuffer, [line('z'.repeat(200), 1)], {entries: 10, characters: 100}).entries).toHaveLength(1);
	});

	it('holds what came last, in order, within its limits, whatever comes', () => {
		const batch = fc.array(fc.record({stream: fc.nat(2), at: fc.option(fc.nat(50), {nil: undefined}), text: fc.string({maxLength: 8})}), {maxLength: 12});
		const limits = {entries: 15, characters: 60};
		fc.assert(
			fc.property(fc.array(batch, {maxLength: 8}), batches => {
				const all = batches.reduce<LogBuffer>(
					(buffer, lines) =>
						appendLog(
							buffer,
							lines.map(one => ({...one, kind: 'line' as const})),
							limits,
						),
					emptyLogBuffer,
				);
				const count = batches.flat().length;
				expect(all.entries.length + all.dropped).toBe(count);
				expect(all.entries.length).toBeLessThanOrEqual(limits.entries);
				expect(all.characters).toBe(all.entries.reduce((sum, {text}) => sum + text.length, 0));
				if (all.entries.length > 1) expect(all.characters).toBeLessThanOrEqual(limits.characters);
				expect(all.places).toEqual(all.places.toSorted((left, right) => left - right));
				expect(all.places.length).toBe(all.entries.length);
				expect(new Set(all.entries.map(({id}) => id)).size).toBe(all.entries.length);
			}),
		);
	});
});

describe('the search', () => {
	it.each([
		['small letters find capitals', 'An Error, error', 'error', [3, 10]],
		['a capital finds only itself', 'An Error, error', 'Error', [3]],
		['nothing overlaps', 'aaaa', 'aa', [0, 2]],
		['signs of regular expressions are themselves', 'a.c abc', 'a.c', [0]],
		['an empty text is nowhere', 'abc', '', []],
	])('%s', (_why, text, query, found) => expect(occurrences(text, query)).toEqual(found));

	it('goes from match to match round the ends, and begins with the newest', () => {
		expect([nextMatch([1, 5, 9], undefined, 1), nextMatch([1, 5, 9], 9, 1), nextMatch([1, 5, 9], 1, -1), nextMatch([1, 5], 4, 1), nextMatch([], 4, 1)]).toEqual(
			[9, 1, 9, 5, undefined],
		);
	});

	it('finds a line exactly where the text occurs in it', () => {
		fc.assert(
			fc.property(fc.array(fc.string({maxLength: 12})), fc.string({minLength: 1, maxLength: 2}), (texts, query) => {
				const {entries} = appendLog(
					emptyLogBuffer,
					texts.map(text => line(text, 1)),
				);
				expect(matchesOf(entries, query)).toEqual(entries.filter(({text}) => occurrences(text, query).length > 0).map(({id}) => id));
			}),
		);
	});
});

describe('the place in the log', () => {
	const rowsOf = ({text}: LogEntry) => Math.max(1, text.length);
	const {entries} = appendLog(
		emptyLogBuffer,
		['a', 'bbb', 'c', 'dd', 'e'].map((text, index) => line(text, index)),
	);

	it('ends with the newest line', () => {
		const end = endPlace(entries, 4, rowsOf);
		expect(end).toEqual({id: 2, row: 0});
		expect(inSight(entries, end ?? {id: 0, row: 0}, 4, rowsOf)).toMatchObject({below: 0, shown: [{to: 1}, {to: 2}, {to: 1}]});
	});

	it('can stand in the middle of a line that is higher than the screen', () => {
		expect(movedPlace(entries, {id: 2, row: 0}, -2, 4, rowsOf)).toEqual({id: 1, row: 1});
		expect(inSight(entries, {id: 1, row: 1}, 1, rowsOf)).toMatchObject({below: 3, shown: [{from: 1, to: 2}]});
	});

	it('follows again at the end, and stands at the oldest line when its own is gone', () => {
		expect(movedPlace(entries, {id: 1, row: 1}, 2, 4, rowsOf)).toBeUndefined();
		expect(inSight(entries.slice(3), {id: 1, row: 2}, 4, rowsOf).shown[0]).toMatchObject({entry: {id: 3}, from: 0});
	});

	it('comes back where it was after as many steps back as forth, and always fills the room that the log can fill', () => {
		const heights = fc.array(fc.integer({min: 1, max: 5}), {minLength: 1, maxLength: 20});
		fc.assert(
			fc.property(heights, fc.integer({min: 1, max: 12}), fc.integer({min: 1, max: 30}), (all, room, by) => {
				const some = appendLog(
					emptyLogBuffer,
					all.map((height, index) => line('x'.repeat(height), index)),
				).entries;
				const end = endPlace(some, room, rowsOf) ?? {id: 0, row: 0};
				const rows = all.reduce((sum, height) => sum + height, 0);
				const filled = inSight(some, end, room, rowsOf).shown.reduce((sum, {from, to}) => sum + to - from, 0);
				expect(filled).toBe(Math.min(room, rows));
				const back = movedPlace(some, end, -by, room, rowsOf) ?? end;
				const steps = Math.min(by, Math.max(0, rows - room));
				expect(movedPlace(some, back, steps, room, rowsOf)).toBeUndefined();
				if (steps > 1) expect(movedPlace(some, back, steps - 1, room, rowsOf)).toBeDefined();
			}),
		);
	});
});
