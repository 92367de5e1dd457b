import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {stackCells} from '../../src/ui/elements/stack.ts';

const count = fc.integer({min: 0, max: 10_000});
const column = fc.record({
	versions: fc.dictionary(fc.nat(5).map(String), count).map(counts => new Map(Object.entries(counts).map(([slot, value]) => [Number(slot), value]))),
	unrecognised: count,
	failures: count,
});

describe('a column of the history', () => {
	it('is filled to its height whenever there was a sample, and shows only what there was', () => {
		fc.assert(
			fc.property(column, fc.integer({min: 1, max: 12}), (counts, height) => {
				const cells = stackCells(counts, height);
				const all = [...counts.versions.values(), counts.unrecognised, counts.failures].reduce((sum, value) => sum + value, 0);
				expect(cells).toHaveLength(all === 0 ? 0 : height);
				const there = new Map([...counts.versions, [-1, counts.failures], [-2, counts.unrecognised]]);
				for (const slot of cells) expect(there.get(slot)).toBeGreaterThan(0);
			}),
		);
	});

	it('shows a failure however rare, and all kinds as long as there is room for each', () => {
		fc.assert(
			fc.property(column, fc.integer({min: 1, max: 12}), (counts, height) => {
				const cells = new Set(stackCells(counts, height));
				if (counts.failures > 0) expect(cells.has(-1)).toBe(true);
				const kinds = [...counts.versions.values(), counts.unrecognised, counts.failures].filter(value => value > 0).length;
				expect(cells.size).toBe(Math.min(kinds, height));
			}),
		);
	});

	it('stacks shares from the bottom: versions in the order of their rows, failures on top', () => {
		const counts = {versions: new Map([[1, 30] as const, [0, 60] as const]), unrecognised: 0, failures: 10};
		expect(stackCells(counts, 10)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, -1]);
	});
});
