import type {JsonObject, JsonValue} from '../json.ts';
import {isJsonObject} from '../json-kind.ts';

// Keys in lower case without `_`, `-` and `.`, likeliest first.
const versionKeys = [
	'version',
	'appversion',
	'applicationversion',
	'serviceversion',
	'imageversion',
	'buildversion',
	'releaseversion',
	'gitversion',
	'imagetag',
	'tag',
	'release',
];
const commitKeys = ['commit', 'gitcommit', 'commitid', 'commitsha', 'commithash', 'gitsha', 'sha', 'githash', 'revision', 'gitrevision'];

// Objects of these names tell versions of something else than what answers.
const foreign =
	/^(?:java|jvm|jdk|jre|kotlin|python|php|node|nodejs|go|golang|ruby|rails|dotnet|erlang|spring|springboot|quarkus|framework|runtime|engines?|os|host|kernel|system|machine|kubernetes|docker|database|db|datasource|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|elasticsearch|elastic|opensearch|cassandra|kafka|rabbit|rabbitmq|cache|queue|broker|storage|client|browser|useragent|api|schema|protocol|request|headers|dependencies|devdependencies|peerdependencies|packages|libraries|plugins|update|latest|latestversion|available|previous|upstream)$/;

// What stands in an object that is a version or a commit: Elasticsearch's `version.number`, git's `commit.id.abbrev`.
const innerKeys = ['number', 'version', 'abbrev', 'full', 'string', 'semver', 'name', 'id', 'short', 'sha', 'hash'];
const levels = 3;

type Test = (text: string) => boolean;

const isToken: Test = text => /^[\w.+@/:-]{1,128}$/.test(text) && !/:\/\/|^https?\/|^go\d/i.test(text) && !isAddress(text);
const hasDigit: Test = text => isToken(text) && /\d/.test(text);
const isCommit: Test = text => /^[0-9a-f]{7,64}$/i.test(text);

/** True for an IPv4 address, which has the shape of a version. */
export function isAddress(version: string): boolean {
	const parts = version.split('.');
	return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function plainKey(name: string): string {
	return name.toLowerCase().replace(/[_.-]/g, '');
}

function textOf(value: JsonValue | undefined, test: Test, depth = 2): string | undefined {
	if (isJsonObject(value)) return depth === 0 ? undefined : innerText(value, test, depth - 1);
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && test(text) ? text : undefined;
}

function innerText(object: JsonObject, test: Test, depth: number): string | undefined {
	for (const key of innerKeys) {
		const text = Object.hasOwn(object, key) ? textOf(object[key], test, depth) : undefined;
		if (text !== undefined) return text;
	}
	return undefined;
}

type Entry = readonly [key: string, value: JsonValue];

/** The value of the first of these keys that has one that passes. */
function firstOf(entries: readonly Entry[], keys: readonly string[], testOf: (key: string) => Test): string | undefined {
	for (const key of keys) {
		for (const [name, value] of entries) {
			const text = name === key ? textOf(value, testOf(key)) : undefined;
			if (text !== undefined) return text;
		}
	}
	return undefined;
}

function entriesOf(object: JsonObject): readonly Entry[] {
	return Object.entries(object).map(([name, value]) => [plainKey(name), value]);
}

/**
 * What a JSON object says its program's version is: outer objects before inner ones, in each a version before a commit. Not the versions of its
 * libraries, its database or its API.
 */
export function jsonVersion(root: JsonValue): string | undefined {
	let level: readonly JsonValue[] = [root];
	for (let depth = 0; depth < levels; depth += 1) {
		const entries = level.flatMap(value => (isJsonObject(value) ? entriesOf(value) : []));
		// A tag is often a label of another kind, as a release is: those without any number are.
		const version =
			firstOf(entries, versionKeys, key => (key === 'tag' || key === 'release' ? hasDigit : isToken)) ?? firstOf(entries, commitKeys, () => isCommit);
		if (version !== undefined) return version;
		level = entries.flatMap(([name, value]) => (foreign.test(name) ? [] : [value]));
	}
	return undefined;
}
