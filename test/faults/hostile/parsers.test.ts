import {expect, test} from 'vitest';
import {randomFrom} from '../../domain/mix/random.ts';
import {mutated, oneOf} from './mutate.ts';
import {allParsers, type ParserUnderTest, parsers} from './parsers.ts';
import {realObjects} from './real-objects.ts';
import {isLong, seed, tell} from './rows.ts';

const objects = realObjects(60);
const kinds = Object.keys(parsers);
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype];

function faultsIn(raw: unknown, tried: readonly ParserUnderTest[]): readonly string[] {
	return tried.flatMap(({name, misfit}) => {
		try {
			return misfit(raw) ?? [];
		} catch (error) {
			return `${name} throws ${error}`;
		}
	});
}

/** The faults of `count` spoilt objects, the first ones of them. Every fiftieth object is given to the parsers of all other kinds, too. */
function faultsOf(seed: number, count: number): readonly string[] {
	const random = randomFrom(seed);
	const faults: string[] = [];
	for (let at = 0; at < count && faults.length < 20; at += 1) {
		const kind = oneOf(kinds, random);
		const raw = mutated(oneOf(objects.get(kind) ?? [], random), random);
		const tried = at % 50 === 0 ? allParsers : (parsers[kind] ?? []);
		faults.push(...faultsIn(raw, tried).map(fault => `seed ${seed}, object ${at}: ${fault}`));
	}
	return faults;
}

test('there are real objects of each kind to spoil, and they are what their types say', () => {
	for (const kind of kinds) {
		expect(objects.get(kind), kind).toBeDefined();
		for (const raw of objects.get(kind) ?? []) for (const {misfit} of parsers[kind] ?? []) expect(misfit(raw)).toBeUndefined();
	}
});

test('most of what is spoilt is read all the same: what is wrong with an object is not what it is about', () => {
	const random = randomFrom(1);
	for (const kind of kinds) {
		const spoilt = Array.from({length: 200}, () => mutated(oneOf(objects.get(kind) ?? [], random), random));
		const dropped = spoilt.filter(raw => parsers[kind]?.[0]?.drops(raw)).length;
		expect(dropped, kind).toBeLessThan(120);
	}
});

test(
	'a hundred thousand spoilt objects are dropped or become what their types say',
	() => {
		console.log(`seed ${seed}`);
		const before = prototypes.map(prototype => Object.getOwnPropertyNames(prototype).join());
		const count = isLong ? 1_000_000 : 100_000;
		const faults = faultsOf(seed, count);
		tell({
			fault: `${count} spoilt objects of ${kinds.length} kinds through ${allParsers.length} parsers (seed ${seed})`,
			seen: 'those that can be read; the others are counted',
			lost: 'nothing',
			ok: faults.length === 0,
			note: faults.join('\n'),
		});
		expect(faults).toEqual([]);
		// Nothing that was read has become a property of everything.
		expect(prototypes.map(prototype => Object.getOwnPropertyNames(prototype).join())).toEqual(before);
		expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
	},
	isLong ? 900_000 : 120_000,
);
