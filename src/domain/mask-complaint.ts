import {mask, maskText} from './mask-text.ts';
import {isSecretName} from './secret-name.ts';

/** Shorter ones are words such as `on`, and no secrets. */
const shortestSecret = 4;

const plainWord = /^[A-Za-z]?[a-z]+(?:[-'’][a-z]+)*[.,;:!?)"]*$/;

/** `password: hunter2` and `--password hunter2`, but not `Error loading SSO Token: Token for …`. */
function isNamed(word: string, before: string): boolean {
	return !plainWord.test(word) && /^-|[:=]$/.test(before) && isSecretName(before);
}

/**
 * What another program says of what went wrong, without the secrets in it: the ones that are known (they go whole), and what says of itself that it is one.
 * It is prose, whose plain words stay: they say what to do.
 */
export function maskComplaint(text: string, known: readonly string[]): string {
	const longestFirst = known.filter(({length}) => length >= shortestSecret).toSorted((left, right) => right.length - left.length);
	const unknown = longestFirst.reduce((shown, secret) => shown.replaceAll(secret, mask), text);
	return unknown
		.split(/(\s+)/)
		.map((word, index, words) => (isNamed(word, words[index - 2] ?? '') ? mask : maskText(word)))
		.join('');
}
