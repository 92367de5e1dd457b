import type {ApiObject} from '../api-object.ts';
import type {Informer} from './informer.ts';

/** Remembers what was written, so that nothing is decided on a view from before it (kubernetes: util/consistency, on since 1.36). */
export interface WriteTracker<Kind extends string> {
	/** Something of the owner's was written. */
	readonly wrote: (owner: string, kind: Kind, written: ApiObject) => void;
	/** Whether the watches have come as far as the owner's writes. */
	readonly isSeen: (owner: string) => boolean;
	readonly forget: (owner: string) => void;
}

/** Nothing was written. The informers are those of the kinds that the controller writes. */
export function createWriteTracker<Kind extends string>(informers: Readonly<Record<Kind, Pick<Informer<ApiObject>, 'version'>>>): WriteTracker<Kind> {
	const written = new Map<string, Map<Kind, number>>();
	return {
		wrote(owner, kind, {metadata}) {
			const versions = written.get(owner) ?? new Map<Kind, number>();
			versions.set(kind, Math.max(versions.get(kind) ?? 0, Number(metadata.resourceVersion)));
			written.set(owner, versions);
		},
		isSeen: owner => [...(written.get(owner) ?? [])].every(([kind, version]) => version <= informers[kind].version()),
		forget: owner => written.delete(owner),
	};
}
