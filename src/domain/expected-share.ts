import type {Pod} from './pod.ts';
import type {Endpoint, EndpointSlice} from './service.ts';

/** What share of requests the pods of one owner ought to get: its ready endpoints among all of them. */
export type ExpectedShare = {
	/** uid of the ReplicaSet, or of what else controls the pods; undefined: pods that nothing controls, and endpoints whose pod is not known. */
	readonly ownerUid: string | undefined;
	readonly ready: number;
	readonly share: number;
};

export type ExpectedShareInput = {
	readonly slices: Iterable<EndpointSlice>;
	readonly serviceName: string;
	readonly pods: ReadonlyMap<string, Pick<Pod, 'ownerUid'>>;
};

/** The Service's endpoints, each once: a pod stands in a slice for each address family and set of ports. KUBERNETES.md §9. */
export function endpointsOf({slices, serviceName}: Pick<ExpectedShareInput, 'slices' | 'serviceName'>): readonly Endpoint[] {
	const endpoints = new Map<string, Endpoint>();
	for (const slice of slices) {
		if (slice.serviceName !== serviceName) continue;
		for (const endpoint of slice.endpoints) {
			const key = endpoint.podUid ?? endpoint.addresses.join();
			const known = endpoints.get(key);
			// While the controller moves an endpoint between slices both may be seen: the one that takes traffic counts.
			if (known === undefined || (!known.ready && endpoint.ready)) endpoints.set(key, endpoint);
		}
	}
	return [...endpoints.values()];
}

/** Those that get traffic: the ready ones; where there is none, terminating ones that still serve, as kube-proxy does (KEP-1669). */
export function receivingEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
	const ready = endpoints.filter(endpoint => endpoint.ready);
	return ready.length > 0 ? ready : endpoints.filter(endpoint => endpoint.serving && endpoint.terminating);
}

/** Most endpoints first; of equal ones those without owner last, then by uid, so that rows never change places for nothing. */
function byReady(left: ExpectedShare, right: ExpectedShare): number {
	if (left.ready !== right.ready) return right.ready - left.ready;
	if (left.ownerUid === undefined || right.ownerUid === undefined) return left.ownerUid === undefined ? 1 : -1;
	return left.ownerUid < right.ownerUid ? -1 : 1;
}

/** Shares (0…1, they add up to 1) and counts per owner, most endpoints first; empty where nothing receives traffic. */
export function expectedShares(input: ExpectedShareInput): readonly ExpectedShare[] {
	const receiving = receivingEndpoints(endpointsOf(input));
	const counts = new Map<string | undefined, number>();
	for (const {podUid} of receiving) {
		const ownerUid = podUid === undefined ? undefined : input.pods.get(podUid)?.ownerUid;
		counts.set(ownerUid, (counts.get(ownerUid) ?? 0) + 1);
	}
	return Array.from(counts, ([ownerUid, ready]) => ({ownerUid, ready, share: ready / receiving.length})).sort(byReady);
}
