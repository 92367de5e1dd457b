/** An image reference taken apart. `name` keeps registry and path as written. */
export type ImageName = {
	readonly name: string;
	readonly tag: string | undefined;
	/** With its algorithm: `sha256:ab12…`. */
	readonly digest: string | undefined;
};

/**
 * An image reference as people write it: `luksa/kubia:v2`, `registry:5000/team/app@sha256:…`. Never refuses: what is no reference is all name.
 * Rule of the distribution spec: the tag follows the last colon after the last slash, the digest the first `@`.
 */
export function parseImageName(text: string): ImageName {
	const at = text.indexOf('@');
	const digest = at === -1 ? undefined : text.slice(at + 1);
	const reference = at === -1 ? text : text.slice(0, at);
	const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
	if (colon === -1) return {name: reference, tag: undefined, digest};
	return {name: reference.slice(0, colon), tag: reference.slice(colon + 1), digest};
}

/** The last part of the path: what the program is called (`docker.io/library/nginx:1.21` → `nginx`). */
export function programOf(image: string): string {
	const {name} = parseImageName(image);
	return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * An image as the screen names it: without Docker Hub's implied registry, and a digest by its first twelve digits, only where no tag says more
 * (`docker.io/luksa/kubia:v3` → `luksa/kubia:v3`, `app@sha256:0123456789abcdef…` → `app@0123456789ab`).
 */
export function shortImageName(image: string): string {
	const {name, tag, digest} = parseImageName(image);
	const short = name.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
	if (tag !== undefined) return `${short}:${tag}`;
	if (digest !== undefined) return `${short}@${digest.slice(digest.indexOf(':') + 1).slice(0, 12)}`;
	return short;
}
