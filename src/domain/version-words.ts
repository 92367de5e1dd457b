import {parseJson} from './json-path.ts';
import {isAddress, jsonVersion} from './mix/json-version.ts';

// A version: `v2`, `0.8`, `1.16.1-alpine`, `v2024.1+build.5`. Neither a part of a longer name or number nor a date.
const number = String.raw`[vV]?(?!\d{4}-\d\d-\d\d)\d{1,10}(?:\.\d{1,10}){0,3}(?:[-+][0-9A-Za-z][0-9A-Za-z.+-]{0,40})?(?![\w/]|\.\d|:\d)`;
// A commit: as git shortens it, or whole; of letters or digits only it would be a word or a count.
const commit = String.raw`(?=[0-9a-f]{0,40}[a-f])(?=[0-9a-f]{0,40}\d)(?:[0-9a-f]{40}|[0-9a-f]{7,12})(?![\w-])`;
const word = '(?:version|バージョン|版本|버전|версия|versi[oó]n|vers[aã]o|versione|wersja)';
const whole = new RegExp(`^(?:${word}[\\s:=]{1,3})?(?:(${number})|((?:[a-z][a-z\\d./]{0,40}[-_])?${commit}))$`, 'i');
// Before the word neither a letter nor what makes it a part of a name, but for the words that mean the program itself.
const afterWord = new RegExp(
	String.raw`(?<![a-z/.?&-])(?:(?:app|application|image|build|release|service|page|demo)[ ._-]?)?${word}(?:\s(?:is|number|no\.?))?["'\s:=]{1,6}(${number})`,
	'gi',
);
// `version: main-3f2a1b7`, `version=9fceb02`, `version: release-42`.
const named = new RegExp(
	String.raw`(?<![a-z/.?&-])(?:(?:app|image|build|release)[ ._-]?)?version["']?\s{0,3}[:=]["'\s]{0,4}((?:[a-z][\w./-]{0,40}[-_])?(?:${commit}|${number}))`,
	'gi',
);
const afterCommit = new RegExp(String.raw`(?<![a-z])(?:commit|revision|sha|git)(?:[ ._-]?(?:id|hash|sha|abbrev|commit)){0,2}["'\s:=]{1,6}(${commit})`, 'gi');
const standing = /(?<![\w./@+-])[vV]\d{1,6}(?:\.\d{1,10}){0,3}(?:(?<=\.\d{1,10})[-+][0-9A-Za-z][0-9A-Za-z.+-]{0,40})?(?![\w/-]|\.\d)/g;

// Words before a number that make it the version of something else than what answers.
const otherThing =
	/(?:\b(?:https?|tls|ssl|api|xml|html|css|protocol|schema|spec|format|config|python|java|jdk|jre|jvm|node|node\.?js|npm|golang|go|php|ruby|perl|kernel|linux|windows|os|browser|chrome|firefox|safari|jquery|bootstrap|react|vue|angular|normalize(?:\.css)?|oauth|uuid|ipv?|openapi|swagger|kubernetes|kubectl|helm|docker|database|db|postgres|mysql|redis|request|response|client|requires?|required|minimum|min|maximum|max|least|latest|newest|next|previous|old|available|since|until|before|upgraded from|versions|docs?|documentation|license|gpl|lgpl|apache)(?:[\s._-]?version)?[\s"'([:=._-]{0,5})$/i;

// A list of versions is a changelog or a menu: none of them is what runs.
const mostVersions = 3;
// Longer numbers are times and counts.
const longestCount = 8;

function isOfSomethingElse(text: string, index: number): boolean {
	return otherThing.test(text.slice(Math.max(0, index - 24), index));
}

function found(text: string, pattern: RegExp, group: number): readonly string[] {
	const matches = Array.from(text.matchAll(pattern)).filter(match => !isOfSomethingElse(text, match.index));
	const versions = new Set(matches.flatMap(match => match[group] ?? []).filter(version => !isAddress(version)));
	return versions.size > mostVersions ? [] : [...versions];
}

function inWholeText(text: string): readonly string[] | undefined {
	const [, version, revision] = (text.length <= 200 && whole.exec(text)) || [];
	if (revision !== undefined) return [revision];
	if (version === undefined) return undefined;
	return isAddress(version) || (/^\d+$/.test(text) && text.length > longestCount) ? [] : [version];
}

/**
 * What in a text looks like the version of the program that wrote it, likeliest first: the whole text, a key of a JSON object, a number next to the
 * word version, `vN` standing alone, a commit next to its word. What belongs to something else (HTTP/1.1, apiVersion, jQuery v3, dates, addresses)
 * is not among them.
 */
export function versionWords(text: string): readonly string[] {
	const trimmed = text.trim();
	const alone = inWholeText(trimmed);
	if (alone !== undefined) return alone;
	const json = /^[[{]/.test(trimmed) ? parseJson(trimmed) : undefined;
	if (json !== undefined) {
		const version = jsonVersion(json);
		const inSentences = found(trimmed, standing, 0);
		// Two of a list, and neither is the one.
		return version === undefined ? (inSentences.length === 1 ? inSentences : []) : [version];
	}
	return [...new Set([...found(text, afterWord, 1), ...found(text, named, 1), ...found(text, standing, 0), ...found(text, afterCommit, 1)])];
}
