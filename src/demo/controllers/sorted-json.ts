/** JSON as Go writes a map: keys in order, nothing that is absent. */
export function sortedJson(value: unknown): string {
	return JSON.stringify(sorted(value)) ?? 'null';
}

/** A value whose objects have their keys in order, at any depth. */
export function sorted<T>(value: T): T {
	if (Array.isArray(value)) return value.map(sorted) as T;
	if (typeof value !== 'object' || value === null) return value;
	const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
	return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)])) as T;
}
