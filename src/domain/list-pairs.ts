import type {JsonValue} from './json.ts';
import {isJsonObject} from './json-kind.ts';

/** Fields that name an element of a list, the better name first; people write `containers[kubia]`, not `containers[0]`. */
const keyFields = ['name', 'mountPath', 'containerPort', 'key', 'ip', 'topologyKey'];

type Elements = ReadonlyMap<string, JsonValue>;

function keyOf(item: JsonValue, keyField: string): string | undefined {
	const key = isJsonObject(item) ? item[keyField] : undefined;
	return typeof key === 'string' || typeof key === 'number' ? `${key}` : undefined;
}

/** The elements by their name, or undefined when that field does not name every element of the list uniquely. */
function named(items: readonly JsonValue[], keyField: string): Elements | undefined {
	const byName = new Map<string, JsonValue>();
	for (const item of items) {
		const key = keyOf(item, keyField);
		if (key === undefined || byName.has(key)) return undefined;
		byName.set(key, item);
	}
	return byName;
}

function byIndex(items: readonly JsonValue[]): Elements {
	return new Map(items.map((item, index) => [`${index}`, item]));
}

/** Two lists as maps by the same kind of name, each in its own order; by index where no field names all elements of both. */
export function listPairs(from: readonly JsonValue[], to: readonly JsonValue[]): readonly [Elements, Elements] {
	for (const keyField of keyFields) {
		const [left, right] = [named(from, keyField), named(to, keyField)];
		if (left !== undefined && right !== undefined) return [left, right];
	}
	return [byIndex(from), byIndex(to)];
}
