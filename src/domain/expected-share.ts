import type {Pod} from './pod.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisionOf} from './revisions.ts';
import type {Endpoint, EndpointSlice} from './service.ts';

/** What share of requests a revision ought to get: its ready endpoints among all of them. `revision` undefined: endpoints of other workloads. */
export type ExpectedShare = {readonly revision: number | undefined; readonly ready: number; readonly share: number};

export type ExpectedShareInput = {
	readonly slices: Iterable<EndpointSlice>;
	readonly serviceName: string;
	readonly pods: ReadonlyMap<string, Pod>;
	readonly replicaSets: ReadonlyMap<string, ReplicaSet>;
};

/** The Service's endpoints, each once: a pod stands in a slice for each address family and set of ports. KUBERNETES.md §9. */
function endpointsOf({slices, serviceName}: ExpectedShareInput): readonly Endpoint[] {
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
function receivingEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
	const ready = endpoints.filter(endpoint => endpoint.ready);
	return ready.length > 0 ? ready : endpoints.filter(endpoint => endpoint.serving && endpoint.terminating);
}

/** Shares (0…1, they add up to 1) and counts per revision, newest revision first; empty where nothing receives traffic. */
export function expectedShares(input: ExpectedShareInput): readonly ExpectedShare[] {
	const receiving = receivingEndpoints(endpointsOf(input));
	const counts = new Map<number | undefined, number>();
	for (const {podUid} of receiving) {
		const ownerUid = podUid === undefined ? undefined : input.pods.get(podUid)?.ownerUid;
		const owner = ownerUid === undefined ? undefined : input.replicaSets.get(ownerUid);
		const revision = owner && revisionOf(owner);
		counts.set(revision, (counts.get(revision) ?? 0) + 1);
	}
	const shares = Array.from(counts, ([revision, ready]) => ({revision, ready, share: ready / receiving.length}));
	return shares.sort((left, right) => (right.revision ?? -1) - (left.revision ?? -1));
}
