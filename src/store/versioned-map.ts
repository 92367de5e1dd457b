/** What a key had before a change; `had` undefined: it was not there. */
type Former<Key, Value> = {readonly key: Key; readonly had: Value | undefined};

type Successor<Key, Value extends object> = {readonly version: VersionedMap<Key, Value>; readonly formers: readonly Former<Key, Value>[]};

/** So many changes are undone one by one to read a former version; the next one gets entries of its own. */
const leastShared = 256;

/**
 * A map that never changes: `with` makes another one, at the cost of the change and not of the map. Reducers make a new version for each watch event, and a copy
 * of thousands of entries each would be all that they do.
 *
 * The newest version holds the entries. A former one only remembers what was different in it and who came next; when it is read all the same, it makes itself a
 * copy. It then lists its keys in another order where some of them were removed since. (Baker, "Shallow binding makes functional arrays fast".)
 */
export class VersionedMap<Key, Value extends object> implements ReadonlyMap<Key, Value> {
	#entries: Map<Key, Value> | undefined;
	#next: Successor<Key, Value> | undefined;
	/** Changes since the entries were copied. */
	readonly #age: number;
	readonly size: number;

	private constructor(entries: Map<Key, Value>, age: number) {
		this.#entries = entries;
		this.#age = age;
		this.size = entries.size;
	}

	/** The map itself where it is one of these, else a copy of it. */
	static of<Key, Value extends object>(map: ReadonlyMap<Key, Value>): VersionedMap<Key, Value> {
		return map instanceof VersionedMap ? map : new VersionedMap(new Map(map), 0);
	}

	/** Keys whose values may be others after than before, from one version to a later one; undefined where they are none, or too far apart to tell. */
	static changes<Key, Value extends object>(before: ReadonlyMap<Key, Value>, after: ReadonlyMap<Key, Value>): ReadonlySet<Key> | undefined {
		if (before === after) return new Set();
		return after instanceof VersionedMap ? after.changedSince(before) : undefined;
	}

	/** A map with these values; undefined: without that key. In order; a key may occur more than once. */
	with(changes: readonly (readonly [Key, Value | undefined])[]): VersionedMap<Key, Value> {
		const isShared = this.#entries !== undefined && this.#age < Math.max(leastShared, this.size);
		const entries = isShared ? this.#all() : new Map(this.#all());
		const formers = changes.map(([key, value]) => replace(entries, key, value));
		const version = new VersionedMap(entries, isShared ? this.#age + changes.length : 0);
		if (isShared) {
			this.#next = {version, formers};
			this.#entries = undefined;
		}
		return version;
	}

	/** A map with so many entries at most: those that came last. */
	newest(most: number): VersionedMap<Key, Value> {
		const surplus = this.size - most;
		if (surplus <= 0) return this;
		const keys: Key[] = [];
		for (const key of this.keys()) {
			if (keys.length >= surplus) break;
			keys.push(key);
		}
		return this.with(keys.map(key => [key, undefined]));
	}

	/** Keys whose values may be others than in a former version; undefined where it is none, or too far away to tell. */
	changedSince(former: ReadonlyMap<Key, Value>): ReadonlySet<Key> | undefined {
		const keys = new Set<Key>();
		let at: unknown = former;
		while (at !== this) {
			const next: Successor<Key, Value> | undefined = at instanceof VersionedMap ? at.#next : undefined;
			if (next === undefined) return undefined;
			for (const {key} of next.formers) keys.add(key);
			at = next.version;
		}
		return keys;
	}

	get(key: Key): Value | undefined {
		return this.#all().get(key);
	}

	has(key: Key): boolean {
		return this.#all().has(key);
	}

	keys(): MapIterator<Key> {
		return this.#all().keys();
	}

	values(): MapIterator<Value> {
		return this.#all().values();
	}

	entries(): MapIterator<[Key, Value]> {
		return this.#all().entries();
	}

	[Symbol.iterator](): MapIterator<[Key, Value]> {
		return this.#all().entries();
	}

	forEach(run: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
		for (const [key, value] of this.#all()) run(value, key, this);
	}

	#all(): Map<Key, Value> {
		this.#entries ??= this.#recovered();
		return this.#entries;
	}

	/** The entries of the nearest later version that has some, with all that came since undone, the last first. */
	#recovered(): Map<Key, Value> {
		const undone: (readonly Former<Key, Value>[])[] = [];
		let at: VersionedMap<Key, Value> = this;
		while (at.#entries === undefined && at.#next !== undefined) {
			undone.push(at.#next.formers);
			at = at.#next.version;
		}
		const entries = new Map(at.#entries);
		for (const formers of undone.toReversed()) {
			for (const {key, had} of formers.toReversed()) replace(entries, key, had);
		}
		return entries;
	}
}

function replace<Key, Value>(entries: Map<Key, Value>, key: Key, value: Value | undefined): Former<Key, Value> {
	const had = entries.get(key);
	if (value === undefined) entries.delete(key);
	else entries.set(key, value);
	return {key, had};
}
