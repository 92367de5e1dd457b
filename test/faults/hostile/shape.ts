/** Where a value is not of its declared type: the path to it and what stands there. Undefined: it is. */
export type Misfit = string | undefined;

/** Says whether a value is a `T`. The compiler checks the shapes of this folder against the types of src/domain: a field that is added there is missed here. */
export type Shape<T> = {readonly check: (value: unknown, path: string) => Misfit; readonly of?: T};

function told(value: unknown): string {
	if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
	if (typeof value === 'function') return 'a function';
	return typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : String(value);
}

function is<T>(what: string, test: (value: unknown) => boolean): Shape<T> {
	return {check: (value, path) => (test(value) ? undefined : `${path} is ${told(value)}, expected ${what}`)};
}

const unprintable = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u;

/** Any text: a name that is sent back to the API, a label. */
export const text: Shape<string> = is('a text', value => typeof value === 'string');
/** A text for people: nothing in it that a terminal obeys. */
export const shown: Shape<string> = is('a printable text', value => typeof value === 'string' && !unprintable.test(value));
export const flag: Shape<boolean> = is('true or false', value => typeof value === 'boolean');
/** Never NaN, never infinite. */
export const number: Shape<number> = is('a finite number', value => Number.isFinite(value));
export const count: Shape<number> = is('a count', value => Number.isSafeInteger(value) && (value as number) >= 0);
export const port: Shape<number> = is('a port', value => Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536);
/** Epoch ms that a Date can tell, and a year later too. */
export const time: Shape<number> = is('a time', value => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.6e15);

export function literal<const T extends string | number>(...values: readonly T[]): Shape<T> {
	return is(values.join(' or '), value => values.includes(value as T));
}

export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
	return {check: (value, path) => (value === undefined ? undefined : shape.check(value, path))};
}

export function either<A, B>(left: Shape<A>, right: Shape<B>): Shape<A | B> {
	return {check: (value, path) => left.check(value, path) && right.check(value, path)};
}

/** A list without holes. */
export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
	return {
		check(value, path) {
			if (!Array.isArray(value)) return `${path} is ${told(value)}, expected a list`;
			for (let index = 0; index < value.length; index += 1) {
				const misfit = shape.check(value[index], `${path}[${index}]`);
				if (misfit !== undefined) return misfit;
			}
			return undefined;
		},
	};
}

/** Texts by name, none of them inherited. */
export const textMap: Shape<Readonly<Record<string, string>>> = {
	check(value, path) {
		if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return `${path} is ${told(value)}, expected a map`;
		for (const [key, item] of Object.entries(value)) if (typeof item !== 'string') return `${path}.${key} is ${told(item)}, expected a text`;
		return undefined;
	},
};

/** A JSON object as it was stored: any. */
export const stored: Shape<Readonly<Record<string, never>>> = is('an object', value => typeof value === 'object' && value !== null && !Array.isArray(value));

/** All fields of `T` and no others; fields that may be absent are `maybe`. */
export function object<T extends object>(fields: {readonly [Key in keyof T]-?: Shape<T[Key]>}): Shape<T> {
	const entries = Object.entries(fields) as [string, Shape<unknown>][];
	return {
		check(value, path) {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is ${told(value)}, expected an object`;
			if (Object.getPrototypeOf(value) !== Object.prototype) return `${path} has a prototype of its own`;
			for (const [key, shape] of entries) {
				const misfit = shape.check((value as Record<string, unknown>)[key], `${path}.${key}`);
				if (misfit !== undefined) return misfit;
			}
			const more = Object.keys(value).find(key => !Object.hasOwn(fields, key));
			return more === undefined ? undefined : `${path}.${more} is no field of it`;
		},
	};
}

/** One of several objects, told apart by a field. */
export function variants<T extends object, Field extends string & keyof T>(
	field: Field,
	shapes: {readonly [Kind in T[Field] & string]: Shape<Extract<T, {readonly [F in Field]: Kind}>>},
): Shape<T> {
	return {
		check(value, path) {
			const kind = (value as Record<string, unknown> | null)?.[field];
			const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? (shapes as Record<string, Shape<unknown>>)[kind] : undefined;
			return shape === undefined ? `${path}.${field} is ${told(kind)}` : shape.check(value, path);
		},
	};
}
