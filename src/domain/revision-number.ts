/** A revision annotation read as kubectl reads it: a number, or why it is none. */
export type RevisionNumber = {readonly kind: 'number'; readonly value: number} | {readonly kind: 'invalid'; readonly error: string};

const largest = 2n ** 63n - 1n;

/**
 * The number in a revision annotation; absent is 0, what is no 64-bit integer is `invalid` with Go's own words.
 * kubectl: deployment_util.go Revision, strconv.ParseInt.
 */
export function revisionNumber(text: string | undefined): RevisionNumber {
	if (text === undefined) return {kind: 'number', value: 0};
	if (!/^[+-]?\d+$/.test(text)) return {kind: 'invalid', error: `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`};
	const value = BigInt(text.replace('+', ''));
	if (value > largest || value < -largest - 1n) return {kind: 'invalid', error: `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`};
	return {kind: 'number', value: Number(value)};
}
