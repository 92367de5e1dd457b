import type {Resource} from './resource.ts';
import {Store} from './store.ts';

/** Everything that is stored, with one resource version that counts the writes of all. */
export class Storage {
	readonly #stores = new Map<string, Store>();
	readonly #windowCapacity: number;
	#revision = 1;

	/** A watch can start `windowCapacity` changes ago, per resource. */
	constructor(windowCapacity: number) {
		this.#windowCapacity = windowCapacity;
	}

	get revision(): number {
		return this.#revision;
	}

	/** Where the objects of a resource lie; versions of one resource share a place. */
	of({group, plural, storedAs}: Pick<Resource, 'group' | 'plural' | 'storedAs'>): Store {
		const name = storedAs === undefined ? `${group}/${plural}` : `${storedAs.group}/${storedAs.plural}`;
		const known = this.#stores.get(name);
		if (known !== undefined) return known;
		const store = new Store(() => ++this.#revision, this.#windowCapacity);
		this.#stores.set(name, store);
		return store;
	}
}
