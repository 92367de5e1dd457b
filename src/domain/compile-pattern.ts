import {RE2JS, RE2JSException, RE2JSSyntaxException} from 're2js';
import {shortText} from './short-text.ts';

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
export function compilePattern(pattern: string, {ignoreCase = false}: {readonly ignoreCase?: boolean} = {}): RE2JS | {readonly error: string} {
	try {
		const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
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
