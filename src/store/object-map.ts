import type {ObjectChange} from './event.ts';

type Versioned = {readonly uid: string; readonly resourceVersion: string};

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
		const known = (after ?? before).get(change.kind === 'gone' ? change.uid : change.object.uid);
		if (change.kind === 'gone' ? known === undefined : known?.resourceVersion === change.object.resourceVersion) continue;
		after ??= new Map(before);
		if (change.kind === 'gone') after.delete(change.uid);
		else after.set(change.object.uid, change.object);
	}
	return after ?? before;
}
