import {parseImageName} from './image-name.ts';

/** What a revision runs, as far as versions are concerned. */
export type RevisionImages = {
	/** uid of its ReplicaSet. */
	readonly uid: string;
	/** uid of the workload in whose history it stands: numbers of different histories say nothing about each other. */
	readonly workloadUid: string | undefined;
	readonly revision: number;
	readonly images: readonly string[];
	/** It has pods, or is to have some. */
	readonly inUse: boolean;
};

/** How a version and an image tag agree, closest first: the first way that any revision passes decides for all. */
const agreements: readonly ((version: string, tag: string) => boolean)[] = [
	(version, tag) => version === tag,
	(version, tag) => withoutPrefix(version) === withoutPrefix(tag),
	// `1.16.1` and `1.16.1-alpine`: the same program on another base.
	(version, tag) => withoutPrefix(tag).startsWith(`${withoutPrefix(version)}-`),
	// `1.22.1` and `1.22` or `1.22-alpine`: a tag that moves along within its minor version. A tag `v1` is no such: it would claim all that begins with 1.
	(version, tag) => /^\d+\.\d/.test(withoutPrefix(tag)) && withoutPrefix(version).startsWith(`${withoutPrefix(tag).replace(/-.*$/, '')}.`),
];

function withoutPrefix(version: string): string {
	return version.toLowerCase().replace(/^v(?=\d)/, '');
}

function tagsOf({images}: RevisionImages): readonly string[] {
	return images.flatMap(image => parseImageName(image).tag ?? []);
}

/** The revisions one of whose image tags is the version, by the closest kind of agreement that occurs. */
function revisionsWith(version: string, revisions: readonly RevisionImages[]): readonly RevisionImages[] {
	// `nginx/1.16.1`, as a whole Server header says it.
	const plain = version.slice(version.lastIndexOf('/') + 1);
	if (plain === '') return [];
	for (const agrees of agreements) {
		const found = revisions.filter(revision => tagsOf(revision).some(tag => agrees(plain, tag)));
		if (found.length > 0) return found;
	}
	return [];
}

/** True where the version is an image tag of some revision: then it is surely a version, and of this workload. */
export function isImageTag(version: string, revisions: readonly RevisionImages[]): boolean {
	return revisionsWith(version, revisions).length > 0;
}

/** Those of one workload: of the only one that has such a revision at all, else of the only one that has pods of it. */
function ofOneWorkload(found: readonly RevisionImages[]): readonly RevisionImages[] {
	for (const candidates of [found, found.filter(({inUse}) => inUse)]) {
		if (new Set(candidates.map(({workloadUid}) => workloadUid)).size === 1) return candidates;
	}
	return [];
}

/**
 * uid of the revision whose image tag is the version (`v2` ↔ `luksa/kubia:v2`, `1.16.1` ↔ `nginx:1.16.1`). Several revisions of a workload with the
 * same images: the newest. Undefined where none has it, or different ones: a guess would blame the wrong rollout.
 */
export function matchRevision(version: string, revisions: readonly RevisionImages[]): string | undefined {
	const found = ofOneWorkload(revisionsWith(version, revisions));
	if (new Set(found.map(({images}) => images.join('\n'))).size !== 1) return undefined;
	return found.toSorted((left, right) => right.revision - left.revision)[0]?.uid;
}
