import {endpointKey, trafficOf} from './endpoint-tally.ts';
import type {Endpoint, EndpointSlice} from './service.ts';

/** What share of requests the pods of one owner ought to get: its ready endpoints among all of them. */
export type ExpectedShare = {
	/** uid of the ReplicaSet, or of what else controls the pods; undefined: pods that nothing controls, and endpoints whose pod is not known. */
	readonly ownerUid: string | undefined;
	readonly ready: number;
	readonly share: number;
};

const rank = {ready: 2, draining: 1, none: 0} as const;

type ServiceEndpoints = {readonly slices: Iterable<EndpointSlice>; readonly serviceName: string};

/** The Service's endpoints, each once: a pod stands in a slice for each address family and set of ports. KUBERNETES.md §9. */
export function endpointsOf({slices, serviceName}: ServiceEndpoints): readonly Endpoint[] {
	const endpoints = new Map<string, Endpoint>();
	for (const slice of slices) {
		if (slice.serviceName !== serviceName) continue;
		for (const endpoint of slice.endpoints) {
			const key = endpointKey(endpoint);
			const known = endpoints.get(key);
			// While the controller moves an endpoint between slices both may be seen: the one that takes traffic counts.
			if (known === undefined || rank[trafficOf(endpoint)] > rank[trafficOf(known)]) endpoints.set(key, endpoint);
		}
	}
	return [...endpoints.values()];
}

/** Those that get traffic: the ready ones; where there is none, terminating ones that still serve, as kube-proxy does (KEP-1669). */
export function receivingEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
	const ready = endpoints.filter(endpoint => endpoint.ready);
	return ready.length > 0 ? ready : endpoints.filter(endpoint => trafficOf(endpoint) === 'draining');
}

/** Most endpoints first; of equal ones those without owner last, then by uid, so that rows never change places for nothing. */
function byReady(left: ExpectedShare, right: ExpectedShare): number {
	if (left.ready !== right.ready) return right.ready - left.ready;
	if (left.ownerUid === undefined || right.ownerUid === undefined) return left.ownerUid === undefined ? 1 : -1;
	return left.ownerUid < right.ownerUid ? -1 : 1;
}

/** Shares (0…1, they add up to 1) of so many endpoints that get traffic per owner, most endpoints first; empty where there are none. */
export function sharesOf(receiving: ReadonlyMap<string | undefined, number>): readonly ExpectedShare[] {
	const total = [...receiving.values()].reduce((sum, ready) => sum + ready, 0);
	return Array.from(receiving, ([ownerUid, ready]) => ({ownerUid, ready, share: ready / total})).sort(byReady);
}
