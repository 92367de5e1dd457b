/** JSON as it came from a client, or as it is stored: of any shape, so whoever reads it looks before it believes. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** Stored objects are shared and never changed; drafts are `Draft`. */
export type JsonObject = {readonly [key: string]: Json | undefined};
/** An object that is being made and that nobody else knows yet. */
export type Draft = {[key: string]: Json | Draft | undefined};

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
