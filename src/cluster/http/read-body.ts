import {Buffer} from 'node:buffer';

/** The body as text, at most `limit` bytes of it; the rest is not read. A character that the limit would split is left out. */
export async function readText(body: AsyncIterable<Uint8Array>, limit: number): Promise<{readonly text: string; readonly truncated: boolean}> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		size += chunk.length;
		// Leaving the loop closes the body, and with it the connection.
		if (size > limit) break;
	}
	const bytes = Buffer.concat(chunks).subarray(0, limit);
	// `stream` holds an incomplete last character back.
	return {text: new TextDecoder().decode(bytes, {stream: size > limit}), truncated: size > limit};
}
