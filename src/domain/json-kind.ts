import type {JsonObject, JsonValue} from './json.ts';

/** A JSON object: neither null, nor a list, nor a scalar. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON list. */
export function isJsonList(value: JsonValue | undefined): value is readonly JsonValue[] {
	return Array.isArray(value);
}
