import type {ApiObject} from '../../api-object.ts';
import type {Informer} from '../informer.ts';

/** Remembers what was written, so that nothing is decided on a view from before it (kubernetes: util/consistency, on since 1.36). */
export interface WriteTracker {
	/** Something of the owner's was written. */
	readonly wrote: (owner: string, kind: 'pods' | 'replicaSets', written: ApiObject) => void;
	/** Whether the watches have come as far as the owner's writes. */
	readonly isSeen: (owner: string) => boolean;
	readonly forget: (owner: string) => void;
}

type Versions = {pods: number; replicaSets: number};

/** Nothing was written. */
export function createWriteTracker(informers: Readonly<Record<'pods' | 'replicaSets', Pick<Informer<ApiObject>, 'version'>>>): WriteTracker {
	const written = new Map<string, Versions>();
	return {
		wrote(owner, kind, {metadata}) {
			const versions = written.get(owner) ?? {pods: 0, replicaSets: 0};
			versions[kind] = Math.max(versions[kind], Number(metadata.resourceVersion));
			written.set(owner, versions);
		},
		isSeen(owner) {
			const versions = written.get(owner);
			return versions === undefined || (versions.pods <= informers.pods.version() && versions.replicaSets <= informers.replicaSets.version());
		},
		forget: owner => written.delete(owner),
	};
}
