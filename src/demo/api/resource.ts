import type {Clock} from '../clock.ts';
import type {JsonObject} from './json.ts';
import type {Cause} from './status-error.ts';
import type {PrinterColumn} from './tables/custom-table.ts';

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
	/** What is stored of another resource, for values that no two objects may have. */
	readonly stored: (resource: Pick<Resource, 'group' | 'plural'>) => Iterable<StoredObject>;
}

/**
 * One kind of object under one path, and its rules (upstream's "strategy"). Objects are shared, so hooks give back another one when they
 * want a change. Order: defaults → prepareForCreate or prepareForUpdate → validate (and validateUpdate) → stored.
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
	/** What everybody who asks for it is warned of. */
	readonly warning?: string;
	/** `additionalPrinterColumns` of the version that it came from; without, custom kinds show NAME and AGE. */
	readonly printerColumns?: readonly PrinterColumn[];
	/** Name of its type in schema/field-types.json; without one, any field goes and there is no strategic merge. */
	readonly type?: string;
	/** Where the scale subresource finds its numbers, if not where Deployments have them. */
	readonly scalePaths?: {readonly spec: string; readonly status: string; readonly selector: string};
	/** Where its objects lie when another version of it is stored instead, and how to turn them. */
	readonly storedAs?: StoredAs;
	readonly rules: Rules;
}

/** What is special about a kind. */
export interface Rules {
	/** What `metadata.generation` counts; default: nothing, and there is none. */
	readonly generation?: 'spec' | 'spec-and-annotations' | 'all';
	/** Members of metadata that the status subresource cannot change; `all` for custom resources. */
	readonly statusKeeps?: 'all' | readonly string[];
	/** A new object keeps the status that it came with. */
	readonly statusAtCreation?: boolean;
	/** PUT needs the version that it is based on. */
	readonly needsVersion?: boolean;
	/** PUT creates what is absent. */
	readonly createOnUpdate?: boolean;
	readonly nameRule?: 'subdomain' | 'label';
	/** Fills in what was not given. On every object that comes in. */
	readonly defaults?: (object: JsonObject) => JsonObject;
	readonly prepareForCreate?: (object: JsonObject, context: HookContext) => JsonObject;
	/** Main resource only; `status` was put back already. */
	readonly prepareForUpdate?: (object: JsonObject, old: StoredObject, context: HookContext) => JsonObject;
	/** Status subresource only. */
	readonly prepareStatus?: (object: JsonObject, old: StoredObject) => JsonObject;
	/** How long an object may take to go when it is deleted, seconds; asked for: what the client wants. Default: no time. */
	readonly graceSeconds?: (object: StoredObject, asked: number | undefined) => number;
	/** Something else than finalizers in metadata keeps a deleted object from going. */
	readonly isHeld?: (object: StoredObject) => boolean;
	/** The object when it was marked for deletion and stays for a while. */
	readonly whenMarked?: (object: StoredObject) => StoredObject;
	/** A deletion is answered with the object instead of a plain success. */
	readonly showsDeleted?: boolean;
	/** Empty: valid. */
	readonly validate?: (object: JsonObject) => readonly Cause[];
	readonly validateUpdate?: (object: JsonObject, old: StoredObject) => readonly Cause[];
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
