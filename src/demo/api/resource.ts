import type {Clock} from '../clock.ts';
import type {Draft, JsonObject} from './json.ts';
import type {Cause} from './status-error.ts';

export type ResourceVerb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** An object as it is stored: shared by everybody, changed by nobody. */
export interface StoredObject extends JsonObject {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: StoredMeta;
}

/** The part of an object that the server itself keeps. */
export type StoredMeta = {
	readonly name: string;
	readonly namespace?: string;
	readonly uid: string;
	readonly resourceVersion: string;
	readonly creationTimestamp: string;
	readonly generation?: number;
	readonly deletionTimestamp?: string;
	readonly deletionGracePeriodSeconds?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
	readonly finalizers?: readonly string[];
} & JsonObject;

/** A part of an object with a path of its own, such as `pods/log`. */
export interface Subresource {
	readonly name: string;
	/** The kind that its path takes and gives, for discovery. */
	readonly kind: string;
	readonly group?: string;
	readonly version?: string;
	readonly verbs: readonly ResourceVerb[];
}

/** What hooks may ask the server for. */
export interface HookContext {
	readonly clock: Clock;
	/** 0…1. */
	readonly random: () => number;
	/** Takes an address or a port that no other Service has. */
	readonly allocate: (resource: Resource, draft: Draft) => void;
}

/**
 * One kind of object under one path, and its rules (upstream's "strategy"). Hooks get drafts that only they know, and may change them.
 * Order: defaults → prepareForCreate or prepareForUpdate → validate (and validateUpdate) → stored.
 */
export interface Resource {
	/** '' is the core group. */
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly plural: string;
	readonly singular: string;
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly namespaced: boolean;
	readonly verbs: readonly ResourceVerb[];
	readonly subresources: readonly Subresource[];
	/** Whether it came from a CustomResourceDefinition. */
	readonly custom: boolean;
	/** Name of its type in the table of field types; without one, any field goes and there is no strategic merge. */
	readonly type?: string;
	/** Whether `metadata.generation` counts changes of `spec`. */
	readonly counted?: boolean;
	/** Where its objects lie when another version of it is stored instead, and how to turn them. */
	readonly storedAs?: StoredAs;
	/** Fills in what was not given. On every object that comes in. */
	readonly defaults?: (draft: Draft) => void;
	readonly prepareForCreate?: (draft: Draft, context: HookContext) => void;
	/** Main resource only; `status` was put back already. */
	readonly prepareForUpdate?: (draft: Draft, old: StoredObject, context: HookContext) => void;
	/** Empty: valid. */
	readonly validate?: (object: JsonObject) => readonly Cause[];
	readonly validateUpdate?: (object: JsonObject, old: StoredObject) => readonly Cause[];
	/** How to name a new object that says `generateName`, and check names. Default: a DNS subdomain. */
	readonly nameRule?: 'subdomain' | 'label' | 'service';
	/** What a field selector may ask for, besides `metadata.name` and `metadata.namespace`. */
	readonly fields?: Readonly<Record<string, (object: JsonObject) => string>>;
	/** Objects vanish so long after they were written. */
	readonly lifetimeMs?: number;
}

/** A second version of the same objects. */
export interface StoredAs {
	readonly group: string;
	readonly plural: string;
	readonly toStorage: (object: JsonObject) => JsonObject;
	readonly fromStorage: (object: StoredObject) => StoredObject;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({group, version}: Pick<Resource, 'group' | 'version'>): string {
	return group === '' ? version : `${group}/${version}`;
}

/** `deployments.apps`, as messages name it. */
export function qualifiedName({group, plural}: Pick<Resource, 'group' | 'plural'>): string {
	return group === '' ? plural : `${plural}.${group}`;
}
