type Labels = Readonly<Record<string, string>>;

function selects(selector: Labels, labels: Labels): boolean {
	const pairs = Object.entries(selector);
	return pairs.length > 0 && pairs.every(([name, value]) => labels[name] === value);
}

/** The Service, once it was seen, selects neither side. */
export function isNobody(selector: Labels, ...sides: readonly Labels[]): boolean {
	return Object.keys(selector).length > 0 && !sides.some(labels => selects(selector, labels));
}

/** The Service selects this side and not the other. */
export function isOnly(selector: Labels, side: Labels, other: Labels): boolean {
	return selects(selector, side) && !selects(selector, other);
}
