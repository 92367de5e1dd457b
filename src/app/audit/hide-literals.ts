import {isRawObject, objectOf, objectsOf, textOf} from '../../cluster/parse/fields.ts';
import type {JsonObject} from '../../domain/json.ts';
import {mask, maskNamed} from '../../domain/mask-text.ts';
import {plainText} from '../../domain/sanitise.ts';

/** Shorter ones are words such as `on` and `80`, and no secrets. */
const shortestSecret = 4;

type Literal = {readonly name: string; readonly value: string};

/** Values that stand in the environment of a template's containers as they are. */
function literalsOf({spec}: JsonObject): readonly Literal[] {
	const {containers, initContainers} = objectOf(spec);
	const entries = [...objectsOf(containers), ...objectsOf(initContainers)].flatMap(({env}) => objectsOf(env));
	return entries.flatMap(({name, value}) => (textOf(value) === undefined ? [] : [{name: textOf(name) ?? '', value: textOf(value) ?? ''}]));
}

/** A value as it may stand in a message: as it is, in quotes, in one line. */
function formsOf(value: string): readonly string[] {
	return [value, JSON.stringify(value).slice(1, -1), plainText(value)].filter(form => form.length >= shortestSecret);
}

/** A message that was cut may end in the middle of a value. */
function withoutCutEnd(text: string, secret: string, instead: string): string {
	for (let length = Math.min(secret.length - 1, text.length); length >= shortestSecret; length--) {
		if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}${instead}`;
	}
	return text;
}

/** The longest go first: one may hold another. */
function without(message: string, literals: readonly Literal[], instead: string): string {
	const secrets = [...new Set(literals.flatMap(({value}) => formsOf(value)))].toSorted((left, right) => right.length - left.length);
	return secrets.reduce((text, secret) => withoutCutEnd(text.replaceAll(secret, instead), secret, instead), message);
}

const literalsOfAll = (templates: readonly JsonObject[]) => templates.filter(isRawObject).flatMap(literalsOf);

/** A message of the API server's, which may repeat what it refuses, without any value of the templates' environments. */
export function hideLiterals(message: string, templates: readonly JsonObject[]): string {
	return without(message, literalsOfAll(templates), '…');
}

/** The same for the screen: only values that look like secrets are masked, as in a diff. */
export function maskLiterals(message: string, templates: readonly JsonObject[]): string {
	const secret = literalsOfAll(templates).filter(({name, value}) => maskNamed(name, value) !== value);
	return without(message, secret, mask);
}
