import {curl} from './curl.ts';
import {hang} from './hang.ts';
import type {Image, Repository} from './image.ts';
import {kubia} from './kubia.ts';
import {gettingStarted, nginx} from './nginx.ts';
import {busybox, crash} from './shell.ts';
import {stress} from './stress.ts';
import {canarydemo, testpage} from './testpage.ts';
import {tiny} from './tiny.ts';

const all: readonly Repository[] = [kubia, nginx, gettingStarted, testpage, canarydemo, busybox, crash, stress, hang, tiny, curl];

/** Every repository that can be pulled, by its last path segment: `harbor.example/demo/testpage` is testpage too. */
const repositories: ReadonlyMap<string, Repository> = new Map(all.map(repository => [lastSegment(repository.name), repository]));

/** A repository as `rollwatch demo --list` shows it. */
export interface ListedImage {
	readonly name: string;
	readonly tags: readonly string[];
	/** One line. */
	readonly summary: string;
}

/** What can be pulled. */
export function listImages(): readonly ListedImage[] {
	return all.map(({name, tags, summary}) => ({name, tags: tags.length === 0 ? ['any tag'] : tags, summary}));
}

/** Longer than any registry takes. */
const longestName = 512;

/** A reference in full, as container runtimes print it: `nginx` is `docker.io/library/nginx:latest`. */
export interface ImageReference {
	readonly repository: string;
	readonly tag: string;
}

/** Reads an image name; undefined if it is none (InvalidImageName). */
export function parseImageReference(name: string): ImageReference | undefined {
	if (name.length > longestName) return undefined;
	const match = /^((?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[0-9]+)?\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?(?:@sha256:[0-9a-f]{64})?$/.exec(
		name,
	);
	if (match?.[1] === undefined) return undefined;
	const segments = match[1].split('/');
	const hasHost = segments.length > 1 && /[.:]|^localhost$/.test(segments[0] ?? '');
	const path = hasHost ? match[1] : `docker.io/${segments.length === 1 ? 'library/' : ''}${match[1]}`;
	return {repository: path, tag: match[2] ?? 'latest'};
}

/** The image, or nothing when the registry does not have it. */
export function findImage({repository, tag}: ImageReference): Image | undefined {
	return repositories.get(lastSegment(repository))?.pull(tag);
}

function lastSegment(name: string): string {
	return name.slice(name.lastIndexOf('/') + 1);
}
