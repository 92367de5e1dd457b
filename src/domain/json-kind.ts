import type {JsonObject, JsonValue} from './json.ts';

/** A JSON object: neither null, nor a list, nor a scalar. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's or table's own field: names come from outside, and `constructor` is a lawful name of a label that every object of JavaScript has already. */
export function fieldOf<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A JSON list. */
export function isJsonList(value: JsonValue | undefined): value is readonly JsonValue[] {
	return Array.isArray(value);
}
