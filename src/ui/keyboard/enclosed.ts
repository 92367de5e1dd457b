/** Bytes of something that has an end: what belongs to it, what comes after, and what could be a part of its end. */
export type Enclosed = {
	readonly inside: string;
	/** Undefined while it goes on. */
	readonly rest: string | undefined;
	readonly pending: string;
};

const pasteEnd = '\x1B[201~';
/** Ends a text for programs: its own mark, or what no such text holds, so that nobody has to wait. */
const stringEnd = /\x07|\x1B\\?|[\x03\x18\x1A]/;

/** A pasted text up to the terminal's mark, which may come in pieces. */
export function pastedPart(bytes: string): Enclosed {
	const end = bytes.indexOf(pasteEnd);
	if (end >= 0) return {inside: bytes.slice(0, end), rest: bytes.slice(end + pasteEnd.length), pending: ''};
	let kept = Math.min(pasteEnd.length - 1, bytes.length);
	while (!pasteEnd.startsWith(bytes.slice(bytes.length - kept))) kept--;
	return {inside: bytes.slice(0, bytes.length - kept), rest: undefined, pending: bytes.slice(bytes.length - kept)};
}

/** What a terminal tells programs, as its colours or the clipboard: up to BEL or `ESC \`. ECMA-48 8.3.89, 8.3.143. */
export function stringPart(bytes: string): Enclosed {
	const end = stringEnd.exec(bytes);
	if (end === null) return {inside: bytes, rest: undefined, pending: ''};
	const [mark] = end;
	// With what follows it is told what an escape is.
	if (mark === '\x1B' && end.index === bytes.length - 1) return {inside: '', rest: undefined, pending: mark};
	const isOwn = mark === '\x07' || mark.length === 2;
	return {inside: '', rest: bytes.slice(end.index + (isOwn ? mark.length : 0)), pending: ''};
}
