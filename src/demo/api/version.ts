import {asGoWrites} from '../go-json.ts';
import type {StoredObject} from './resource.ts';

/** An object as it was at one resource version. It is turned into JSON once while it is news, however many want to see it. */
export class Version {
	readonly object: StoredObject;
	readonly revision: number;
	#json: string | undefined;
	#size: number | undefined;

	constructor(object: StoredObject, revision: number) {
		this.object = object;
		this.revision = revision;
	}

	get json(): string {
		this.#json ??= asGoWrites(JSON.stringify(this.object));
		return this.#json;
	}

	/** In characters of JSON. */
	get size(): number {
		this.#size ??= this.json.length;
		return this.#size;
	}

	/** It is news no more: of thousands of objects the text would be kept for the few that are still asked for. */
	forgetJson(): void {
		this.#json = undefined;
	}
}

/** One write, as watches tell it. */
export interface Change {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly revision: number;
	readonly key: string;
	/** What is stored now; of a deletion, the last state with the deletion's resource version. */
	readonly current: Version;
	readonly previous: Version | undefined;
}
