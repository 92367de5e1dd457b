import type {Image, Repository} from './image.ts';
import {kubia} from './kubia.ts';
import {gettingStarted, nginx} from './nginx.ts';
import {busybox, crash} from './shell.ts';
import {canarydemo, testpage} from './testpage.ts';

/** Every repository that can be pulled, by its last path segment: `harbor.example/demo/testpage` is testpage too. */
const repositories: ReadonlyMap<string, Repository> = new Map([
	['kubia', kubia],
	['nginx', nginx],
	['getting-started', gettingStarted],
	['testpage', testpage],
	['canarydemo', canarydemo],
	['busybox', busybox],
	['crash', crash],
]);

/** A reference in full, as container runtimes print it: `nginx` is `docker.io/library/nginx:latest`. */
export interface ImageReference {
	readonly repository: string;
	readonly tag: string;
}

/** Reads an image name; undefined if it is none (InvalidImageName). */
export function parseImageReference(name: string): ImageReference | undefined {
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
	const name = repository.slice(repository.lastIndexOf('/') + 1);
	return repositories.get(name)?.(tag);
}
