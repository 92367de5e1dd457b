/**
 * @typedef {import('../proxy.mjs').Proxy} Proxy
 * @typedef {import('../proxy.mjs').Exchange} Exchange
 * @typedef {import('../random.mjs').Random} Random
 * @typedef {{
 *   what: string,
 *   isDown: boolean,
 *   leavesDead?: boolean,
 *   isOneOfMany?: boolean,
 *   hooks?: import('../proxy.mjs').Hooks,
 *   start?(proxy: Proxy): unknown, stop?(proxy: Proxy): unknown,
 * }} Fault one that is ready to be played. `isDown`: nothing of what it hits gets through, so the program has to say so; `leavesDead`: what was open stays
 *   half-open after it; `isOneOfMany`: one connection alone is dead
 */

/** All streams, or some of them. @typedef {{text: string, hits(exchange: Exchange): boolean}} Scope */

const streams = ['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'];

/** @type {Scope} */
export const everything = {text: '', hits: () => true};

/** @param {Random} random @returns {Scope} */
export function someScope(random) {
	if (random.chance(0.6)) return everything;
	return only(streams.filter(() => random.chance(0.4)).concat(random.pick(streams)));
}

/** @param {readonly string[]} names @returns {Scope} */
export function only(names) {
	const set = new Set(names);
	return {text: ` (${[...set].join(', ')})`, hits: ({stream}) => set.has(stream)};
}

/** The open watches that are hit. @param {Proxy} proxy @param {Scope} scope */
export function watchesOf(proxy, {hits}) {
	return [...proxy.watches].filter(([exchange]) => hits(exchange));
}

/** As a server does that goes away (`clean`), or a network (`cut`). @param {Proxy} proxy @param {Scope} scope @param {'clean' | 'cut'} how */
export function endWatches(proxy, scope, how) {
	for (const [, outlet] of watchesOf(proxy, scope)) outlet.end(how);
}
