import {createHash} from 'node:crypto';
import {type ImageReference, parseImageReference} from '../images/find-image.ts';

interface ImageIdentity {
	readonly image: string;
	readonly imageID: string;
}

const identities = new Map<string, ImageIdentity>();

/** What a status calls an image that runs: its full name, and a digest that is always the same for a name. */
export function imageIdentity(imageName: string): ImageIdentity {
	const known = identities.get(imageName);
	if (known !== undefined) return known;
	const reference = parseImageReference(imageName);
	if (reference === undefined) return {image: imageName, imageID: ''};
	const digest = createHash('sha256').update(fullImageName(reference)).digest('hex');
	const identity = {image: fullImageName(reference), imageID: `${reference.repository}@sha256:${digest}`};
	// Only names of images that ran come here, so there are as many as there are tags.
	identities.set(imageName, identity);
	return identity;
}

/** `docker.io/library/nginx:latest`. */
export function fullImageName({repository, tag}: ImageReference): string {
	return `${repository}:${tag}`;
}
