import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import type {User} from './api-call.ts';
import type {JsonObject} from './json.ts';
import type {Registry} from './registry.ts';
import type {Resource, StoredObject} from './resource.ts';
import type {Storage} from './storage.ts';

/** What all parts of the server share. */
export interface ApiState {
	readonly clock: Clock;
	/** 0…1. */
	readonly random: () => number;
	/** How to reach pods and nodes. */
	readonly network: Network;
	readonly storage: Storage;
	readonly registry: Registry;
	/** Asked before each write; they throw StatusError to refuse, or change what is written. */
	readonly admissions: readonly Admission[];
	/** Aborted when the server closes: ends watches and timers. */
	readonly closing: AbortSignal;
}

/** A write that is about to happen. */
export interface Write {
	readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
	readonly resource: Resource;
	readonly subresource: string;
	/** '' for objects outside namespaces. */
	readonly namespace: string;
	readonly name: string;
	/** What would be stored; of a deletion, undefined. */
	readonly object: JsonObject | undefined;
	readonly old: StoredObject | undefined;
	readonly user: User;
	readonly dryRun: boolean;
}

/** A gate that writes pass; it gives back the object, changed or not. */
export type Admission = (write: Write, state: ApiState) => JsonObject | undefined;
