/** What somebody did at the keyboard. */
export type Input =
	/** One key, by the name that the keymap knows it by; a character is its own name. */
	| {readonly kind: 'key'; readonly name: string}
	/** Characters that came at once: a paste without marks, or typing faster than it is read. They are text, and never keys. */
	| {readonly kind: 'text'; readonly text: string}
	/** Text that the terminal says was not typed. */
	| {readonly kind: 'pasted'; readonly text: string};

/** What one read brought, in its order. A key without a name is something that is not understood. */
export type Piece = {readonly kind: 'characters'; readonly text: string} | {readonly kind: 'key'; readonly name: string | undefined};

/** Nothing may keep anybody from leaving; the others are wanted in the middle of quick typing, and change nothing. */
const everywhere: ReadonlySet<string> = new Set([
	'ctrl+c',
	'ctrl+z',
	'backspace',
	'escape',
	'up',
	'down',
	'left',
	'right',
	'home',
	'end',
	'page-up',
	'page-down',
]);

/** Keys that move, held or pressed on a line that brings several at once. Nothing else may come of them than moves or, in a line, the text. */
const moves = /^[jkgG]{1,32}$/;

/** Whether all that came are keys that move. */
export function areMoves([piece, ...more]: readonly Piece[]): boolean {
	return piece?.kind === 'characters' && more.length === 0 && moves.test(piece.text);
}

/** How many characters there are. */
export function charactersIn(pieces: readonly Piece[]): number {
	return pieces.reduce((sum, piece) => sum + (piece.kind === 'characters' ? [...piece.text].length : 0), 0);
}

/**
 * Alone in its read a character is a key. Among others, or as a part of more, it is text, and what could act beside it is dropped; only those that
 * move may come together.
 */
export function inputsOf(pieces: readonly Piece[], isPartOfMore: boolean): readonly Input[] {
	if (!isPartOfMore && areMoves(pieces))
		return pieces.flatMap(piece => (piece.kind === 'characters' ? [...piece.text].map(name => ({kind: 'key', name}) as const) : []));
	const count = charactersIn(pieces);
	const isKey = count === 1 && pieces.length === 1 && !isPartOfMore;
	const isBesideText = count > 0 || isPartOfMore;
	return pieces.flatMap((piece): readonly Input[] => {
		if (piece.kind === 'key') return piece.name !== undefined && (everywhere.has(piece.name) || !isBesideText) ? [{kind: 'key', name: piece.name}] : [];
		if (piece.text === '') return [];
		return isKey ? [{kind: 'key', name: piece.text}] : [{kind: 'text', text: piece.text}];
	});
}
