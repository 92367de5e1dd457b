/** How a quantity was written, which decides how a sum of it is printed: `Mi`, `M` or `e6`. */
type QuantityFormat = 'binary' | 'decimal' | 'exponent';

/** An amount of cpu, memory or objects, exactly, in thousand-millionths of a unit (of a core, of a byte): nothing finer exists. */
export interface Quantity {
	readonly nanos: bigint;
	readonly format: QuantityFormat;
}

const nanosPerUnit = 1_000_000_000n;
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(|n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)$/;
const decimalExponents: Readonly<Record<string, number>> = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Nobody has more; what is longer was written to keep us busy. */
const longestText = 64;
const largestExponent = 64;

export const noQuantity: Quantity = {nanos: 0n, format: 'decimal'};

/**
 * A quantity as the API writes it (`1.5Gi`, `500m`, `1e3`, or a JSON number), or undefined for what is none. Finer than a thousand-millionth is rounded
 * away from zero. apimachinery: pkg/api/resource/quantity.go ParseQuantity; unlike it, no cap at 2^63 and no exponent beyond 64.
 */
export function parseQuantity(text: unknown): Quantity | undefined {
	if (typeof text === 'number') return parseQuantity(String(text));
	if (typeof text !== 'string' || text === '' || text.length > longestText) return undefined;
	const [, sign, whole = '', fraction = '', suffix = ''] = pattern.exec(text) ?? [];
	if (sign === undefined || whole + fraction === '') return undefined;
	const {format, base, exponent} = scaleOf(suffix);
	if (Math.abs(exponent) > largestExponent) return undefined;
	const power = base ** BigInt(Math.abs(exponent));
	const digits = BigInt(whole + fraction) * nanosPerUnit * (exponent < 0 ? 1n : power);
	const nanos = divideUp(digits, 10n ** BigInt(fraction.length) * (exponent < 0 ? power : 1n));
	return {nanos: sign === '-' ? -nanos : nanos, format};
}

function scaleOf(suffix: string): {readonly format: QuantityFormat; readonly base: bigint; readonly exponent: number} {
	const power = binarySuffixes.indexOf(suffix);
	if (power > 0) return {format: 'binary', base: 1024n, exponent: power};
	const exponent = decimalExponents[suffix];
	if (exponent !== undefined) return {format: 'decimal', base: 10n, exponent};
	return {format: 'exponent', base: 10n, exponent: Number(suffix.slice(1))};
}

function divideUp(value: bigint, divisor: bigint): bigint {
	return (value + divisor - 1n) / divisor;
}

/** The sum; it is printed as the first one is, unless that is nothing. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
	return {nanos: left.nanos + right.nanos, format: left.nanos === 0n ? right.format : left.format};
}

/** What is left of the first one; may be below zero. */
export function subtractQuantities(left: Quantity, right: Quantity): Quantity {
	return {nanos: left.nanos - right.nanos, format: left.nanos === 0n ? right.format : left.format};
}

/** Objects are counted with quantities, too. */
export function quantityOf(count: number): Quantity {
	return {nanos: BigInt(count) * nanosPerUnit, format: 'decimal'};
}

/** In its canonical form, which loses nothing: `1500m`, `1536Mi`, `2k`. apimachinery: quantity.go CanonicalizeBytes. */
export function formatQuantity({nanos, format}: Quantity): string {
	if (nanos === 0n) return '0';
	const units = nanos / nanosPerUnit;
	const isWhole = units * nanosPerUnit === nanos;
	const isSmall = units > -1024n && units < 1024n;
	if (format === 'binary' && isWhole && !isSmall) return formatBinary(units);
	return formatDecimal(nanos, format);
}

function formatBinary(units: bigint): string {
	let rest = units;
	let power = 0;
	while (rest % 1024n === 0n && power < binarySuffixes.length - 1) {
		rest /= 1024n;
		power++;
	}
	return `${rest}${binarySuffixes[power]}`;
}

function formatDecimal(nanos: bigint, format: QuantityFormat): string {
	let rest = nanos;
	let exponent = -9;
	// The suffixes end at E; an exponent may grow for as long as zeros are left.
	while (rest % 1000n === 0n && (exponent < 18 || format === 'exponent')) {
		rest /= 1000n;
		exponent += 3;
	}
	if (format === 'exponent') return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
	const suffix = Object.keys(decimalExponents).find(key => decimalExponents[key] === exponent);
	return `${rest}${suffix}`;
}
