import type {Buffer} from 'node:buffer';

const quote = 0x22;
const backslash = 0x5c;
const open = [0x5b, 0x7b] as const;
const close = [0x5d, 0x7d] as const;

/** No text can hold this: inside of one, a quote has a backslash before it. */
const beginning = '"managedFields":[';

/**
 * An API object of a list or a watch, but for what its `managedFields` say: who wrote which field is a third of a pod's bytes, and nobody here reads it. Throws
 * SyntaxError for what is no JSON.
 */
export function parseObject(bytes: Buffer): unknown {
	const start = bytes.indexOf(beginning);
	const end = start === -1 ? -1 : endOfList(bytes, start + beginning.length - 1);
	if (end === -1) return JSON.parse(bytes.toString());
	return JSON.parse(bytes.toString('utf8', 0, start + beginning.length) + bytes.toString('utf8', end));
}

/** Where the bracket is that closes the one at this place; -1 where there is none. */
function endOfList(bytes: Buffer, from: number): number {
	let depth = 0;
	for (let at = from; at < bytes.length; at += 1) {
		const byte = bytes[at];
		if (byte === quote) at = endOfText(bytes, at);
		else if (byte === open[0] || byte === open[1]) depth += 1;
		else if (byte === close[0] || byte === close[1]) depth -= 1;
		if (depth === 0) return at;
	}
	return -1;
}

function endOfText(bytes: Buffer, from: number): number {
	let at = from + 1;
	while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
	return at;
}
