/** Where two JSON texts differ: paths with both values, so that a person sees at once what is meant. */
export function jsonDifferences(left: string, right: string): readonly string[] {
	return [...differing(JSON.parse(left), JSON.parse(right), '')];
}

/** Pairs each text with the one that differs from it least, and says where; those without a partner stay as they are. */
export function pairedDifferences(left: readonly string[], right: readonly string[]): readonly string[] {
	const open = [...right];
	const lines = left.map(text => {
		const [nearest] = open.map(other => ({other, paths: jsonDifferences(text, other)})).toSorted((one, two) => one.paths.length - two.paths.length);
		if (nearest === undefined) return `only here: ${text}`;
		open.splice(open.indexOf(nearest.other), 1);
		return `${nameOf(text)}: ${nearest.paths.slice(0, 6).join(', ')}`;
	});
	return [...lines, ...open.map(text => `only there: ${text}`)];
}

function nameOf(text: string): string {
	return /"name":"([^"]*)","namespace"/.exec(text)?.[1] ?? 'an object';
}

function* differing(left: unknown, right: unknown, path: string): Generator<string> {
	if (JSON.stringify(left) === JSON.stringify(right)) return;
	if (!isObject(left) || !isObject(right)) {
		yield `${path} ${JSON.stringify(left)} ≠ ${JSON.stringify(right)}`;
		return;
	}
	for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) yield* differing(left[key], right[key], `${path}.${key}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
