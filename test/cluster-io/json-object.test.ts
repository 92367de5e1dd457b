import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseObject} from '../../src/cluster/json-object.ts';

const read = (value: unknown) => parseObject(Buffer.from(JSON.stringify(value)));
const tricky = fc.constantFrom('"managedFields":[', '\\', '\\"', ']', '}', '"', '[{', '\u2028é');
const text = fc.oneof(
	tricky,
	fc.string(),
	fc.array(tricky).map(parts => parts.join('')),
);
const json = fc.letrec(tie => ({
	value: fc.oneof(
		{depthSize: 'small'},
		text,
		fc.integer(),
		fc.constant(null),
		fc.array(tie('value')),
		fc.dictionary(
			text.filter(key => key !== '__proto__'),
			tie('value'),
		),
	),
})).value;

test('reads an object whatever its managed fields and its texts hold, without the managed fields', () => {
	fc.assert(
		fc.property(json, fc.array(json), json, json, (before, managedFields, beside, after) => {
			const object = (fields: readonly unknown[]) => ({before, object: {metadata: {managedFields: fields, beside}}, after});
			expect(read(object(managedFields))).toEqual(JSON.parse(JSON.stringify(object([]))));
		}),
	);
});

test('reads all of an object that has none', () => {
	fc.assert(
		fc.property(json, value => {
			expect(read({value})).toEqual(JSON.parse(JSON.stringify({value})));
		}),
	);
});

test('refuses what JSON.parse refuses', () => {
	for (const broken of ['', '{', '{"managedFields":[', '{"managedFields":["a"}', '{"managedFields":["a\\', '{"managedFields":[]]}']) {
		expect(() => parseObject(Buffer.from(broken)), broken).toThrow(SyntaxError);
	}
});
