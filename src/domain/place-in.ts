/** Index in an ordered list of the first item that does not come before what is looked for: where that is, or would be. */
export function placeIn<Item>(ordered: readonly Item[], comesBefore: (item: Item) => boolean): number {
	let [from, to] = [0, ordered.length];
	while (from < to) {
		const middle = (from + to) >>> 1;
		const item = ordered[middle];
		if (item !== undefined && comesBefore(item)) from = middle + 1;
		else to = middle;
	}
	return from;
}
