import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isJsonObject} from '../../domain/json-kind.ts';
import {plainText} from '../../domain/sanitise.ts';
import {shortText} from '../../domain/short-text.ts';

/** Anything from outside that is a JSON object. What `JSON.parse` gives is JSON all the way down. */
export function isRawObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object behind a field; an empty one where there is none, so that reading on gives absent fields. */
export function objectOf(value: JsonValue | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}

/** The objects of a list field; what is no object is left out. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

const half = /\p{Surrogate}/u;

/**
 * The text of a field exactly as it stands, or undefined where it is absent, empty or no text. For names that are sent back to the API: half a character, which
 * JSON can escape, can be no part of a path.
 */
export function textOf(value: JsonValue | undefined): string | undefined {
	if (typeof value !== 'string' || value === '') return undefined;
	return half.test(value) ? value.replace(new RegExp(half, 'gu'), '\uFFFD') : value;
}

/** The API's own messages have a tenth of it; nobody reads more, and it would be kept for each object. */
const mostShown = 16_384;

/** The text of a field for people, without control characters, and cut where it is endless; empty where there is none. */
export function shownText(value: JsonValue | undefined): string {
	if (typeof value !== 'string') return '';
	return value.length > mostShown ? shortText(value, mostShown) : plainText(value);
}

/** A text or number of a field as people read it, without control characters; empty for anything else: a list or object with a `toString` of its own can't even be one. */
export function shownScalar(value: JsonValue | undefined): string {
	return typeof value === 'number' ? String(value) : shownText(value);
}

/** The texts of a list field for people; what is no text is left out. */
export function shownTexts(value: JsonValue | undefined): readonly string[] {
	return Array.isArray(value) ? value.filter(item => typeof item === 'string').map(shownText) : [];
}

/** A whole or broken number of a field, or undefined. */
export function numberOf(value: JsonValue | undefined): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A count of a field: never negative, absent = 0 as in the API. */
export function countOf(value: JsonValue | undefined): number {
	return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(numberOf(value) ?? 0)));
}

/** A count that may be left out, and then is not known. */
export function knownCountOf(value: JsonValue | undefined): number | undefined {
	return numberOf(value) === undefined ? undefined : countOf(value);
}

/** A port that can be connected to, or undefined. */
export function portNumberOf(value: JsonValue | undefined): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 ? value : undefined;
}

/** The most seconds that most fields of the API hold: 68 years. */
export const mostSeconds = 2_147_483_647;

/** Seconds of a field: what is added to a time must stay a time, though the API lets a grace period be of any size. */
export function secondsOf(value: JsonValue | undefined): number {
	return Math.min(mostSeconds, countOf(value));
}

/** Epoch ms of an RFC 3339 field (`metav1.Time`, `metav1.MicroTime`), or undefined. */
export function timeOf(value: JsonValue | undefined): number | undefined {
	// Years of more digits are times to JavaScript alone; what is added to the last of them is none.
	if (typeof value !== 'string' || !/^\d{4}-/.test(value)) return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : time;
}

/** Labels, annotations, selectors: text by text; what is no text is left out. */
export function textMapOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
	const map: Record<string, string> = {};
	for (const [key, text] of Object.entries(objectOf(value))) {
		// A key named like this would set the prototype instead of a property.
		if (typeof text === 'string' && key !== '__proto__') map[key] = text;
	}
	return map;
}
