import {keepLast} from './keep-last.ts';
import {VersionedMap} from './versioned-map.ts';

type Maps = Readonly<Record<string, ReadonlyMap<string, object>>>;

/** Keys whose objects may be others than they were, map by map. */
type ChangedKeys<Of> = {readonly [Name in keyof Of]: Iterable<string>};

type Slot<Of, Kept> = {followed?: {readonly rule: string; of: Of; readonly kept: Kept}};

/**
 * Keeps what is worked out of maps of objects, for each name its own, from one call to the next. Each call tells `update` what changed since the last one, for
 * thousands may stand by while a few change ten times a second; or all there is where it begins: with another rule, or with maps that are no later versions.
 */
export function following<Of extends Maps, Kept>(make: () => Kept) {
	const slotOf = keepLast<string, Slot<Of, Kept>>(() => ({}));
	return (name: string, rule: string, of: Of, update: (kept: Kept, changed: ChangedKeys<Of>) => void): Kept => {
		const slot = slotOf(name);
		const known = slot.followed?.rule === rule ? slot.followed : undefined;
		const changed = known && changedKeys(known.of, of);
		const followed = known !== undefined && changed !== undefined ? known : {rule, of, kept: make()};
		followed.of = of;
		slot.followed = followed;
		update(followed.kept, changed ?? allKeys(of));
		return followed.kept;
	};
}

function changedKeys<Of extends Maps>(before: Of, after: Of): ChangedKeys<Of> | undefined {
	const changed: Record<string, Iterable<string>> = {};
	for (const [name, map] of Object.entries(after)) {
		const keys = before[name] && VersionedMap.changes(before[name], map);
		if (keys === undefined) return undefined;
		changed[name] = keys;
	}
	return changed as ChangedKeys<Of>;
}

function allKeys<Of extends Maps>(of: Of): ChangedKeys<Of> {
	return Object.fromEntries(Object.entries(of).map(([name, map]) => [name, map.keys()])) as unknown as ChangedKeys<Of>;
}
