/**
 * The limit that DESIGN's budgets set for a Deployment of so many pods; undefined where they set none.
 * @param {Readonly<Record<number, number>>} limits by number of pods
 * @param {number} pods
 */
export function limitFor(limits, pods) {
	const limit = limits[pods];
	return limit === undefined ? {} : {limit};
}
