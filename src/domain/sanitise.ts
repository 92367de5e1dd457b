import stripAnsi from 'strip-ansi';

// C0 and C1 controls, DEL, bidirectional overrides and isolates, line and paragraph separators, the byte-order mark.
const unprintable = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g;

// Half a character, as JSON and HTML can escape it.
const half = /\p{Surrogate}/gu;

/** Text from outside that can do nothing to a terminal: escape sequences removed, every run of control characters a single space. */
export function printable(text: string): string {
	return stripAnsi(text).replace(unprintable, ' ').replace(half, '\uFFFD');
}

/** Whether a text holds what `printable` takes out, escape sequences included: they begin with a control character. */
export function isUnprintable(text: string): boolean {
	return text.search(unprintable) !== -1;
}

/** The same as one line without space at its ends. */
export function plainText(text: string): string {
	return printable(text).trim();
}
