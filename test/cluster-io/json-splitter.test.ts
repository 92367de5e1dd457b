import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ClusterError} from '../../src/cluster/errors.ts';
import {JsonSplitter} from '../../src/cluster/json-splitter.ts';

const object = fc.dictionary(fc.string(), fc.jsonValue());

/** The bytes in pieces of these lengths, again and again. */
function pieces(bytes: Buffer, lengths: readonly number[]): Buffer[] {
	const cut: Buffer[] = [];
	for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
		const length = lengths[turn % lengths.length] ?? 1;
		cut.push(bytes.subarray(start, start + length));
		start += length;
	}
	return cut;
}

const lengths = fc.array(fc.integer({min: 1, max: 20}), {minLength: 1});

test('cuts out what was put in, wherever the network splits it and whatever stands between', () => {
	fc.assert(
		fc.property(fc.array(object), fc.constantFrom('', '\n', '\r\n', ' \n\t'), fc.constantFrom(undefined, 2), lengths, (objects, between, indent, cuts) => {
			const splitter = new JsonSplitter('stream');
			const bytes = Buffer.from(objects.map(value => JSON.stringify(value, undefined, indent)).join(between));
			const values = pieces(bytes, cuts).flatMap(piece => splitter.push(piece));
			expect(values.map(value => JSON.parse(value.toString()))).toEqual(JSON.parse(JSON.stringify(objects)));
		}),
	);
});

test('cuts the items out of a list and leaves the list around them', () => {
	fc.assert(
		fc.property(fc.array(object), object, lengths, (items, metadata, cuts) => {
			const splitter = new JsonSplitter('items');
			const bytes = Buffer.from(JSON.stringify({kind: 'PodList', metadata, items, after: {deep: [[{a: 1}]]}}));
			const values = pieces(bytes, cuts).flatMap(piece => splitter.push(piece));
			expect(values.map(value => JSON.parse(value.toString()))).toEqual(JSON.parse(JSON.stringify(items)));
			expect(JSON.parse(splitter.end().toString())).toEqual(
				JSON.parse(JSON.stringify({kind: 'PodList', metadata, items: items.map(() => 0), after: {deep: [[{a: 1}]]}})),
			);
		}),
	);
});

test('fails in a sentence or not at all, whatever comes', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('stream', 'items'),
			fc.array(fc.oneof(fc.string(), fc.constantFrom('{', '}', '[', ']', '"', '\\')), {maxLength: 50}),
			(level, parts) => {
				try {
					const splitter = new JsonSplitter(level);
					for (const part of parts) splitter.push(Buffer.from(part));
					splitter.end();
				} catch (error) {
					expect(error).toBeInstanceOf(ClusterError);
					expect(error).toMatchObject({kind: 'garbage'});
				}
			},
		),
	);
});

test('gives up an object that never ends', () => {
	const splitter = new JsonSplitter('stream');
	const megabyte = Buffer.alloc(1024 * 1024, 'x');
	splitter.push(Buffer.from('{"a":"'));
	expect(() => {
		for (let round = 0; round < 40; round += 1) splitter.push(megabyte);
	}).toThrow('one object of more than 32 MB');
});

test('gives up a list that is none and never ends', () => {
	const splitter = new JsonSplitter('items');
	expect(() => {
		for (let round = 0; round < 3; round += 1) splitter.push(Buffer.alloc(1024 * 1024, ' '));
	}).toThrow('an answer that is no list');
});
