import type {Piece} from './input.ts';
import {lex} from './lexer.ts';

/** Text of UTF-8 bytes; `isWhole`: no rest of a character comes with the next ones. */
export type DecodeText = (bytes: string, isWhole: boolean) => string;

export type Pieces = {
	readonly pieces: readonly Piece[];
	/** What of the last piece has come; more must come before it can be told what it is. */
	readonly pending: string;
	/** What began and goes on in the rest of the bytes. */
	readonly begun: 'paste' | 'string' | undefined;
	readonly rest: string;
};

/** The keys and characters up to where a paste or a text for programs begins, and the bytes from there on. */
export function piecesOf(bytes: string, decode: DecodeText): Pieces {
	const pieces: Piece[] = [];
	for (let at = 0; at < bytes.length; ) {
		const found = lex(bytes, at);
		if (found === undefined) return {pieces, pending: bytes.slice(at), begun: undefined, rest: ''};
		const {token, next} = found;
		if (token.kind === 'characters') pieces.push({kind: 'characters', text: decode(token.bytes, next < bytes.length)});
		else if (token.kind === 'key') pieces.push(token);
		else return {pieces, pending: '', begun: token.kind, rest: bytes.slice(next)};
		at = next;
	}
	return {pieces, pending: '', begun: undefined, rest: ''};
}
