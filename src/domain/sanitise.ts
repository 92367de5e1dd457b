import stripAnsi from 'strip-ansi';

// Nearly everything: nothing in it that needs a closer look.
const ordinary = /^[\x20-\x7E]*$/;

// C0 and C1 controls, DEL, bidirectional marks, overrides and isolates, line and paragraph separators, the byte-order mark.
const unprintable = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g;

// What nobody sees: zero-width spaces, soft hyphens, fillers, tags. Joiners and variation selectors belong to emoji and to scripts that are no ASCII; behind a
// letter of ASCII they only make one name look like another.
const unseen =
	/(?:(?!\u200C|\u200D|[\uFE00-\uFE0F])(?:\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]))+|(?<!\P{ASCII})(?!\uFE0F\u20E3)(?:\u200C|\u200D|[\uFE00-\uFE0F])+/gu;

// Half a character, as JSON and HTML can escape it.
const half = /\p{Surrogate}/gu;

/**
 * Text from outside that can do nothing to a terminal and hides nothing: escape sequences removed, every run of control characters a single space, every run of
 * characters that nobody sees one `�`.
 */
export function printable(text: string): string {
	if (ordinary.test(text)) return text;
	return stripAnsi(text).replace(unprintable, ' ').replace(unseen, '\uFFFD').replace(half, '\uFFFD');
}

/** All of both, wherever they stand: where they are written in another way nothing is lost, and an emoji is none. */
const hidden = /(?:[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFF9-\uFFFB]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point})+/gu;

/** The text with each character written in another way that would act on a terminal or that nobody sees. `write` gets them in runs. */
export function withEscapes(text: string, write: (hidden: string) => string): string {
	return ordinary.test(text) ? text : text.replace(hidden, write);
}

/** Whether a text holds what `printable` takes out, escape sequences included: they begin with a control character. */
export function isUnprintable(text: string): boolean {
	return text.search(unprintable) !== -1 || text.search(unseen) !== -1 || text.search(half) !== -1;
}

/** The same as one line without space at its ends. */
export function plainText(text: string): string {
	return printable(text).trim();
}
