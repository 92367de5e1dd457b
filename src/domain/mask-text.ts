import {isSecretName, isSecretUnder} from './secret-name.ts';

/** Stands for a secret. Never its length, never a hash of it: both can be tried out. */
export const mask = '••••••';

/** Longer texts are no values that people read: all of it is masked where a secret may be in it. */
const maxText = 65_536;

/** What says of itself that it is a secret, and what stays of it. */
const shapes: readonly (readonly [RegExp, string])[] = [
	[/-----BEGIN [^-\n]{1,60}-----[\s\S]*?(?:-----END [^-\n]{1,60}-----|$)/g, mask],
	// The same in base64, as Secrets hold it.
	[/LS0tLS1CRUdJTi[\w+/=\s]+/g, mask],
	// JSON web token: its header begins with `{"`.
	[/\beyJ[\w-]{8,}\.[\w.-]*/g, mask],
	[/\b(bearer|basic|digest|negotiate)\s+[\w+/=.~-]{8,}/gi, `$1 ${mask}`],
	// user:password of a URL, up to the last @ of the word: passwords hold @ and / often enough.
	[/(:\/\/[^\s:/?#@"']{0,200}:)[^\s"']{0,2000}@/g, `$1${mask}@`],
	[/(:\/\/)[^\s:/?#@"']{16,}@/g, `$1${mask}@`],
	[/([\w.-]{1,100}:)[^\s@]{1,200}(?=@(?:tcp|unix|udp)\()/g, `$1${mask}`],
	[/(^|\s)(-u|--user)([= ])([^\s:]{1,100}):\S+/g, `$1$2$3$4:${mask}`],
	[
		/\b(?:gh[opsur]_|github_pat_|glpat-|glptt-|xox[abeoprs]-|sk-|[rs]k_(?:live|test)_|whsec_|AIza|ya29\.|npm_|pypi-|dckr_pat_|hv[sbr]\.|SG\.|shpat_|dop_v1_|lin_api_|hf_|gsk_|tskey-|ATATT|sq0[a-z]{3}-|NRAK-|dapi|PMAK-|FLWSECK|EAAC)[\w./+=-]{12,}/g,
		mask,
	],
	[/\b(?:AKIA|ASIA|AGPA|AROA|ANPA)[A-Z\d]{12,}/g, mask],
	[/AGE-SECRET-KEY-1[A-Z\d]+/g, mask],
];

/** A name and what leads to its value: `name=`, `"name": `, `--name `. */
const named = /(?<![\w.-])(?:--?[\w.-]*\w\s+(?=[^\s-])|[\w.-]*\w(?:["']?\s?=\s?|["']?:\s|["']:))/g;
/** A quoted value to its closing quote and what is joined to it, another one to the next space. */
const valueAt = /"(?:[^"\\]|\\.)*(?:"[^\s,;})\]]*|$)|'[^']*(?:'[^\s,;})\]]*|$)|(?:(?:bearer|basic|digest|negotiate|token)\s+)?\S+/iy;

function withoutNamed(text: string): string {
	let shown = '';
	let done = 0;
	for (const {0: lead, index} of text.matchAll(named)) {
		const from = index + lead.length;
		if (index < done || !isSecretName(lead)) continue;
		valueAt.lastIndex = from;
		const value = valueAt.exec(text)?.[0] ?? '';
		if (!isSecretUnder(lead, value.replace(/^["']|["']$/g, ''))) continue;
		shown += text.slice(done, from) + mask;
		done = from + value.length;
	}
	return shown + text.slice(done);
}

/** Bits that a character of the text tells, by how often each occurs in it. */
function entropy(text: string): number {
	const counts = new Map<string, number>();
	for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
	return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Long, of letters and digits mixed, and no pattern in it: nobody writes that by hand. */
function isRandom(word: string): boolean {
	if (word.length < 20 || !/\d/.test(word) || !/[a-z]/i.test(word)) return false;
	const isMixed = /[a-z]/.test(word) && /[A-Z]/.test(word);
	const isRun = /[a-z\d]{20,}/i.test(word);
	return (isMixed || isRun) && entropy(word) >= 3.2;
}

/** Digests of images and commits are long and random, too, and known to everyone. */
const wellKnown = /sha\d{3}:[a-f\d]{32,}/g;

function withoutRandom(text: string): string {
	const known = new Set(text.match(wellKnown)?.map(digest => digest.split(':')[1]));
	return text.replace(/[\w+-][\w+/-]{19,}={0,2}/g, word => (isRandom(word) && !known.has(word) ? mask : word));
}

function withoutShapes(text: string): string {
	return shapes.reduce((shown, [shape, instead]) => shown.replace(shape, instead), text);
}

/** The text with what says of itself that it is a secret masked: tokens of known kinds, PEM, passwords in URLs and queries, `password=…`. */
export function maskStated(text: string): string {
	return text.length > maxText ? mask : withoutNamed(withoutShapes(text));
}

/** Free text (an argument, a script, a change-cause) with its secrets masked: by their shape, by the name before them, or because they look like chance. */
export function maskText(text: string): string {
	const stated = maskStated(text);
	const shown = withoutRandom(stated);
	// A flag whose next word looked like one more flag has a value now.
	return shown === stated ? stated : maskStated(shown);
}

/** Names under which long random values are public: checksums, commits. */
const publicName = /sha|hash|sum|digest|commit|revision|version|etag|build|uid|uuid/i;

/** A value under its name: wholly masked where the name says secret, else as `maskText`. */
export function maskNamed(name: string, value: string): string {
	if (isSecretUnder(name, value)) return mask;
	return publicName.test(name) ? maskStated(value) : maskText(value);
}
