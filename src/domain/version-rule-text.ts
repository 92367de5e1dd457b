import {RE2JS, RE2JSException, RE2JSSyntaxException} from 're2js';
import {parseJsonPath} from './json-path.ts';
import {shortText} from './short-text.ts';
import type {VersionRule} from './version-rule.ts';

const expected = 'header:NAME, body:REGEX, json:PATH, title, pod or auto';

/** Where in the pattern it is, counted from 1, as far as re2js tells: it names the part that it could not read. */
function positionOf(pattern: string, part: string | null): string {
	const index = part === null || part === pattern ? -1 : pattern.indexOf(part);
	return index === -1 ? '' : ` at character ${index + 1}`;
}

// A match takes up to 8 ns for each character and each step of the pattern (re2js 2.10 on Node 20, measured): so none takes more than about 5 ms.
const mostWork = 850_000;
const mostSteps = 800;

/** How many characters of a text are matched against a pattern: all 64 KiB that are kept of a body, of large patterns (`.{0,100}`) less, at least a thousand. */
export function matchedLength(pattern: RE2JS): number {
	return Math.floor(mostWork / pattern.programSize());
}

/**
 * A regular expression of re2's syntax, which runs in linear time whatever it and the text are (no look-around, no back-references), and that is not
 * too large to be matched in 5 ms; or what is wrong.
 */
export function compilePattern(pattern: string): RE2JS | {readonly error: string} {
	try {
		const compiled = RE2JS.compile(pattern);
		const steps = compiled.programSize();
		return steps <= mostSteps ? compiled : {error: `it has ${steps} steps and may have ${mostSteps}: repeat less in {}`};
	} catch (error) {
		if (error instanceof RE2JSSyntaxException) {
			const part = error.input === null ? '' : `: ${shortText(error.input, 40)}`;
			return {error: `${error.error}${part}${positionOf(pattern, error.input)}`};
		}
		if (error instanceof RE2JSException) return {error: error.message};
		throw error;
	}
}

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
