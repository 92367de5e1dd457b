import type {ApiClient} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {Clock} from '../clock.ts';
import {follow} from '../follow.ts';
import {shareJson} from '../share-json.ts';
import {createIndexes, type IndexKeys} from './indexes.ts';

/** What a change was: only `now` for a new object, only `before` for one that is gone. */
export type OnChange<T> = (change: {readonly before: T | undefined; readonly now: T | undefined}) => void;

/** All objects of one kind as the API last told of them, shared by all controllers. They are nobody's to change. */
export interface Informer<T extends ApiObject, Index extends string = never> {
	/** By `namespace/name`, or the name of an object without a namespace. */
	readonly get: (key: string) => T | undefined;
	readonly all: () => Iterable<T>;
	readonly with: (index: Index, value: string) => Iterable<T>;
	/** Up to where the watch has come: changes up to this resource version are known. */
	readonly version: () => number;
	/** Told of every change from now on. */
	readonly onChange: (listener: OnChange<T>) => void;
	/** The first list is there. */
	readonly ready: Promise<void>;
	/** Settles when the watch has ended with the signal. */
	readonly ended: Promise<void>;
}

/** Which kind is followed, and how it can be looked up. */
export interface InformerOptions<T extends ApiObject, Index extends string> {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly path: string;
	readonly apiVersion: string;
	readonly kind: string;
	readonly indexes?: IndexKeys<T, Index>;
	/** Leaves away what no controller reads; thousands of objects are held. */
	readonly trim?: (object: T) => T;
}

/** What a key of an object is: its namespace and name. */
export function keyOf({metadata: {namespace, name}}: {readonly metadata: {readonly namespace?: string; readonly name: string}}): string {
	return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Begins to follow a kind. */
export function createInformer<T extends ApiObject, Index extends string = never>(options: InformerOptions<T, Index>): Informer<T, Index> {
	const {api, clock, signal, path} = options;
	const parse = parserOf(options);
	const objects = new Map<string, T>();
	const indexes = createIndexes<T, Index>(options.indexes ?? ({} as IndexKeys<T, Index>));
	const listeners: OnChange<T>[] = [];
	let version = 0;
	let markReady: () => void = () => undefined;
	const ready = new Promise<void>(resolve => {
		markReady = resolve;
	});
	const tell = (change: Parameters<OnChange<T>>[0]) => {
		for (const listener of listeners) {
			try {
				listener(change);
			} catch {
				// What one controller can't make sense of must not keep the others from hearing of it, nor of what comes next.
			}
		}
	};
	const put = (key: string, now: T | undefined) => {
		const before = objects.get(key);
		if (now === undefined) objects.delete(key);
		else objects.set(key, now);
		indexes.replace(before, now);
		tell({before, now});
	};
	const observe = (object: T, isGone: boolean) => {
		version = Math.max(version, Number(object.metadata.resourceVersion));
		const key = keyOf(object);
		const before = objects.get(key);
		// The same name again: its old bearer is gone, also when the watch told of both at once.
		if (before !== undefined && before.metadata.uid !== object.metadata.uid) put(key, undefined);
		if (!isGone) put(key, shareJson(object, before));
		else if (objects.has(key)) put(key, undefined);
	};
	const ended = follow({
		api,
		clock,
		signal,
		path,
		query: {},
		onList(raws, listVersion) {
			const listed = raws.flatMap(parse);
			const keys = new Set(listed.map(keyOf));
			for (const key of [...objects.keys()]) if (!keys.has(key)) put(key, undefined);
			for (const object of listed) if (objects.get(keyOf(object))?.metadata.resourceVersion !== object.metadata.resourceVersion) observe(object, false);
			version = Math.max(version, Number(listVersion));
			markReady();
		},
		onChange(type, raw) {
			for (const object of parse(raw)) observe(object, type === 'DELETED');
		},
	});
	return {
		get: key => objects.get(key),
		all: () => objects.values(),
		with: indexes.get,
		version: () => version,
		onChange: listener => listeners.push(listener),
		ready,
		ended,
	};
}

/** Objects of a list don't say what they are, and nobody here cares who manages which field. What is no object is as if it were not there. */
function parserOf<T extends ApiObject>({apiVersion, kind, trim = object => object}: Pick<InformerOptions<T, never>, 'apiVersion' | 'kind' | 'trim'>) {
	return (raw: unknown): readonly T[] => {
		try {
			const object = raw as T;
			const {managedFields: _fields, ...metadata} = object.metadata as T['metadata'] & {managedFields?: unknown};
			return [trim({...object, apiVersion, kind, metadata})];
		} catch {
			return [];
		}
	};
}
