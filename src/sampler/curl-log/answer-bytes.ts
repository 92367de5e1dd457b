import type {Answer} from '../../domain/sample.ts';
import {decodeBody} from '../decode-body.ts';

type Head = {readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bodyAt: number};

const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/;
const longestBody = 64 * 1024;

/** Where the line that begins at `from` ends, and where the next one begins; undefined: the bytes end before it does. */
function lineAt(bytes: Buffer, from: number): {readonly text: string; readonly next: number} | undefined {
	const end = bytes.indexOf(0x0a, from);
	return end === -1 ? undefined : {text: bytes.toString('latin1', from, end).replace(/\r$/, ''), next: end + 1};
}

/** Headers that come several times are joined. */
function addHeader(headers: Record<string, string>, line: string): void {
	const colon = line.indexOf(':');
	const name = line.slice(0, Math.max(0, colon)).toLowerCase();
	const value = line.slice(colon + 1).trim();
	// A header of that name would set the prototype.
	if (name !== '' && name !== '__proto__') headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
}

/** One status line with its headers. A head that was cut off keeps what there is of it. */
function headAt(bytes: Buffer, from: number): Head | undefined {
	const first = lineAt(bytes, from);
	const status = statusLine.exec(first?.text ?? '')?.[1];
	if (first === undefined || status === undefined) return undefined;
	const headers: Record<string, string> = {};
	let at = first.next;
	for (let line = lineAt(bytes, at); line !== undefined; line = lineAt(bytes, at)) {
		at = line.next;
		if (line.text === '') return {status: Number(status), headers, bodyAt: at};
		addHeader(headers, line.text);
	}
	return {status: Number(status), headers, bodyAt: bytes.length};
}

/**
 * The answer in the bytes that `curl -i` has written, of which the end may be missing; undefined where they are no HTTP. Interim answers (`100 Continue`)
 * are passed over, as everywhere. `size` is how long the body was.
 */
export function answerOf(bytes: Buffer, size: number): Answer | undefined {
	let head = headAt(bytes, 0);
	while (head !== undefined && head.status < 200) head = headAt(bytes, head.bodyAt);
	if (head === undefined) return undefined;
	const {status, headers, bodyAt} = head;
	const body = bytes.subarray(bodyAt);
	return {status, headers, ...decodeBody(body, headers, longestBody, body.length < size)};
}
