const quote = 0x22;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where values are cut out: every object of a stream, or every item of the list inside one object (`{"items": [{…}, {…}]}`). */
export type SplitLevel = 'stream' | 'items';

/** What a byte is to the one who cuts: outside of every value, its first byte, inside it, its last byte. */
export type Step = 'outside' | 'first' | 'inside' | 'last';

/**
 * Follows the nesting of JSON, byte by byte. Every byte that decides is ASCII and never part of a longer UTF-8 character, so characters
 * need not be decoded. It does not validate: `JSON.parse` of what is cut out does.
 */
export class JsonScanner {
	readonly #captureDepth: 0 | 2;
	#depth = 0;
	#inString = false;
	#escaped = false;
	#capturing = false;
	/** Inside a list that is a direct member of the outermost object. */
	#inRootList = false;

	constructor(level: SplitLevel) {
		this.#captureDepth = level === 'stream' ? 0 : 2;
	}

	/** Everything that was opened is closed. */
	get balanced(): boolean {
		return this.#depth === 0 && !this.#inString;
	}

	get capturing(): boolean {
		return this.#capturing;
	}

	/** Goes on from this place inside of a value to the value's last byte, and gives that one's place; the length of the bytes where it is not among them. */
	skip(bytes: Uint8Array, from: number): number {
		let at = from;
		while (at < bytes.length) {
			if (this.#inString) at = this.#skipString(bytes, at);
			else {
				at = this.#skipNested(bytes, at);
				if (!this.#capturing) return at - 1;
			}
		}
		return at;
	}

	/** To behind the string's end. */
	#skipString(bytes: Uint8Array, from: number): number {
		let escaped = this.#escaped;
		let at = from;
		for (; at < bytes.length; at += 1) {
			const byte = bytes[at];
			if (escaped) escaped = false;
			else if (byte === backslash) escaped = true;
			else if (byte === quote) {
				this.#inString = false;
				this.#escaped = false;
				return at + 1;
			}
		}
		this.#escaped = escaped;
		return at;
	}

	/** To behind the next string's begin, or behind the value. */
	#skipNested(bytes: Uint8Array, from: number): number {
		let at = from;
		for (; at < bytes.length; at += 1) {
			const byte = bytes[at];
			if (byte === quote) {
				this.#inString = true;
				return at + 1;
			}
			if (byte === openBrace || byte === openBracket) this.#open(byte);
			else if ((byte === closeBrace || byte === closeBracket) && this.#close() === 'last') return at + 1;
		}
		return at;
	}

	/** One byte, wherever it stands. */
	step(byte: number): Step {
		if (this.#inString) return this.#insideString(byte);
		switch (byte) {
			case quote:
				this.#inString = true;
				break;
			case openBrace:
			case openBracket:
				return this.#open(byte);
			case closeBrace:
			case closeBracket:
				return this.#close();
			default:
		}
		return this.#capturing ? 'inside' : 'outside';
	}

	#insideString(byte: number): Step {
		if (this.#escaped) this.#escaped = false;
		else if (byte === backslash) this.#escaped = true;
		else if (byte === quote) this.#inString = false;
		return this.#capturing ? 'inside' : 'outside';
	}

	#open(byte: number): Step {
		const starts = byte === openBrace && !this.#capturing && this.#depth === this.#captureDepth && (this.#captureDepth === 0 || this.#inRootList);
		if (byte === openBracket && this.#depth === 1) this.#inRootList = true;
		this.#depth += 1;
		if (!starts) return this.#capturing ? 'inside' : 'outside';
		this.#capturing = true;
		return 'first';
	}

	#close(): Step {
		this.#depth -= 1;
		if (this.#depth <= 1) this.#inRootList = false;
		if (!this.#capturing) return 'outside';
		if (this.#depth !== this.#captureDepth) return 'inside';
		this.#capturing = false;
		return 'last';
	}
}
