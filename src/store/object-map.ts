import type {ObjectChange} from './event.ts';

/** What can be told from another state of itself. */
export type Versioned = {readonly uid: string; readonly resourceVersion: string};

/** The map after a full list; the same map when the list brought nothing new, the same objects where they did not change. */
export function replaceAll<T extends Versioned>(before: ReadonlyMap<string, T>, items: readonly T[]): ReadonlyMap<string, T> {
	const after = new Map<string, T>();
	let changed = items.length !== before.size;
	for (const item of items) {
		const known = before.get(item.uid);
		const same = known !== undefined && known.resourceVersion === item.resourceVersion;
		if (!same) changed = true;
		after.set(item.uid, same ? known : item);
	}
	return changed ? after : before;
}

/** The map after some watch events, in their order; the same map when none changed anything. */
export function applyChanges<T extends Versioned>(before: ReadonlyMap<string, T>, changes: readonly ObjectChange<T>[]): ReadonlyMap<string, T> {
	let after: Map<string, T> | undefined;
	for (const change of changes) {
		if (!isNews(after ?? before, change)) continue;
		after ??= new Map(before);
		if (change.kind === 'gone') after.delete(change.uid);
		else after.set(change.object.uid, change.object);
	}
	return after ?? before;
}

function isNews<T extends Versioned>(known: ReadonlyMap<string, T>, change: ObjectChange<T>): boolean {
	if (change.kind === 'gone') return known.has(change.uid);
	return known.get(change.object.uid)?.resourceVersion !== change.object.resourceVersion;
}
