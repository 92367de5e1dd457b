import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ObjectChange} from '../../src/store/event.ts';
import {mapAfter, ownMapAfter, transitionsOf} from '../../src/store/object-map.ts';

type Thing = {readonly uid: string; readonly resourceVersion: string};
const thing = (uid: string, resourceVersion = '1'): Thing => ({uid, resourceVersion});
const mapOf = (...things: Thing[]) => new Map(things.map(item => [item.uid, item]));

describe.each([
	['a versioned map', mapAfter<Thing>],
	['a map of its own', ownMapAfter<Thing>],
])('%s', (_name, take) => {
	const replaceAll = (before: ReadonlyMap<string, Thing>, items: readonly Thing[]) => take(before, {type: 'listed', items});
	const applyChanges = (before: ReadonlyMap<string, Thing>, changes: readonly ObjectChange<Thing>[]) => take(before, {type: 'changed', changes});

	describe('a list', () => {
		it('keeps the map when a relist brings what was known', () => {
			const before = mapOf(thing('a'), thing('b'));
			expect(replaceAll(before, [thing('a'), thing('b')])).toBe(before);
		});

		it('keeps unchanged objects when another one changed', () => {
			const before = mapOf(thing('a'), thing('b'));
			const now = replaceAll(before, [thing('a'), thing('b', '2')]);
			expect(now.get('a')).toBe(before.get('a'));
			expect(now.get('b')?.resourceVersion).toBe('2');
		});

		it('drops what the list does not name, also when its size stays the same', () => {
			expect([...replaceAll(mapOf(thing('a'), thing('b')), [thing('a'), thing('c')]).keys()]).toEqual(['a', 'c']);
		});
	});

	describe('watch events', () => {
		it('gives the same map for what is known already', () => {
			const before = mapOf(thing('a'));
			expect(
				applyChanges(before, [
					{kind: 'observed', object: thing('a')},
					{kind: 'gone', uid: 'x'},
				]),
			).toBe(before);
		});

		it('never touches the map it was given and ends as if each event came alone', () => {
			const change = fc.oneof(
				fc.record({
					kind: fc.constant('observed' as const),
					object: fc.record({uid: fc.constantFrom('a', 'b', 'c'), resourceVersion: fc.constantFrom('1', '2')}),
				}),
				fc.record({kind: fc.constant('gone' as const), uid: fc.constantFrom('a', 'b', 'c')}),
			);
			fc.assert(
				fc.property(fc.array(change), (changes: ObjectChange<Thing>[]) => {
					const before = mapOf(thing('a'), thing('b'));
					const copy = new Map(before);
					const together = applyChanges(before, changes);
					const alone = changes.reduce((map, one) => applyChanges(map, [one]), before as ReadonlyMap<string, Thing>);
					expect(before).toEqual(copy);
					expect(new Map(together)).toEqual(new Map(alone));
				}),
			);
		});
	});
});

describe('transitions', () => {
	it('tell each state of an object that comes twice, and what left a list', () => {
		const before = mapOf(thing('a'), thing('b'));
		const changes: ObjectChange<Thing>[] = [
			{kind: 'observed', object: thing('c', '1')},
			{kind: 'observed', object: thing('c', '2')},
			{kind: 'observed', object: thing('a', '1')},
			{kind: 'gone', uid: 'c'},
			{kind: 'gone', uid: 'x'},
		];
		const steps = transitionsOf(before, {type: 'changed', changes}).map(one => [one.object.uid, one.before?.resourceVersion, one.after?.resourceVersion]);
		expect(steps).toEqual([
			['c', undefined, '1'],
			['c', '1', '2'],
			['c', '2', undefined],
		]);
		const listed = transitionsOf(before, {type: 'listed', items: [thing('b', '2'), thing('c')]});
		expect(listed.map(one => [one.object.uid, one.after?.resourceVersion])).toEqual([
			['b', '2'],
			['c', '1'],
			['a', undefined],
		]);
	});
});
