import {inheritedNames, texts} from './hostile-text.ts';

/** 0 ≤ n < 1 */
export type Random = () => number;

type Json = unknown;
type Fields = Record<string, Json>;

/** One of a list that is not empty. */
export function oneOf<T>(list: readonly T[], random: Random): T {
	return list[Math.floor(random() * list.length)] as T;
}

/** As `JSON.parse` gives it: an own field, even of the name `__proto__`. */
function setField(object: Fields, key: string, value: Json): void {
	Object.defineProperty(object, key, {value, enumerable: true, writable: true, configurable: true});
}

function nested(depth: number): Json {
	let value: Json = 1;
	for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : {a: value};
	return value;
}

function manyFields(count: number): Json {
	return Object.fromEntries(Array.from({length: count}, (_, index) => [`key-${index}`, `value-${index}`]));
}

const withInherited = JSON.parse(
	'{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "hasOwnProperty": 1, "toString": 1, "valueOf": null, "length": -1}',
);

const small: readonly Json[] = [
	null,
	true,
	false,
	0,
	-1,
	-0,
	0.5,
	1e21,
	2 ** 31,
	2 ** 53 + 2,
	-(2 ** 63),
	1e308,
	// What `1e999` is after JSON.parse.
	Number.POSITIVE_INFINITY,
	Number.NEGATIVE_INFINITY,
	'',
	[],
	{},
	[[]],
	[null],
	[{}],
	{'': {}},
	[null, 1, 'text', [], {}],
	withInherited,
	[withInherited],
	{metadata: null, spec: null, status: null},
];

const deep = nested(20_000);
const large: readonly Json[] = [
	'\u001b[31m'.repeat(200_000),
	'x'.repeat(1_000_000),
	manyFields(100_000),
	Array.from({length: 20_000}, () => ({name: 'x'})),
	Array.from({length: 20_000}, () => null),
];

/** Any hostile value; large ones seldom, so that a hundred thousand objects take seconds. */
export function hostileValue(random: Random): Json {
	const which = random();
	if (which < 0.0005) return oneOf(large, random);
	if (which < 0.01) return deep;
	return which < 0.5 ? oneOf(texts, random) : oneOf(small, random);
}

type Change = (value: Json, random: Random) => Json;

const changes: readonly Change[] = [
	(_, random) => hostileValue(random),
	(_, random) => hostileValue(random),
	() => null,
	() => undefined,
	value => [value],
	value => [value, value, value],
	value => ({value, name: value, type: value}),
	value => (typeof value === 'number' ? String(value) : value),
	value => (typeof value === 'string' ? Number(value) : value),
	(value, random) => (typeof value === 'string' ? value + oneOf(texts, random) : value),
	(value, random) => (typeof value === 'string' ? oneOf(texts, random) + value : value),
	value => (typeof value === 'number' ? -value : value),
	value => (typeof value === 'number' ? value * 1e300 : value),
	value => (Array.isArray(value) ? [...value, ...value, null] : value),
	value => (Array.isArray(value) ? Object.fromEntries(value.map((item, index) => [String(index), item])) : value),
	value => (isFields(value) ? Object.values(value) : value),
	(value, random) => (isFields(value) ? renamed(value, random) : value),
	(value, random) => (isFields(value) ? swapped(value, random) : value),
	(value, random) => (isFields(value) ? withMore(value, random) : value),
];

function isFields(value: Json): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renamed(object: Fields, random: Random): Fields {
	const copy = {...object};
	const key = oneOf(Object.keys(object), random);
	if (key === undefined) return copy;
	const value = copy[key];
	delete copy[key];
	setField(copy, oneOf([...inheritedNames, key.toUpperCase()], random), value);
	return copy;
}

function swapped(object: Fields, random: Random): Fields {
	const keys = Object.keys(object);
	const [left, right] = [oneOf(keys, random), oneOf(keys, random)];
	return left === undefined || right === undefined ? object : {...object, [left]: object[right], [right]: object[left]};
}

function withMore(object: Fields, random: Random): Fields {
	const copy = {...object};
	setField(copy, oneOf([...inheritedNames, ...texts], random), hostileValue(random));
	return copy;
}

/** The value with one place in it changed: at each level it goes on into a child, or stops. */
function changedOnce(value: Json, random: Random): Json {
	const isList = Array.isArray(value);
	if ((!isList && !isFields(value)) || random() < 0.12) return oneOf(changes, random)(value, random);
	const keys = Object.keys(value);
	if (keys.length === 0) return oneOf(changes, random)(value, random);
	const key = oneOf(keys, random);
	const inner = changedOnce((value as Fields)[key], random);
	if (isList) return value.map((item, index) => (String(index) === key ? inner : item));
	const copy: Fields = {...value};
	if (inner === undefined) delete copy[key];
	else setField(copy, key, inner);
	return copy;
}

/** A copy of a JSON value with one to four places in it spoilt. Shares what is not changed; the value itself stays. */
export function mutated(value: Json, random: Random): Json {
	let result = value;
	for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) result = changedOnce(result, random);
	return result;
}
