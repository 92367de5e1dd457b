import {shortText} from '../short-text.ts';

/** More make no better mix; a mistaken file shall not fill the memory. */
const mostPaths = 10_000;
const longestPath = 4096;

/** Whether a path (with its query) can stand in a request line as it is: printable ASCII without spaces, and no fragment, which is never sent. */
export function isRequestPath(path: string): boolean {
	return /^\/[\u0021\u0022\u0024-\u007e]*$/.test(path);
}

/** The paths of a file, one in each line; empty lines and those that begin with # are left out. Or a sentence with the number of the first bad line. */
export function parseRequestPaths(text: string): readonly string[] | {readonly error: string} {
	const paths: string[] = [];
	for (const [index, raw] of text
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.entries()) {
		const line = raw.trim();
		if (line === '' || line.startsWith('#')) continue;
		const problem = problemOf(line, paths.length);
		if (problem !== undefined) return {error: `line ${index + 1}: ${problem}`};
		paths.push(line);
	}
	return paths.length === 0 ? {error: 'it has no path: give one in each line, such as /version'} : paths;
}

function problemOf(line: string, before: number): string | undefined {
	if (before === mostPaths) return `more than ${mostPaths.toLocaleString('en')} paths`;
	if (line.length > longestPath) return `longer than ${longestPath.toLocaleString('en')} characters`;
	if (!line.startsWith('/')) return `expected a path that begins with a slash, got "${shortText(line, 80)}"`;
	if (!isRequestPath(line)) return `expected printable characters without spaces or # (percent-encode others), got "${shortText(line, 80)}"`;
	return undefined;
}
