import {Buffer} from 'node:buffer';
import {ClusterError} from './errors.ts';
import {JsonScanner, type SplitLevel} from './json-scanner.ts';

const zero = 0x30;

/** One object without end would fill the memory; etcd takes no object above 1.5 MB, so these are far beyond any real one. */
const largestValue = 32 * 1024 * 1024;
const largestEnvelope = 1024 * 1024;

function garbage(what: string): ClusterError {
	return new ClusterError(`the API server ${what}`, {kind: 'garbage', hint: 'is this address really a Kubernetes API server?'});
}

function isBetween(byte: number): boolean {
	return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/**
 * Cuts JSON objects out of bytes as they come. JSON frames itself: neither chunk boundaries nor line ends mean anything, and a character that was
 * split between two chunks is whole again before it is decoded. The items of a list are cut out one by one, so that a list of thousands
 * never lies in the memory as a whole.
 */
export class JsonSplitter {
	readonly #level: SplitLevel;
	readonly #scanner: JsonScanner;
	#pending: Uint8Array[] = [];
	#pendingBytes = 0;
	readonly #envelope: number[] = [];

	constructor(level: SplitLevel) {
		this.#level = level;
		this.#scanner = new JsonScanner(level);
	}

	/** The bytes of the objects that are complete with this chunk. Throws ClusterError `garbage` on what can't be JSON objects. */
	push(chunk: Uint8Array): readonly Buffer[] {
		const values: Buffer[] = [];
		const scanner = this.#scanner;
		for (let index = 0; index < chunk.length; index += 1) {
			const start = index;
			const goesOn = scanner.capturing;
			if (!goesOn && scanner.step(chunk[index] ?? 0) !== 'first') {
				this.#outside(chunk[index] ?? 0);
				continue;
			}
			index = scanner.skip(chunk, goesOn ? start : start + 1);
			if (scanner.capturing) this.#keep(chunk.subarray(start));
			else values.push(this.#take(chunk.subarray(start, index + 1)));
		}
		return values;
	}

	/** With level `items`: the surrounding object, a 0 in the place of each item. Throws ClusterError `garbage` where the answer stopped in the middle. */
	end(): Buffer {
		if (!this.#scanner.balanced) throw garbage('stopped in the middle of its answer');
		return Buffer.from(this.#envelope);
	}

	#outside(byte: number): void {
		if (this.#level === 'stream') {
			if (!isBetween(byte)) throw garbage('sent something that is no JSON');
			return;
		}
		this.#envelope.push(byte);
		if (this.#envelope.length > largestEnvelope) throw garbage('sent an answer that is no list');
	}

	#keep(bytes: Uint8Array): void {
		this.#pending.push(bytes);
		this.#pendingBytes += bytes.length;
		if (this.#pendingBytes > largestValue) throw garbage('sent one object of more than 32 MB');
	}

	#take(last: Uint8Array): Buffer {
		// As a rule it lies in one piece: then nothing is copied.
		const isWhole = this.#pending.length === 0;
		this.#keep(last);
		const value = isWhole ? Buffer.from(last.buffer, last.byteOffset, last.byteLength) : Buffer.concat(this.#pending);
		this.#pending = [];
		this.#pendingBytes = 0;
		if (this.#level === 'items') this.#outside(zero);
		return value;
	}
}
