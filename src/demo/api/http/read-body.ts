import type {IncomingMessage} from 'node:http';
import {load} from 'js-yaml';
import {isObject, type Json, type JsonObject} from '../json.ts';
import {protobufType, readProtobuf} from '../schema/read-protobuf.ts';
import {badRequest, StatusError} from '../status-error.ts';

/** apiserver: MaxRequestBodyBytes. */
const limit = 3 * 1024 * 1024;

/** A body's bytes. Throws StatusError 413; the rest is not read then. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += (chunk as Buffer).length;
		if (size > limit) throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks);
}

/** The media type of a body, without parameters; '' when none is given. */
export function mediaTypeOf(request: IncomingMessage): string {
	return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** A JSON, YAML or protobuf body. Throws what the parser throws. */
export function parseBody(bytes: Buffer, mediaType: string): Json {
	if (mediaType === protobufType) return readProtobuf(bytes);
	const text = bytes.toString('utf8');
	if (mediaType.endsWith('yaml')) return withoutPrototypes(load(text, {json: true}) as Json, {left: 200_000});
	// Such a member would become the prototype of an object as soon as somebody copies it by assignment.
	return text.includes('__proto__') ? withoutPrototypes(JSON.parse(text), {left: Number.POSITIVE_INFINITY}) : JSON.parse(text);
}

/** A few aliases in YAML can stand for more values than fit into any memory, so they are counted. */
function withoutPrototypes(value: Json, budget: {left: number}): Json {
	if (--budget.left < 0) throw new Error('the document has excessive aliasing');
	if (value instanceof Date) return value.toISOString();
	if (Array.isArray(value)) return value.map(item => withoutPrototypes(item, budget));
	if (!isObject(value)) return value === undefined ? null : value;
	const copy: {[key: string]: Json} = {};
	for (const [key, member] of Object.entries(value)) if (key !== '__proto__') copy[key] = withoutPrototypes(member ?? null, budget);
	return copy;
}

/** The object that options come in (delete, binding, …); {} when there is no body. Throws StatusError 400. */
export function parseOptions(bytes: Buffer, mediaType: string): JsonObject {
	if (bytes.length === 0) return {};
	try {
		const value = parseBody(bytes, mediaType);
		if (isObject(value)) return value;
	} catch {
		// Said below, as for everything else that is no object.
	}
	throw badRequest("couldn't get version/kind; json parse error: the body is no JSON object");
}
