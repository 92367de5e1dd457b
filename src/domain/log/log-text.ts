import {printable} from '../sanitise.ts';

/** More characters of one line nobody reads on a screen; an application that logs whole pictures in one line must not fill the memory. */
export const longestLogText = 2_000;

/** What a tab stands for: where its column would be does not matter, that it indents does. */
const tab = '    ';

/** A line of a log as it may be shown: no escape sequences, no control characters, its indentation kept, cut with `…`. */
export function logText(raw: string): string {
	const cut = raw.length > longestLogText ? `${raw.slice(0, longestLogText - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : raw;
	return printable(cut.replaceAll('\t', tab)).trimEnd();
}
