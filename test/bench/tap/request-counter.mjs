import {createTextCounter} from './texts.mjs';

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const frameHeader = 9;
/** RFC 9113 §6.2: the frame that opens a request's stream. */
const headersType = 1;
/** Ends the first line of a request of HTTP/1.1; no body that clients of the Kubernetes API send while they watch contains it. */
const requestLineEnd = ' HTTP/1.1\r\n';

/**
 * Counts the requests in what a client sends over one connection, whatever pieces it comes in.
 * @param {string | false | null} protocol as the client and we agreed (ALPN)
 * @returns {(bytes: Buffer) => number} how many requests began in these bytes
 */
export function createRequestCounter(protocol) {
	return protocol === 'h2' ? createFrameCounter() : createTextCounter(requestLineEnd);
}

function createFrameCounter() {
	let skip = preface.length;
	let header = Buffer.alloc(0);
	return (/** @type {Buffer} */ bytes) => {
		let requests = 0;
		for (let at = 0; at < bytes.length; ) {
			if (skip > 0) {
				const skipped = Math.min(skip, bytes.length - at);
				skip -= skipped;
				at += skipped;
				continue;
			}
			const taken = bytes.subarray(at, at + frameHeader - header.length);
			header = Buffer.concat([header, taken]);
			at += taken.length;
			if (header.length < frameHeader) continue;
			if (header[3] === headersType) requests += 1;
			skip = header.readUIntBE(0, 3);
			header = Buffer.alloc(0);
		}
		return requests;
	};
}
