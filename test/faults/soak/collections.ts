import {EventEmitter, getEventListeners} from 'node:events';
import {Session} from 'node:inspector';

/** How many collections of one kind there are, and what is in them. */
export type Holding = {readonly count: number; readonly entries: number; readonly largest: number};

/** By what their first entries look like: that is how a collection is known again in a minified program. */
export type Collections = {readonly holdings: Readonly<Record<string, Holding>>; readonly listeners: number; readonly mostListeners: number};

/** Shorter arrays are parts of objects; there are too many of them to name. */
const longArray = 32;
/** An object with more keys than a record has is a collection. */
const dictionary = 64;

type Found = {
	readonly maps: readonly Map<unknown, unknown>[];
	readonly sets: readonly Set<unknown>[];
	readonly arrays: readonly (readonly unknown[])[];
	readonly signals: readonly AbortSignal[];
	readonly emitters: readonly EventEmitter[];
	readonly objects: readonly object[];
};

/** Everything in this thread that has entries. None need be named beforehand: all that can be reached is looked at, after a collection of garbage. */
export function collections(): Collections {
	const found: Found = {
		maps: alive<Map<unknown, unknown>>(Map),
		sets: alive<Set<unknown>>(Set),
		arrays: alive<readonly unknown[]>(Array),
		signals: alive<AbortSignal>(AbortSignal),
		emitters: alive<EventEmitter>(EventEmitter),
		objects: alive<object>(Object),
	};
	const listeners = [...found.signals.map(signal => getEventListeners(signal, 'abort').length), ...found.emitters.map(listenersOn)];
	return {holdings: holdings(found), listeners: listeners.reduce((sum, each) => sum + each, 0), mostListeners: Math.max(0, ...listeners)};
}

/** All objects of a class that can be reached, as the inspector finds them; without the prototype, which is one of them. */
function alive<T>(kind: {readonly prototype: unknown}): readonly T[] {
	const session = new Session();
	session.connect();
	let found: readonly T[] = [];
	const slot = Symbol.for('rollwatch.soak');
	const shared = globalThis as {[slot]?: unknown};
	const expression = "globalThis[Symbol.for('rollwatch.soak')].kind.prototype";
	const functionDeclaration = "function () { globalThis[Symbol.for('rollwatch.soak')].take(this); }";
	shared[slot] = {
		kind,
		take(objects: readonly T[]) {
			found = objects.filter(object => object !== kind.prototype);
		},
	};
	session.post('Runtime.evaluate', {expression}, (_, {result}) => {
		session.post('Runtime.queryObjects', {prototypeObjectId: result.objectId ?? ''}, (_error, {objects}) => {
			session.post('Runtime.callFunctionOn', {objectId: objects.objectId ?? '', functionDeclaration});
		});
	});
	session.disconnect();
	delete shared[slot];
	return found;
}

/** Prototypes of classes made from it have no events of their own. */
function listenersOn(emitter: EventEmitter): number {
	return Object.hasOwn(emitter, '_events') ? emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0) : 0;
}

function holdings({maps, sets, arrays, objects}: Found): Collections['holdings'] {
	const named = [
		...maps.flatMap(map => (sizeOf(map) === 0 ? [] : [{name: mapName(map), entries: map.size}])),
		...sets.flatMap(set => (sizeOf(set) === 0 ? [] : [{name: `Set of ${shapeOf(set.values().next().value)}`, entries: set.size}])),
		...arrays.filter(({length}) => length >= longArray).map(array => ({name: `array of ${shapeOf(array[0])}`, entries: array.length})),
		...objects
			.filter(object => Object.getPrototypeOf(object) === Object.prototype)
			.map(object => ({object, entries: Object.keys(object).length}))
			.filter(({entries}) => entries >= dictionary)
			.map(({object, entries}) => ({name: `object with keys like ${JSON.stringify(Object.keys(object)[0]).slice(0, 24)}`, entries})),
	];
	const byName: Record<string, Holding> = {};
	for (const {name, entries} of named) {
		const {count, entries: sum, largest} = byName[name] ?? {count: 0, entries: 0, largest: 0};
		byName[name] = {count: count + 1, entries: sum + entries, largest: Math.max(largest, entries)};
	}
	return byName;
}

/** The prototypes of classes made from them have no size. */
function sizeOf(collection: {readonly size: number}): number {
	try {
		return collection.size;
	} catch {
		return 0;
	}
}

function mapName(map: Map<unknown, unknown>): string {
	const [key, value] = map.entries().next().value ?? [];
	return `Map of ${shapeOf(key)} → ${shapeOf(value)}`;
}

function shapeOf(value: unknown): string {
	if (typeof value !== 'object' || value === null) return typeof value;
	if (Array.isArray(value)) return 'array';
	const name: string = Object.getPrototypeOf(value)?.constructor?.name ?? 'Object';
	return name === 'Object' ? `{${Object.keys(value).slice(0, 7).join()}}` : name;
}
