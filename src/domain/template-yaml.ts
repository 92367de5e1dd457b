import {dump} from 'js-yaml';
import type {JsonObject, JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';
import {isAbsent} from './same-template.ts';

/** Without what the API reads as absent, so that two templates which make the same pods are the same text. */
function present(value: JsonValue): JsonValue {
	if (isJsonList(value)) return value.map(present);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(Object.entries(value).flatMap(([key, field]) => (isAbsent(field, key) ? [] : [[key, present(field)]])));
}

/** What names a thing comes first, then its image; the rest as kubectl orders it, by the alphabet. */
const first = ['name', 'image'];

function byName(left: string, right: string): number {
	const [a, b] = [left, right].map(key => first.indexOf(key) + 1 || first.length + 1) as [number, number];
	if (a !== b) return a - b;
	return left < right ? -1 : Number(left > right);
}

/** A raw template as lines of YAML, its keys always in the same order. */
export function yamlLines(raw: JsonObject): readonly string[] {
	const shown = present(raw);
	if (Object.keys(shown as JsonObject).length === 0) return [];
	return dump(shown, {sortKeys: byName, lineWidth: -1, noRefs: true}).trimEnd().split('\n');
}

type Step = {readonly indent: number; readonly label: string};

function labelOf(line: string): string | undefined {
	const [, dash, key, rest] = /^ *(- )?([\w./-]{1,200}):(?: (.*))?$/.exec(line) ?? [];
	if (key === undefined) return undefined;
	if (dash === undefined) return key;
	return key === 'name' && rest !== undefined ? `[${rest.slice(0, 100)}]` : '[]';
}

/** For each line the path of what holds it: `spec.containers[app].env`. */
export function yamlPlaces(lines: readonly string[]): readonly string[] {
	const steps: Step[] = [];
	return lines.map(line => {
		const indent = line.search(/[^ ]|$/);
		while ((steps.at(-1)?.indent ?? -1) >= indent) steps.pop();
		const place = steps.map(({label}) => (label.startsWith('[') ? label : `.${label}`)).join('');
		const label = labelOf(line);
		if (label !== undefined) steps.push({indent, label});
		return place.replace(/^\./, '');
	});
}
