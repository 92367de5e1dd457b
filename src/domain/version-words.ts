import type {JsonValue} from './json.ts';
import {isJsonObject} from './json-kind.ts';
import {parseJson} from './json-path.ts';

// A version: `v2`, `0.8`, `1.16.1-alpine`, `v2024.1+build.5`. Neither a part of a longer name or number nor a date.
const number = String.raw`[vV]?(?!\d{4}-\d\d-\d\d)\d{1,10}(?:\.\d{1,10}){0,3}(?:[-+][0-9A-Za-z][0-9A-Za-z.+-]{0,40})?(?![\w/]|\.\d|:\d)`;
const wholeText = new RegExp(`^(?:version[\\s:=]{1,3})?(${number})$`, 'i');
const afterWord = new RegExp(
	String.raw`(?<![a-z/.])(?:(?:app|application|image|build|release|service|page|demo)[ _-]?)?version(?:\s(?:is|number|no\.?))?["'\s:=]{1,6}(${number})`,
	'gi',
);
const standing = /(?<![\w./@+-])[vV]\d{1,6}(?:\.\d{1,10}){0,3}(?:(?<=\.\d{1,10})[-+][0-9A-Za-z][0-9A-Za-z.+-]{0,40})?(?![\w/-]|\.\d)/g;

// Words before a number that make it the version of something else than what answers.
const otherThing =
	/(?:\b(?:https?|tls|ssl|api|xml|html|protocol|schema|spec|python|java|jdk|jre|node|node\.?js|golang|go|php|ruby|perl|kernel|linux|windows|browser|chrome|firefox|safari|jquery|bootstrap|react|vue|angular|normalize(?:\.css)?|oauth|uuid|ipv?|openapi|swagger|kubernetes|docker|requires?|minimum|least|since|until|before|upgraded from|docs?|documentation|license|gpl|lgpl|apache)(?:[\s_-]?version)?[\s"'(:=_-]{0,5})$/i;

// A list of versions is a changelog or a menu: none of them is what runs.
const mostStanding = 3;
const versionKeys = ['version', 'appversion', 'app_version', 'app-version', 'imageversion', 'image_version', 'imagetag', 'image_tag', 'tag', 'release'];

function isOfSomethingElse(text: string, index: number): boolean {
	return otherThing.test(text.slice(Math.max(0, index - 24), index));
}

function isAddress(version: string): boolean {
	const parts = version.split('.');
	return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function found(text: string, pattern: RegExp, group: number): readonly string[] {
	const versions = Array.from(text.matchAll(pattern))
		.filter(match => !isOfSomethingElse(text, match.index))
		.flatMap(match => match[group] ?? []);
	return [...new Set(versions)].filter(version => !isAddress(version));
}

function textOf(value: JsonValue | undefined): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && /^[\w.+@/:-]{1,128}$/.test(value) && !isAddress(value) ? value : undefined;
}

/** The first key that names a version, outer objects before inner ones. */
function versionIn(root: JsonValue): string | undefined {
	let level: readonly JsonValue[] = [root];
	for (let depth = 0; depth < 3; depth += 1) {
		const entries = level.flatMap(value => (isJsonObject(value) ? Object.entries(value) : []));
		for (const key of versionKeys) {
			const version = textOf(entries.find(([name, value]) => name.toLowerCase() === key && textOf(value) !== undefined)?.[1]);
			if (version !== undefined) return version;
		}
		level = entries.map(([, value]) => value);
	}
	return undefined;
}

/**
 * What in a text looks like the version of the program that wrote it, likeliest first: the whole text, a key of a JSON object, a number next to the
 * word version, `vN` standing alone. Numbers that belong to something else (HTTP/1.1, apiVersion, jQuery v3, dates, addresses) are not among them.
 */
export function versionWords(text: string): readonly string[] {
	const trimmed = text.trim();
	const whole = wholeText.exec(trimmed)?.[1];
	if (whole !== undefined) return isAddress(whole) ? [] : [whole];
	const json = /^[[{]/.test(trimmed) ? parseJson(trimmed) : undefined;
	if (json !== undefined) {
		const version = versionIn(json);
		return version === undefined ? standingVersions(trimmed) : [version];
	}
	return [...new Set([...found(text, afterWord, 1), ...standingVersions(text)])];
}

function standingVersions(text: string): readonly string[] {
	const versions = found(text, standing, 0);
	return versions.length > mostStanding ? [] : versions;
}
