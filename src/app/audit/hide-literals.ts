import {isRawObject, objectOf, objectsOf, textOf} from '../../cluster/parse/fields.ts';
import type {JsonObject} from '../../domain/json.ts';
import {plainText} from '../../domain/sanitise.ts';

/** Shorter ones are words such as `on` and `80`, and no secrets. */
const shortestSecret = 4;

/** Values that stand in the environment of a template's containers as they are. */
function literalsOf({spec}: JsonObject): readonly string[] {
	const {containers, initContainers} = objectOf(spec);
	return [...objectsOf(containers), ...objectsOf(initContainers)].flatMap(({env}) => objectsOf(env).flatMap(({value}) => textOf(value) ?? []));
}

/** A value as it may stand in a message: as it is, in quotes, in one line. */
function formsOf(value: string): readonly string[] {
	return [value, JSON.stringify(value).slice(1, -1), plainText(value)].filter(form => form.length >= shortestSecret);
}

/** A message that was cut may end in the middle of a value. */
function withoutCutEnd(text: string, secret: string): string {
	for (let length = secret.length - 1; length >= shortestSecret; length--) {
		if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}…`;
	}
	return text;
}

/** A message of the API server's, which may repeat what it refuses, without any value of the templates' environments. The longest go first: one may hold another. */
export function hideLiterals(message: string, templates: readonly JsonObject[]): string {
	const secrets = [...new Set(templates.filter(isRawObject).flatMap(literalsOf).flatMap(formsOf))].toSorted((left, right) => right.length - left.length);
	return secrets.reduce((text, secret) => withoutCutEnd(text.replaceAll(secret, '…'), secret), message);
}
