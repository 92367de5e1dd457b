import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {VersionedMap} from '../../src/store/versioned-map.ts';

type Value = {readonly value: number};
type Change = readonly [string, Value | undefined];

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const change: fc.Arbitrary<Change> = fc.tuple(key, fc.option(fc.record({value: fc.integer()}), {nil: undefined}));
/** Which of the versions so far is changed, and how; and which one is read in between. */
const step = fc.record({from: fc.nat(), changes: fc.array(change, {minLength: 1, maxLength: 4}), read: fc.nat()});

function changed(map: ReadonlyMap<string, Value>, changes: readonly Change[]): Map<string, Value> {
	const copy = new Map(map);
	for (const [name, value] of changes) {
		if (value === undefined) copy.delete(name);
		else copy.set(name, value);
	}
	return copy;
}

const sorted = (map: ReadonlyMap<string, Value>) => [...map].toSorted(([left], [right]) => left.localeCompare(right));

describe('a versioned map', () => {
	it('is what a copy would be, whichever version is read or changed, in any order', () => {
		fc.assert(
			fc.property(fc.array(step, {maxLength: 40}), steps => {
				const models: ReadonlyMap<string, Value>[] = [new Map([['a', {value: 0}]])];
				const versions = [VersionedMap.of(models[0] ?? new Map<string, Value>())];
				for (const {from, changes, read} of steps) {
					const at = from % versions.length;
					const known = versions[read % versions.length];
					expect(known?.get('a')).toEqual(models[read % versions.length]?.get('a'));
					models.push(changed(models[at] ?? new Map(), changes));
					versions.push(versions[at]?.with(changes) ?? VersionedMap.of(new Map()));
				}
				for (const [index, version] of versions.entries()) {
					const model = models[index] ?? new Map();
					expect(version.size).toBe(model.size);
					expect(sorted(version)).toEqual(sorted(model));
				}
			}),
		);
	});

	it('names all keys that changed since a former version, and nothing where it can not tell', () => {
		fc.assert(
			fc.property(fc.array(fc.array(change, {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 20}), batches => {
				const first = VersionedMap.of(new Map([['a', {value: 0}]]));
				const last = batches.reduce((map, changes) => map.with(changes), first);
				const named = last.changedSince(first);
				expect([...(named ?? [])].toSorted()).toEqual([...new Set(batches.flat().map(([name]) => name))].toSorted());
				expect(last.changedSince(last)?.size).toBe(0);
				expect(first.changedSince(last)).toBeUndefined();
				expect(last.changedSince(new Map())).toBeUndefined();
			}),
		);
	});

	it('keeps the order in which keys came, in its newest version', () => {
		const value = {value: 1};
		const map = () =>
			VersionedMap.of(new Map([['b', value]])).with([
				['a', value],
				['c', value],
			]);
		expect([
			...map()
				.with([['b', {value: 2}]])
				.keys(),
		]).toEqual(['b', 'a', 'c']);
		expect([
			...map()
				.with([['a', undefined]])
				.with([['a', value]])
				.keys(),
		]).toEqual(['b', 'c', 'a']);
	});

	it('lets go of what came after a version that somebody keeps: it does not grow with the changes since', () => {
		const kept = VersionedMap.of(new Map<string, Value>());
		let newest = kept;
		for (let value = 0; value < 2000; value += 1) newest = newest.with([['a', {value}]]);
		expect(newest.changedSince(kept)).toBeUndefined();
		expect(kept.size).toBe(0);
		expect([...kept]).toEqual([]);
		expect(newest.get('a')).toEqual({value: 1999});
	});
});
