import {TextDecoder} from 'node:util';
import {brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync} from 'node:zlib';

/** A body as text, and whether that is not all of it. */
export type DecodedBody = {readonly body: string; readonly truncated: boolean};

type Headers = Readonly<Record<string, string>>;

// The end may be missing, since of a long body only the beginning is read.
const inflating = {finishFlush: constants.Z_SYNC_FLUSH};
const decompressors: Readonly<Record<string, (bytes: Buffer, maxOutputLength: number) => Buffer>> = {
	gzip: (bytes, maxOutputLength) => gunzipSync(bytes, {...inflating, maxOutputLength}),
	// RFC 9110 8.4.1.2 means zlib's format; many servers send it without zlib's two bytes in front.
	deflate: (bytes, maxOutputLength) => (hasZlibHeader(bytes) ? inflateSync : inflateRawSync)(bytes, {...inflating, maxOutputLength}),
	br: (bytes, maxOutputLength) => brotliDecompressSync(bytes, {finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength}),
};
const mostEncodings = 4;

/** RFC 1950 2.2: method 8, and a check that makes both bytes a multiple of 31. */
function hasZlibHeader(bytes: Buffer): boolean {
	const [first = 0, second = 0] = bytes;
	return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** Encodings in the order in which they were applied; undefined where one is not known. */
function encodingsOf(headers: Headers): readonly string[] | undefined {
	const named = (headers['content-encoding'] ?? '').toLowerCase().split(',', mostEncodings + 1);
	const encodings = named.map(name => name.trim().replace(/^x-gzip$/, 'gzip')).filter(name => name !== '' && name !== 'identity');
	return encodings.length <= mostEncodings && encodings.every(name => Object.hasOwn(decompressors, name)) ? encodings : undefined;
}

/**
 * What the longest prefix comes to that can be decompressed and is not too long: all of a sound body, the beginning of a broken one or of a bomb. Found
 * by halves, until half of the limit is reached: each try costs no more than the limit, whatever the body would have been.
 */
function decompress(bytes: Buffer, encoding: string, limit: number): {readonly bytes: Buffer; readonly whole: boolean} {
	const attempt = (length: number) => {
		try {
			return decompressors[encoding]?.(bytes.subarray(0, length), limit);
		} catch {
			return undefined;
		}
	};
	const whole = attempt(bytes.length);
	if (whole !== undefined) return {bytes: whole, whole: true};
	let best: Buffer = Buffer.alloc(0);
	let good = 0;
	let bad = bytes.length;
	while (bad - good > 1 && best.length < limit / 2) {
		const middle = Math.floor((good + bad) / 2);
		const part = attempt(middle);
		if (part === undefined) bad = middle;
		else [good, best] = [middle, part];
	}
	return {bytes: best, whole: false};
}

const boms: readonly (readonly [charset: string, ...bytes: readonly number[]])[] = [
	['utf-8', 0xef, 0xbb, 0xbf],
	['utf-16le', 0xff, 0xfe],
	['utf-16be', 0xfe, 0xff],
];
const inType = /;\s{0,8}charset\s{0,8}=\s{0,8}["']?([\w.:+-]{1,40})/i;
const inMarkup = /^\s{0,100}<\?xml\b[^>]{0,200}\bencoding\s{0,8}=\s{0,8}["']([\w.:+-]{1,40})|<meta\b[^>]{0,300}\bcharset\s{0,8}=\s{0,8}["']?([\w.:+-]{1,40})/i;
// As far as browsers look, see "prescan a byte stream" in the HTML standard.
const prescanned = 1024;

/** In a browser's order: byte-order mark, header, and for what looks like markup its own word. */
function charsetOf(bytes: Buffer, headers: Headers): string {
	const marked = boms.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte));
	if (marked !== undefined) return marked[0];
	const named = inType.exec(headers['content-type'] ?? '')?.[1];
	if (named !== undefined) return named;
	const match = inMarkup.exec(bytes.toString('latin1', 0, prescanned));
	const said = match?.[1] ?? match?.[2] ?? 'utf-8';
	// It could be read byte by byte, so it is wrong about itself.
	return /^utf-?16/i.test(said) ? 'utf-8' : said;
}

function decoderOf(charset: string): TextDecoder {
	try {
		return new TextDecoder(charset);
	} catch {
		// No charset, or none that this Node knows.
		return new TextDecoder();
	}
}

// Controls that no text has; what text may have are 7 to 13 (bell to carriage return) and escape.
const controls = /[\u0000-\u0006\u000E-\u001A\u001C-\u001F]/g;
const judged = 1024;
const mostControls = 1 / 50;

/** The text, without NULs at its end (a C string sent with one too many); nothing where it is none. */
function textOnly(text: string): string {
	let end = text.length;
	while (text[end - 1] === '\0') end -= 1;
	const trimmed = text.slice(0, end);
	const beginning = trimmed.slice(0, judged);
	const count = beginning.match(controls)?.length ?? 0;
	return trimmed.includes('\0') || count > beginning.length * mostControls ? '' : trimmed;
}

/**
 * A body's bytes as text: `gzip`, `deflate` and `br` undone although nobody asked for them, the charset by byte-order mark, `content-type` or the page's own
 * word, else UTF-8. It never throws, and gives no more than `limit` characters: what is broken is read as far as it can be, bytes that are no text in a
 * charset become U+FFFD, and binary or unknown encodings (zstd: no Node 20 has it) are the empty text.
 */
export function decodeBody(received: Buffer, headers: Headers, limit: number, cut: boolean): DecodedBody {
	const encodings = encodingsOf(headers);
	if (encodings === undefined) return {body: '', truncated: cut};
	let bytes = received;
	let truncated = cut;
	for (const encoding of encodings.toReversed()) {
		const decompressed = decompress(bytes, encoding, limit);
		// Not a byte of it is what the header says: servers do name an encoding and send plain text.
		if (!decompressed.whole && decompressed.bytes.length === 0) break;
		bytes = decompressed.bytes;
		truncated ||= !decompressed.whole;
	}
	// A character that the cut has split is left off.
	const text = decoderOf(charsetOf(bytes, headers)).decode(bytes, {stream: truncated});
	return {body: textOnly(text), truncated};
}
