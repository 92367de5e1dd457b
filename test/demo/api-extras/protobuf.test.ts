import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {wireFields} from '../../../src/demo/api/schema/protobuf-wire.ts';
import {readProtobuf} from '../../../src/demo/api/schema/read-protobuf.ts';

interface Sample {
	readonly kind: string;
	readonly json: Readonly<Record<string, unknown>>;
	/** Base64. */
	readonly protobuf: string;
}

// Made by upstream's own serialisers: of each kind an empty object and one with every field set (a few levels deep), in both encodings.
const samples: readonly Sample[] = JSON.parse(readFileSync(new URL('../../fixtures/protobuf-objects.json', import.meta.url), 'utf8'));

/** What is null in JSON is nothing at all in protobuf. */
const withoutNulls = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, member) => member ?? undefined);

test.for(samples.map(sample => [`${sample.kind} of ${JSON.stringify(sample.json).length} letters`, sample] as const))(
	'%s reads as its JSON',
	([, {json, protobuf}]) => {
		expect(readProtobuf(Buffer.from(protobuf, 'base64'))).toEqual(withoutNulls(json));
	},
);

describe('what is no protobuf', () => {
	test.for([
		['nothing', ''],
		['JSON', '{"kind":"Pod"}'],
		['a mark and nothing else', 'k8s\0'],
		['a mark and rubbish', 'k8s\0\xff\xff\xff'],
	] as const)('%s is refused with a reason', ([, text]) => {
		expect(() => readProtobuf(Buffer.from(text, 'latin1'))).toThrow(/\w/);
	});

	test('is refused, or read, but never hangs: any bytes, and any change of good ones', () => {
		const bytes = fc.uint8Array({maxLength: 300}).map(array => Buffer.from(array));
		const changed = fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(255)).map(([{protobuf}, at, byte]) => {
			const copy = Buffer.from(protobuf, 'base64');
			copy[at % copy.length] = byte;
			return copy;
		});
		fc.assert(
			fc.property(fc.oneof(bytes, changed), given => {
				try {
					readProtobuf(given);
				} catch (error) {
					expect(error).toBeInstanceOf(Error);
				}
			}),
			{numRuns: 300},
		);
	});

	test('a length beyond the end is an error, not a wait', () => {
		expect(() => [...wireFields(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f]))]).toThrow('unexpected EOF');
	});
});
