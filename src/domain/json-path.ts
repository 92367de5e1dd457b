import type {JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';

/** Names and indexes from the outermost in. */
export type JsonPath = readonly (string | number)[];

// One step: `.name`, `[0]`, `["any name"]`.
const step = /\.([^.[\]"'{}\s]+)|\[(\d{1,9})\]|\[(?:"([^"]*)"|'([^']*)')\]/y;

/** A path as people know it from kubectl and jq: `version`, `.build.version`, `$.items[0]["app.kubernetes.io/version"]`, `{.version}`. */
export function parseJsonPath(text: string): JsonPath | undefined {
	const bare = text.replace(/^\{(.*)\}$/, '$1').replace(/^\$/, '');
	const rest = /^[.[]/.test(bare) ? bare : `.${bare}`;
	const path: (string | number)[] = [];
	step.lastIndex = 0;
	while (step.lastIndex < rest.length) {
		const match = step.exec(rest);
		if (match === null) return undefined;
		path.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
	}
	return path;
}

/** The value at the path, undefined where there is none. */
export function valueAt(root: JsonValue, path: JsonPath): JsonValue | undefined {
	let value: JsonValue | undefined = root;
	for (const part of path) {
		if (isJsonList(value) && typeof part === 'number') value = value[part];
		else if (isJsonObject(value) && Object.hasOwn(value, part)) value = value[part];
		else return undefined;
	}
	return value;
}

/** The text as JSON, undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}
