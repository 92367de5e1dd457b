import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {memoised, share} from '../../src/store/share.ts';

describe('share', () => {
	it('gives the old object back when nothing differs', () => {
		const before = {rows: [{name: 'a'}, {name: 'b'}], total: 2};
		expect(share(before, structuredClone(before))).toBe(before);
	});

	it('keeps the parts that did not change', () => {
		const before = {rows: [{name: 'a'}, {name: 'b'}]};
		const after = share(before, {rows: [{name: 'a'}, {name: 'c'}]});
		expect(after).not.toBe(before);
		expect(after.rows[0]).toBe(before.rows[0]);
		expect(after.rows[1]).toEqual({name: 'c'});
	});

	it('tells a missing key from an undefined one', () => {
		const after = share({a: 1}, {b: undefined});
		expect(Object.keys(after)).toEqual(['b']);
	});

	it('always equals the new value, and is the old one exactly when they are equal', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
				expect(share(before, after)).toEqual(after);
				expect(share(before, structuredClone(before))).toBe(before);
			}),
		);
	});
});

describe('memoised', () => {
	it('computes again only when an input is another object', () => {
		let runs = 0;
		const sum = memoised((left: {n: number}, right: {n: number}) => ({sum: left.n + right.n, run: ++runs}));
		const two = {n: 2};
		expect(sum(two, two)).toBe(sum(two, two));
		expect(runs).toBe(1);
		sum(two, {n: 2});
		expect(runs).toBe(2);
	});

	it('gives the old result back when a new computation comes to the same', () => {
		const wrap = memoised((value: {n: number}) => ({even: value.n % 2 === 0}));
		expect(wrap({n: 2})).toBe(wrap({n: 4}));
	});
});
