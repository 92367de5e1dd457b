/**
 * The promise's result, or an error when it takes longer than `ms`: a benchmark that waits for ever says nothing.
 * @template Result
 * @param {number} ms
 * @param {string} what
 * @param {Promise<Result>} promise
 * @param {() => string} [seen] what there is instead, for the message
 * @returns {Promise<Result>}
 */
export async function within(ms, what, promise, seen = () => '') {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`waited ${ms / 1000} s in vain for ${what}\n${seen()}`)), ms);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
