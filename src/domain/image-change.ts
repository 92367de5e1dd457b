import {shortText} from './short-text.ts';

const maxText = 120;

/** Repository and tag or digest, with their separator: `luksa/kubia` and `:v2`. A colon before the last slash is a port. */
function split(image: string): readonly [string, string] {
	const digest = image.indexOf('@');
	const colon = image.lastIndexOf(':', digest === -1 ? undefined : digest);
	const cut = colon > image.lastIndexOf('/', digest === -1 ? undefined : digest) ? colon : digest;
	return cut === -1 ? [image, ''] : [image.slice(0, cut), image.slice(cut)];
}

/** An image for people: a digest is cut to what tells two apart. */
export function shortImage(image: string): string {
	return shortText(image.replace(/(@sha\d+:[0-9a-f]{12})[0-9a-f]+$/, '$1'), maxText);
}

/** The tag or digest of an image, without its separator; empty where it has none. */
export function imageTag(image: string): string {
	return split(shortImage(image))[1].slice(1);
}

function onePair(from: string, to: string): string {
	const [left, right] = [shortImage(from), shortImage(to)];
	const [repository] = split(left);
	const [otherRepository, tag] = split(right);
	return repository === otherRepository && tag !== '' ? `${left} → ${tag.slice(1)}` : `${left} → ${right}`;
}

/** `luksa/kubia:v2 → v3`: what changed among the images, the repository only once; undefined when nothing did. */
export function imageChange(from: readonly string[], to: readonly string[]): string | undefined {
	if (from.length !== to.length) return `${from.map(shortImage).join(', ')} → ${to.map(shortImage).join(', ')}`;
	const pairs = from.flatMap((image, index) => {
		const other = to[index];
		return other === undefined || other === image ? [] : [onePair(image, other)];
	});
	return pairs.length === 0 ? undefined : pairs.join(', ');
}
