import type {JsonObject, JsonValue} from './json.ts';
import {fieldOf, isJsonList, isJsonObject} from './json-kind.ts';
import {listPairs} from './list-pairs.ts';
import {mask, maskNamed, maskStated, maskText} from './mask-text.ts';
import {lastAppliedAnnotation} from './ownership.ts';

type Pair = readonly [JsonValue | undefined, JsonValue | undefined];

/** What is said behind a masked value that is another one than the masked one it stands against. Never how it differs. */
const differs = ' (differs)';

/** Maps whose keys are names that people give. */
const namedMaps = new Set(['annotations', 'options', 'volumeAttributes']);

function marked([from, to]: Pair, left: JsonValue | undefined, right: JsonValue | undefined): Pair {
	const isHidden = typeof right === 'string' && left === right && from !== to;
	return [left, isHidden ? `${right}${differs}` : right];
}

/** A scalar under the name that a person gave it. */
function maskedUnder(name: string, value: JsonValue | undefined): JsonValue | undefined {
	if (value === undefined || value === null || typeof value === 'boolean') return value;
	// A whole object as it was applied, values and all.
	if (name === lastAppliedAnnotation) return mask;
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const shown = maskNamed(name, text);
	return shown === text ? value : shown;
}

/** Words of a command: the value of a flag may be the next word. */
function maskedWords(words: readonly JsonValue[]): readonly JsonValue[] {
	return words.map((word, index) => {
		const before = words[index - 1];
		if (typeof word !== 'string') return word;
		const isFlag = typeof before === 'string' && /^--?[\w.-]+$/.test(before);
		if (isFlag && /^(?:-u|--user)$/.test(before) && word.includes(':')) return `${word.slice(0, word.indexOf(':') + 1)}${mask}`;
		return isFlag && !word.startsWith('-') ? maskNamed(before, word) : maskText(word);
	});
}

function isWords(value: JsonValue | undefined): value is readonly JsonValue[] {
	return isJsonList(value) && value.some(item => typeof item === 'string');
}

function wordsPair(from: readonly JsonValue[], to: readonly JsonValue[]): Pair {
	const [left, right] = [maskedWords(from), maskedWords(to)];
	const shown = right.map((word, index) => {
		const [, inPlace] = marked([from[index], to[index]], left[index], word);
		// What moved stands against another place: it is another one where no word of the other side is it.
		const isMoved = inPlace === word && word !== to[index] && left.includes(word) && !from.includes(to[index] ?? null);
		return isMoved ? `${word}${differs}` : (inPlace ?? word);
	});
	return [left, shown];
}

function listPair(from: readonly JsonValue[], to: readonly JsonValue[]): Pair {
	if (isWords(from) || isWords(to)) return wordsPair(from, to);
	const [left, right] = listPairs(from, to);
	// Each pair once: lists lie in lists.
	const names = new Set([...left.keys(), ...right.keys()]);
	const pairs = new Map(Array.from(names, name => [name, pairOf('', left.get(name), right.get(name))] as const));
	return [Array.from(left.keys(), name => pairs.get(name)?.[0] ?? null), Array.from(right.keys(), name => pairs.get(name)?.[1] ?? null)];
}

/** What the value of this field is called by people, where they gave it a name. */
function nameOf(holder: string, key: string, {name}: JsonObject): string | undefined {
	if (namedMaps.has(holder)) return key;
	return key === 'value' && typeof name === 'string' ? name : undefined;
}

function fieldPair(holder: string, key: string, from: JsonObject, to: JsonObject): Pair {
	const pair = [fieldOf(from, key), fieldOf(to, key)] as const;
	const [left, right] = [nameOf(holder, key, from), nameOf(holder, key, to)];
	const name = left ?? right;
	if (name === undefined || pair.some(value => kindOf(value) !== 'scalar')) return pairOf(key, ...pair);
	const shown = maskedUnder(left ?? name, pair[0]);
	return marked(pair, shown, pair[0] === pair[1] && left === right ? shown : maskedUnder(right ?? name, pair[1]));
}

function objectPair(holder: string, from: JsonObject, to: JsonObject): readonly [JsonObject, JsonObject] {
	const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
	const pairs = names.map(key => [key, fieldPair(holder, key, from, to)] as const);
	const sideOf = (of: JsonObject, side: 0 | 1) =>
		pairs.flatMap(([key, pair]) => (pair[side] === undefined || !Object.hasOwn(of, key) ? [] : [[key, pair[side]] as const]));
	// Made of entries: a key of the name __proto__ would set no field.
	return [Object.fromEntries(sideOf(from, 0)), Object.fromEntries(sideOf(to, 1))];
}

function kindOf(value: JsonValue | undefined): 'object' | 'list' | 'scalar' {
	if (isJsonObject(value)) return 'object';
	return isJsonList(value) ? 'list' : 'scalar';
}

function objectOf(value: JsonValue | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
	return isJsonList(value) ? value : [];
}

function shapeless(value: JsonValue | undefined): JsonValue | undefined {
	return typeof value === 'string' ? maskStated(value) : value;
}

/** The side that is absent stays so. */
function besides(from: JsonValue | undefined, to: JsonValue | undefined, [left, right]: Pair): Pair {
	return [from === undefined ? undefined : left, to === undefined ? undefined : right];
}

/** `key`: the field that holds the values. A side that is of another kind than the other stands alone. */
function pairOf(key: string, from: JsonValue | undefined, to: JsonValue | undefined): Pair {
	if (from !== undefined && to !== undefined && kindOf(from) !== kindOf(to)) return [pairOf(key, from, undefined)[0], pairOf(key, undefined, to)[1]];
	const kind = kindOf(from ?? to);
	if (kind === 'object') return besides(from, to, objectPair(key, objectOf(from), objectOf(to)));
	if (kind === 'list') return besides(from, to, listPair(listOf(from), listOf(to)));
	const shown = shapeless(from);
	return marked([from, to], shown, from === to ? shown : shapeless(to));
}

/**
 * Two raw templates as they may be shown: literals that look like secrets are masked, in env, arguments, annotations, and by their shape anywhere. A masked
 * value on the right that differs from the one it stands against says so, so that the masked templates differ exactly where the real ones do.
 */
export function maskedPair(from: JsonObject, to: JsonObject): readonly [JsonObject, JsonObject] {
	return objectPair('', from, to);
}
