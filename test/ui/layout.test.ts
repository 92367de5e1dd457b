import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {chromeRows} from '../../src/ui/elements/box.ts';
import type {Need} from '../../src/ui/layout.ts';
import {arrange} from '../../src/ui/layout.ts';

const need = fc
	.tuple(fc.integer({min: 1, max: 5}), fc.integer({min: 0, max: 4}), fc.integer({min: 0, max: 200}))
	.map(([least, more, most]): Need => ({least, comfort: least + more, wish: least + more + most}));
const needs = fc.record({rollout: need, mix: need, pods: need, revisions: need, timeline: need});
const size = fc.record({columns: fc.integer({min: 1, max: 250}), rows: fc.integer({min: 1, max: 60})});
const ordinary = {
	rollout: {least: 4, comfort: 6, wish: 6},
	mix: {least: 2, comfort: 5, wish: 6},
	pods: {least: 3, comfort: 5, wish: 5},
	revisions: {least: 2, comfort: 4, wish: 4},
	timeline: {least: 2, comfort: 4, wish: 40},
};
const bare = {
	...ordinary,
	rollout: {least: 3, comfort: 4, wish: 6},
	mix: {least: 1, comfort: 2, wish: 6},
	pods: {least: 2, comfort: 5, wish: 5},
};
const shown = (columns: number, rows: number, wanted = ordinary) => [...arrange({columns, rows}, wanted).panels.keys()];

describe('arrange', () => {
	it('fills exactly one row less than the terminal has', () => {
		fc.assert(
			fc.property(size, needs, (terminal, wanted) => {
				const {panels, height, headerRows, footerRows, oneLine} = arrange(terminal, wanted);
				expect(height).toBe(Math.max(1, terminal.rows - 1));
				if (oneLine || panels.size === 0) return;
				const bottom = Math.max(...[...panels.values()].map(rect => rect.y + rect.height));
				expect(bottom).toBe(height - footerRows);
				expect(Math.min(...[...panels.values()].map(rect => rect.y))).toBe(headerRows);
			}),
		);
	});

	it('keeps every panel inside the terminal and apart from the others', () => {
		fc.assert(
			fc.property(size, needs, (terminal, wanted) => {
				const cells = new Set<string>();
				for (const {x, y, width, height} of arrange(terminal, wanted).panels.values()) {
					expect(x + width).toBeLessThanOrEqual(terminal.columns);
					for (let row = y; row < y + height; row++) {
						for (const column of [x, x + width - 1]) {
							expect(cells.has(`${row}:${column}`)).toBe(false);
							cells.add(`${row}:${column}`);
						}
					}
				}
			}),
		);
	});

	it('never squeezes: a panel has what it needs or is not there', () => {
		fc.assert(
			fc.property(size, needs, (terminal, wanted) => {
				const {panels, chrome} = arrange(terminal, wanted);
				for (const [name, rect] of panels) expect(rect.height).toBeGreaterThanOrEqual((wanted[name as keyof typeof wanted]?.least ?? 0) + chromeRows(chrome));
			}),
		);
	});

	it('leaves out the least important first', () => {
		expect(shown(120, 34)).toEqual(['rollout', 'revisions', 'mix', 'pods', 'timeline']);
		expect(shown(80, 24)).toEqual(['rollout', 'revisions', 'mix', 'pods']);
		expect(shown(60, 15)).toEqual(['rollout', 'mix', 'pods']);
		expect(shown(40, 10, bare)).toEqual(['rollout', 'mix', 'pods']);
		expect(shown(20, 5, bare)).toEqual(['rollout', 'mix']);
		expect(shown(19, 5)).toEqual([]);
	});

	it('puts ReplicaSets and mix next to each other where both have room for their words', () => {
		const {panels} = arrange({columns: 120, rows: 34}, ordinary);
		expect(panels.get('revisions')?.y).toBe(panels.get('mix')?.y);
		expect((panels.get('revisions')?.width ?? 0) + (panels.get('mix')?.width ?? 0)).toBe(120);
		expect(arrange({columns: 79, rows: 40}, ordinary).beside).toBe(false);
	});
});
