/** By which values objects are found: for each index, those of an object. */
export type IndexKeys<T, Index extends string> = Readonly<Record<Index, (object: T) => readonly string[]>>;

/** Objects by what they say of themselves, so that nobody walks through all of them. */
export interface Indexes<T, Index extends string> {
	readonly get: (index: Index, value: string) => Iterable<T>;
	/** One object takes the place of another; neither need exist. */
	readonly replace: (before: T | undefined, now: T | undefined) => void;
}

/** Empty indexes. */
export function createIndexes<T, Index extends string>(keys: IndexKeys<T, Index>): Indexes<T, Index> {
	const names = Object.keys(keys) as Index[];
	const found = new Map(names.map(name => [name, new Map<string, Set<T>>()]));
	const remove = (name: Index, value: string, object: T) => {
		const objects = found.get(name)?.get(value);
		objects?.delete(object);
		if (objects?.size === 0) found.get(name)?.delete(value);
	};
	const add = (name: Index, value: string, object: T) => {
		const values = found.get(name);
		const objects = values?.get(value);
		if (objects === undefined) values?.set(value, new Set([object]));
		else objects.add(object);
	};
	const valuesOf = (name: Index, object: T | undefined) => (object === undefined ? [] : keys[name](object));
	return {
		get: (index, value) => found.get(index)?.get(value) ?? [],
		replace(before, now) {
			for (const name of names) {
				for (const value of valuesOf(name, before)) remove(name, value, before as T);
				for (const value of valuesOf(name, now)) add(name, value, now as T);
			}
		},
	};
}
