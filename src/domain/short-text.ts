import {plainText} from './sanitise.ts';

/** Text from outside as one printable line of at most `length` characters, cut with `…`; never through the middle of a character. */
export function shortText(text: string, length: number): string {
	// Cut before cleaning too: an event message can be of any size, and cleaning is the dear part.
	const plain = plainText(text.slice(0, 16 * length));
	if (plain.length <= length && text.length <= 16 * length) return plain;
	const cut = plain.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '');
	return `${cut.trimEnd()}…`;
}
