import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {addQuantities, formatQuantity, noQuantity, parseQuantity, type Quantity, quantityOf, subtractQuantities} from '../../../src/demo/quantity.ts';

const parsed = (text: unknown): Quantity => {
	const quantity = parseQuantity(text);
	if (quantity === undefined) throw new Error(`${text} is no quantity`);
	return quantity;
};

// What upstream's own Quantity.String() answers after a sum with nothing (so that it does not give back the text it was made from).
test.for([
	['0', '0'],
	['0Ki', '0'],
	['500m', '500m'],
	['0.5', '500m'],
	['1000m', '1'],
	['1.5', '1500m'],
	['1500', '1500'],
	['2000', '2k'],
	['1e3', '1e3'],
	['12E6', '12e6'],
	['1.5Gi', '1536Mi'],
	['1024Mi', '1Gi'],
	['1000Ki', '1000Ki'],
	['512', '512'],
	['0.5Ki', '512'],
	['0.1Ki', '102400m'],
	['.5', '500m'],
	['1.', '1'],
	['+3', '3'],
	['-1.5Gi', '-1536Mi'],
	['1n', '1n'],
	['0.1n', '1n'],
	['1E', '1E'],
] as const)('%s is printed as %s', ([text, printed]) => {
	expect(formatQuantity(parsed(text))).toBe(printed);
});

test.for(['', ' ', '1 ', 'm', '.', '-', '1KI', '1mi', '1e', '0x1', 'Infinity', '1e99999999', '9'.repeat(100), null, {}, true])('%j is no quantity', text => {
	expect(parseQuantity(text)).toBeUndefined();
});

test('a JSON number is one, too', () => {
	expect(formatQuantity(parsed(2))).toBe('2');
	expect(formatQuantity(parsed(0.25))).toBe('250m');
});

test('a sum is printed as its first part that is something', () => {
	expect(formatQuantity(addQuantities(noQuantity, parsed('64Mi')))).toBe('64Mi');
	expect(formatQuantity(addQuantities(parsed('1Gi'), parsed('1M')))).toBe('1074741824');
	expect(formatQuantity(subtractQuantities(parsed('1'), parsed('250m')))).toBe('750m');
	expect(formatQuantity(quantityOf(3))).toBe('3');
});

describe('for any amount', () => {
	const amount = fc.record({
		nanos: fc.bigInt({min: -(10n ** 27n), max: 10n ** 27n}),
		format: fc.constantFrom('binary', 'decimal', 'exponent'),
	}) as fc.Arbitrary<Quantity>;

	test('what is printed is read back as the same amount', () => {
		fc.assert(
			fc.property(amount, quantity => {
				expect(parsed(formatQuantity(quantity)).nanos).toBe(quantity.nanos);
			}),
		);
	});

	test('printing is canonical: printed again it is the same text', () => {
		fc.assert(
			fc.property(amount, quantity => {
				const text = formatQuantity(quantity);
				expect(formatQuantity(parsed(text))).toBe(text);
			}),
		);
	});

	test('reading never throws', () => {
		fc.assert(fc.property(fc.string(), text => void parseQuantity(text)));
	});
});
