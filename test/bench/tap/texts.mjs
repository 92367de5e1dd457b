/** Longer than any text that is looked for, so that one which comes in two pieces is found. */
const overlap = 64;

/**
 * Finds texts in a stream of bytes, whatever pieces they come in.
 * @returns {(bytes: Buffer, wanted: Iterable<string>) => string[]} which of them these bytes complete
 */
export function createMarkerFinder() {
	let tail = '';
	return (bytes, wanted) => {
		// Bytes and characters of latin1 are the same in number; the texts are plain ASCII.
		const text = tail + bytes.toString('latin1');
		const known = tail.length;
		tail = text.slice(-overlap);
		// What the tail holds whole has come before, when nobody may have looked for it yet.
		return [...wanted].filter(marker => text.includes(marker, Math.max(0, known - marker.length + 1)));
	};
}

/**
 * Counts a text in a stream of bytes, whatever pieces they come in.
 * @param {string} wanted
 * @returns {(bytes: Buffer) => number} how often these bytes complete it
 */
export function createTextCounter(wanted) {
	let tail = '';
	return bytes => {
		const text = tail + bytes.toString('latin1');
		tail = text.slice(-(wanted.length - 1));
		return text.split(wanted).length - 1;
	};
}
