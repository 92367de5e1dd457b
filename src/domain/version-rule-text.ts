import {compilePattern} from './compile-pattern.ts';
import {parseJsonPath} from './json-path.ts';
import {shortText} from './short-text.ts';
import type {VersionRule} from './version-rule.ts';

const expected = 'header:NAME, body:REGEX, json:PATH, title, pod or auto';

function refusal(text: string, why: string): {readonly error: string} {
	return {error: `Expected ${why}, got "${shortText(text, 80)}"`};
}

function parseArgument(text: string, kind: string, argument: string): VersionRule | {readonly error: string} {
	switch (kind) {
		case 'header':
			// The characters of a token, RFC 9110 5.6.2.
			return /^[!#$%&'*+.^_`|~\w-]+$/.test(argument) ? {kind, name: argument.toLowerCase()} : refusal(text, 'header:NAME with the name of an HTTP header');
		case 'body': {
			if (argument === '') return refusal(text, 'body:REGEX with a regular expression');
			const pattern = compilePattern(argument);
			return 'error' in pattern ? refusal(text, `body:REGEX with a valid regular expression (${pattern.error})`) : {kind, pattern: argument};
		}
		case 'json':
			return parseJsonPath(argument) === undefined ? refusal(text, 'json:PATH with a path such as build.version or items[0].tag') : {kind, path: argument};
		default:
			return refusal(text, `a version rule (${expected})`);
	}
}

/** The rule that `--version-from` names, or one sentence that says what was expected and what was given. Header names come out in lower case. */
export function parseVersionRule(text: string): VersionRule | {readonly error: string} {
	if (text === 'auto' || text === 'title' || text === 'pod') return {kind: text};
	const colon = text.indexOf(':');
	if (colon === -1) return refusal(text, `a version rule (${expected})`);
	return parseArgument(text, text.slice(0, colon), text.slice(colon + 1));
}
