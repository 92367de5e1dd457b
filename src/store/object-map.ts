import type {ObjectChange} from './event.ts';
import {VersionedMap} from './versioned-map.ts';

/** What can be told from another state of itself. */
export type Versioned = {readonly uid: string; readonly resourceVersion: string};

/** One step in the life of an object: `before` undefined, it was not known; `after` undefined, it is gone. `object`: as it was seen last. */
export type Transition<T> = {readonly before: T | undefined; readonly after: T | undefined; readonly object: T};

/** What a stream brings for one kind of object. */
export type Brought<T> = {readonly type: 'listed'; readonly items: readonly T[]} | {readonly type: 'changed'; readonly changes: readonly ObjectChange<T>[]};

/** The news in what a stream brought, one after the other; what is known already is none. Of a list first what it has, then what it lacks. */
export function transitionsOf<T extends Versioned>(known: ReadonlyMap<string, T>, event: Brought<T>): readonly Transition<T>[] {
	const changes = event.type === 'changed' ? event.changes : event.items.map(object => ({kind: 'observed', object}) as const);
	const told = changedOf(known, changes);
	if (event.type === 'changed') return told;
	const listed = new Set(event.items.map(({uid}) => uid));
	return [...told, ...Array.from(known.values()).flatMap(before => (listed.has(before.uid) ? [] : [{before, after: undefined, object: before}]))];
}

function changedOf<T extends Versioned>(known: ReadonlyMap<string, T>, changes: readonly ObjectChange<T>[]): readonly Transition<T>[] {
	// The same object may occur more than once: each state of it was true for a while.
	const latest = new Map<string, T | undefined>();
	return changes.flatMap(change => {
		const uid = change.kind === 'gone' ? change.uid : change.object.uid;
		const before = latest.has(uid) ? latest.get(uid) : known.get(uid);
		const after = change.kind === 'gone' ? undefined : change.object;
		const object = after ?? before;
		if (object === undefined || before?.resourceVersion === after?.resourceVersion) return [];
		latest.set(uid, after);
		return [{before, after, object}];
	});
}

/** The map after a full list, in its order, or after some watch events: what `transitions` say of it. The same map where they are none, the same objects where they did not change. */
export function mapAfter<T extends Versioned>(
	before: ReadonlyMap<string, T>,
	event: Brought<T>,
	transitions: readonly Transition<T>[] = transitionsOf(before, event),
): ReadonlyMap<string, T> {
	if (transitions.length === 0) return before;
	if (event.type === 'listed') return VersionedMap.of(listed(before, event.items, transitions));
	return VersionedMap.of(before).with(transitions.map(({object, after}) => [object.uid, after]));
}

/**
 * The same for objects of which there are few, and that are compared with their former states at each change: a map of its own. A former version of a versioned map
 * would be copied as well, to be read, and all copies be kept as long as the first of them.
 */
export function ownMapAfter<T extends Versioned>(before: ReadonlyMap<string, T>, event: Brought<T>): ReadonlyMap<string, T> {
	const transitions = transitionsOf(before, event);
	if (transitions.length === 0) return before;
	if (event.type === 'listed') return listed(before, event.items, transitions);
	const map = new Map(before);
	for (const {object, after} of transitions) {
		if (after === undefined) map.delete(object.uid);
		else map.set(object.uid, after);
	}
	return map;
}

function listed<T extends Versioned>(before: ReadonlyMap<string, T>, items: readonly T[], transitions: readonly Transition<T>[]): ReadonlyMap<string, T> {
	const changed = new Map(transitions.map(({object, after}) => [object.uid, after]));
	return new Map(items.map(item => [item.uid, changed.get(item.uid) ?? before.get(item.uid) ?? item]));
}
