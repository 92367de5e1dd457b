import {shortText} from '../../short-text.ts';

const maxText = 160;

/** Waiting reasons that are about the image. */
export const imageReasons: ReadonlySet<string> = new Set([
	'ErrImagePull',
	'ImagePullBackOff',
	'InvalidImageName',
	'ErrImageNeverPull',
	'ImageInspectError',
	'RegistryUnavailable',
	'SignatureValidationFailed',
]);

/** What registries and container runtimes say, and what it means. The first match counts. */
const causes: readonly (readonly [RegExp, string])[] = [
	[/toomanyrequests|too many requests|rate limit/i, "the registry's rate limit is reached"],
	[/unauthorized|authorization failed|access denied|authentication required|forbidden/i, 'not found or no access'],
	[/not found|manifest unknown/i, 'not found'],
	[/no such host/i, "the registry's name does not resolve"],
	[/x509|certificate/i, "the registry's certificate is not trusted"],
	[/connection refused/i, 'the registry refuses connections'],
	[/timeout|deadline exceeded/i, 'the registry does not answer'],
];

/** Why an image can't be pulled, from the container's waiting message, in a few words. */
export function pullFailure(message: string): string {
	const known = causes.find(([pattern]) => pattern.test(message));
	return known === undefined ? shortText(message, maxText) : known[1];
}
