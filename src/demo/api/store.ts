import {shareJson} from '../share-json.ts';
import {ChangeWindow} from './change-window.ts';
import type {StoredObject} from './resource.ts';
import {type Change, Version} from './version.ts';

/** `NAMESPACE/NAME`, or the name alone where there are no namespaces. */
export function keyOf(namespace: string, name: string): string {
	return namespace === '' ? name : `${namespace}/${name}`;
}

/** All objects of one resource, sorted by key, and what changed lately. */
export class Store {
	readonly #versions = new Map<string, Version>();
	/** Sorted, so that lists need not be. */
	readonly #keys: string[] = [];
	readonly #window: ChangeWindow;
	readonly #listeners = new Set<(change: Change) => void>();
	readonly #endListeners = new Set<() => void>();
	readonly #nextRevision: () => number;

	constructor(nextRevision: () => number, windowCapacity: number) {
		this.#nextRevision = nextRevision;
		this.#window = new ChangeWindow(windowCapacity);
	}

	get size(): number {
		return this.#keys.length;
	}

	get(key: string): Version | undefined {
		return this.#versions.get(key);
	}

	/** The newest state, sorted by key. With a prefix (`NAMESPACE/`): only what lies there. */
	*versions(prefix = ''): Generator<Version> {
		for (let index = prefix === '' ? 0 : this.#indexOf(prefix); index < this.#keys.length; index++) {
			const key = this.#keys[index] as string;
			if (!key.startsWith(prefix)) return;
			yield this.#versions.get(key) as Version;
		}
	}

	*objects(prefix = ''): Generator<StoredObject> {
		for (const {object} of this.versions(prefix)) yield object;
	}

	/** The state at an earlier revision (sorted by key); undefined when that is no longer known. */
	versionsAt(revision: number, prefix = ''): Iterable<Version> | undefined {
		if (revision < this.#window.floor) return undefined;
		const since = this.#window.after(revision).filter(({key}) => key.startsWith(prefix));
		if (since.length === 0) return this.versions(prefix);
		const state = new Map<string, Version>();
		for (const version of this.versions(prefix)) state.set(keyOf(version.object.metadata.namespace ?? '', version.object.metadata.name), version);
		for (const {key, previous} of since.toReversed()) {
			if (previous === undefined) state.delete(key);
			else state.set(key, previous);
		}
		return [...state].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
	}

	/** Stores a new state; it gets the next resource version. */
	put(key: string, object: StoredObject): Version {
		const previous = this.#versions.get(key);
		const version = this.#versionOf(shareJson(object, previous?.object));
		if (previous === undefined) this.#keys.splice(this.#indexOf(key), 0, key);
		this.#versions.set(key, version);
		this.#tell({type: previous === undefined ? 'ADDED' : 'MODIFIED', revision: version.revision, key, current: version, previous});
		return version;
	}

	/** Takes an object away; the answer is its last state, with the deletion's resource version. */
	remove(key: string): Version | undefined {
		const previous = this.#versions.get(key);
		if (previous === undefined) return undefined;
		const version = this.#versionOf(previous.object);
		this.#versions.delete(key);
		this.#keys.splice(this.#indexOf(key), 1);
		this.#tell({type: 'DELETED', revision: version.revision, key, current: version, previous});
		return version;
	}

	/** The oldest revision that a watch may start from. */
	get floor(): number {
		return this.#window.floor;
	}

	changesAfter(revision: number): readonly Change[] {
		return this.#window.after(revision);
	}

	/** Calls back for each change from now on; the answer ends that. */
	listen(listener: (change: Change) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Calls back when the resource is served no more; the answer ends that. */
	onEnd(listener: () => void): () => void {
		this.#endListeners.add(listener);
		return () => this.#endListeners.delete(listener);
	}

	/** Takes everything away and tells those who watch that nothing will come. */
	end(): void {
		for (const key of [...this.#keys]) this.remove(key);
		for (const listener of this.#endListeners) listener();
	}

	#versionOf(object: StoredObject): Version {
		const revision = this.#nextRevision();
		return new Version({...object, metadata: {...object.metadata, resourceVersion: String(revision)}}, revision);
	}

	#tell(change: Change): void {
		this.#window.add(change);
		for (const listener of this.#listeners) listener(change);
	}

	/** Where a key is, or would be. */
	#indexOf(key: string): number {
		let low = 0;
		let high = this.#keys.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#keys[middle] as string) < key) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
