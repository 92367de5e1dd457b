const escaped = /[<>&\u2028\u2029]/g;

/** JSON with the letters escaped that Go escapes, so that HTML can hold it (encoding/json: SetEscapeHTML): kubectl compares and hashes the bytes. */
export function asGoWrites(json: string): string {
	return json.replaceAll(escaped, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
