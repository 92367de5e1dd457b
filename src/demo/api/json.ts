/** JSON as it came from a client, or as it is stored: of any shape, so whoever reads it looks before it believes; shared, so nobody changes it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = {readonly [key: string]: Json | undefined};

/** Whether it is a JSON object: neither null, nor a list, nor a scalar. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is an object, else an empty one. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
	const found = at(value, ...path);
	return isObject(found) ? found : {};
}

/** A member that is a list of objects; anything else in it is left out. */
export function objectsAt(value: unknown, ...path: readonly string[]): readonly JsonObject[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A member that is a text, else ''. */
export function textAt(value: unknown, ...path: readonly string[]): string {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : '';
}

/** A member that is a number, else undefined. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
	const found = at(value, ...path);
	return typeof found === 'number' ? found : undefined;
}

/** A member that is a map of texts (labels, a selector), else an empty one. */
export function textsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
	return objectAt(value, ...path) as Readonly<Record<string, string>>;
}

/** What is found along a path; undefined as soon as it leads nowhere. */
export function at(value: unknown, ...path: readonly string[]): Json | undefined {
	let found: unknown = value;
	for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
	return found as Json | undefined;
}

/** Whether two values are equal; quick where they share parts. The order of members does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
	if (!isObject(a) || !isObject(b)) return false;
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** Adds what is missing. The same object when nothing is. */
export function fill(object: JsonObject, values: JsonObject): JsonObject {
	return Object.keys(values).every(key => object[key] !== undefined && object[key] !== null) ? object : {...object, ...withoutMissing(values, object)};
}

function withoutMissing(values: JsonObject, given: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(values).filter(([key]) => given[key] === undefined || given[key] === null));
}

/** Changes one member, where it is there and of the right shape. The same object when it stays the same. */
export function mapObject(object: JsonObject, key: string, change: (member: JsonObject) => JsonObject): JsonObject {
	const member = object[key];
	if (!isObject(member)) return object;
	const changed = change(member);
	return changed === member ? object : {...object, [key]: changed};
}

/** Changes the items of a member that is a list of objects. The same object when all stay the same. */
export function mapObjects(object: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject {
	const list = object[key];
	if (!Array.isArray(list)) return object;
	const changed = list.map(item => (isObject(item) ? change(item) : item));
	return changed.every((item, index) => item === list[index]) ? object : {...object, [key]: changed};
}
