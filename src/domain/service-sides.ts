import {receivingEndpoints} from './expected-share.ts';
import type {Endpoint} from './service.ts';

/** Endpoints by their conditions; a terminating one that still serves counts in both. */
export type EndpointCounts = {
	/** Get new requests. */
	readonly ready: number;
	/** Would answer well: the ready ones, and terminating ones whose probe still passes. */
	readonly serving: number;
	readonly terminating: number;
	/** Neither ready nor terminating. */
	readonly unready: number;
};

/** What stands behind a Service for one owner. */
export type ServiceSide<Owner> = {
	readonly owner: Owner;
	readonly endpoints: EndpointCounts;
	/** 0…1: what share of the requests it ought to get; undefined where nobody gets any. */
	readonly share: number | undefined;
};

/** How many endpoints there are of each kind. */
export function countEndpoints(endpoints: readonly Endpoint[]): EndpointCounts {
	const count = (is: (endpoint: Endpoint) => boolean) => endpoints.filter(is).length;
	return {
		ready: count(({ready}) => ready),
		serving: count(({ready, serving}) => ready || serving),
		terminating: count(({terminating}) => terminating),
		unready: count(({ready, terminating}) => !ready && !terminating),
	};
}

/** A Service's endpoints by whose they are, in the order in which owners first occur. Each endpoint must occur only once. */
export function serviceSides<Owner>(endpoints: readonly Endpoint[], ownerOf: (endpoint: Endpoint) => Owner): readonly ServiceSide<Owner>[] {
	const owned = endpoints.map(endpoint => ({endpoint, owner: ownerOf(endpoint)}));
	const receiving = new Set(receivingEndpoints(endpoints));
	return Array.from(new Set(owned.map(({owner}) => owner)), owner => {
		const own = owned.filter(one => one.owner === owner).map(({endpoint}) => endpoint);
		const received = own.filter(endpoint => receiving.has(endpoint)).length;
		return {owner, endpoints: countEndpoints(own), share: receiving.size === 0 ? undefined : received / receiving.size};
	});
}
