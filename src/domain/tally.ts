/** Counts one more, or one less, of the key. What there is none of is not kept. */
export function tally<Key>(counts: Map<Key, number>, key: Key, more: 1 | -1): void {
	const counted = (counts.get(key) ?? 0) + more;
	if (counted === 0) counts.delete(key);
	else counts.set(key, counted);
}
