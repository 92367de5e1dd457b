import type {JsonValue} from '../../domain/json.ts';

/** Beyond so many different values sharing saves nothing any more; the memory of the pool itself must stay small. */
const poolLimit = 2_000;

const pool = new Map<string, unknown>();

/**
 * The same object for equal content: five thousand pods of one template hold their labels, containers and images once. Values are
 * read-only everywhere, so that nobody notices.
 */
export function share<T extends JsonValue | object>(value: T): T {
	const key = JSON.stringify(value);
	const known = pool.get(key);
	// The key is the whole content, so what is stored under it has the shape of `value`.
	if (known !== undefined) return known as T;
	if (pool.size >= poolLimit) pool.clear();
	pool.set(key, value);
	return value;
}
