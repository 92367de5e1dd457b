import type {JsonObject, JsonValue} from './json.ts';
import {fieldOf, isJsonList, isJsonObject} from './json-kind.ts';
import {listPairs} from './list-pairs.ts';
import {maskedPair} from './mask-values.ts';
import {isAbsent, isMapField, sameJson, withoutHash} from './same-template.ts';
import {shortText} from './short-text.ts';
import type {Template} from './template.ts';

/** A field that differs; `from` or `to` is undefined where it is absent. Texts are one printable line of bounded length. */
export type TemplateChange = {readonly path: string; readonly from: string | undefined; readonly to: string | undefined};

const maxText = 120;

function textOf(value: JsonValue | undefined): string | undefined {
	if (value === undefined || value === null) return undefined;
	return shortText(typeof value === 'string' ? value : JSON.stringify(value), maxText);
}

/** Env entries and such: nothing but a name and a value, so that the path may end at the name. */
function isNameAndValue(value: JsonValue | undefined): value is JsonObject {
	return isJsonObject(value) && 'value' in value && Object.keys(value).every(key => key === 'name' || key === 'value');
}

/** What a person compares: of an env entry its value alone, since its name is in the path. */
function leafText(value: JsonValue | undefined): string | undefined {
	return textOf(isNameAndValue(value) ? value.value : value);
}

/** `.key`, or `[key]` where dots and slashes in it would mislead. */
function field(path: string, key: string): string {
	const name = shortText(key, maxText);
	if (!/^[\w-]+$/.test(name)) return `${path}[${name}]`;
	return path === '' ? name : `${path}.${name}`;
}

function listChanges(path: string, from: readonly JsonValue[], to: readonly JsonValue[]): readonly TemplateChange[] {
	const [left, right] = listPairs(from, to);
	const names = [...new Set([...left.keys(), ...right.keys()])];
	const changes = names.flatMap(name => changesAt(`${path}[${shortText(name, maxText)}]`, '', left.get(name), right.get(name)));
	if (changes.length > 0 || sameJson(from, to)) return changes;
	// Only the order differs, which makes another template all the same.
	return [{path, from: shortText([...left.keys()].join(', '), maxText), to: shortText([...right.keys()].join(', '), maxText)}];
}

function objectChanges(path: string, from: JsonObject, to: JsonObject): readonly TemplateChange[] {
	const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
	return keys.flatMap(key => changesAt(field(path, key), key, fieldOf(from, key), fieldOf(to, key)));
}

function changesAt(path: string, key: string, from: JsonValue | undefined, to: JsonValue | undefined): readonly TemplateChange[] {
	if (sameJson(from, to, key)) return [];
	// A whole map or list that comes or goes is told field by field: `labels.tier`, `env[DEBUG]`.
	const left = isAbsent(from, key) ? emptyLike(to, key) : from;
	const right = isAbsent(to, key) ? emptyLike(from, key) : to;
	if (isJsonList(left) && isJsonList(right)) return listChanges(path, left, right);
	if (isJsonObject(left) && isJsonObject(right) && !(isNameAndValue(left) && isNameAndValue(right))) return objectChanges(path, left, right);
	return [{path, from: leafText(from), to: leafText(to)}];
}

/** The empty list or map of that kind; undefined where only the value itself says something (`emptyDir: {}`). */
function emptyLike(value: JsonValue | undefined, key: string): JsonValue | undefined {
	if (isJsonList(value)) return [];
	return isMapField(key) ? {} : undefined;
}

/** How a template's values are shown. `showValues`: also those that look like secrets. */
export type ValuesShown = {readonly showValues?: boolean};

/**
 * The fields in which two templates differ, in the order of the template, under the paths that people write: `spec.containers[kubia].image`,
 * `spec.containers[kubia].env[LEVEL]`, `metadata.annotations[example.com/x]`. Empty exactly when `sameTemplate` says that they are the same.
 * What looks like a secret is masked.
 */
export function templateChanges(from: Template, to: Template, {showValues = false}: ValuesShown = {}): readonly TemplateChange[] {
	const raw = [withoutHash(from.raw), withoutHash(to.raw)] as const;
	return objectChanges('', ...(showValues ? raw : maskedPair(...raw)));
}
