import type {Endpoint, EndpointSlice} from './service.ts';

/** A Service's endpoints that get its requests, by the owner of their pods; kept while slices and pods change one by one. */
export type EndpointTally = {
	/** A slice of the Service came (`before` undefined), changed, or went (`after` undefined). */
	readonly slice: (before: EndpointSlice | undefined, after: EndpointSlice | undefined) => void;
	/** A pod came, changed its owner, or went. */
	readonly pod: (uid: string) => void;
	/** By uid of the owner; undefined: pods that nothing controls, and endpoints whose pod is not known. Owners of none are left out. */
	readonly receiving: () => ReadonlyMap<string | undefined, number>;
};

/** What an endpoint gets; `draining`: told to end, and still serving. */
export type Traffic = 'ready' | 'draining' | 'none';

/** An endpoint, or a pod, with how many slices say what of it: there is a slice for each address family and set of ports. */
type Standing = Record<Traffic, number> & {owner: string | undefined};

type Counts = Map<string | undefined, number>;

/**
 * Counts the endpoints that get traffic, each once: the ready ones; where there is none, terminating ones that still serve, as kube-proxy does (KEP-1669). While
 * the controller moves an endpoint between slices both may be seen: the one that takes traffic counts. KUBERNETES.md §9.
 */
export function createEndpointTally(ownerOf: (podUid: string) => string | undefined): EndpointTally {
	const standings = new Map<string, Standing>();
	const counts: Readonly<Record<Traffic, Counts>> = {ready: new Map(), draining: new Map(), none: new Map()};
	const count = (standing: Standing, by: 1 | -1) => {
		const of = counts[standingTraffic(standing)];
		const left = (of.get(standing.owner) ?? 0) + by;
		if (left === 0) of.delete(standing.owner);
		else of.set(standing.owner, left);
	};
	const say = (endpoint: Endpoint, by: 1 | -1) => {
		const {podUid} = endpoint;
		const key = endpointKey(endpoint);
		const known = standings.get(key);
		const standing = known ?? {ready: 0, draining: 0, none: 0, owner: podUid === undefined ? undefined : ownerOf(podUid)};
		if (known !== undefined) count(standing, -1);
		standing[trafficOf(endpoint)] += by;
		const isLeft = standing.ready + standing.draining + standing.none > 0;
		if (isLeft) count(standing, 1);
		if (isLeft && known === undefined) standings.set(key, standing);
		if (!isLeft) standings.delete(key);
	};
	return {
		slice(before, after) {
			const former = before?.endpoints ?? [];
			const fresh = after?.endpoints ?? [];
			// Of a hundred endpoints in a slice mostly one has changed.
			const isKept = (index: number) => isSame(former[index], fresh[index]);
			// First what comes: an endpoint that only changed would else be forgotten in between.
			for (const [index, endpoint] of fresh.entries()) if (!isKept(index)) say(endpoint, 1);
			for (const [index, endpoint] of former.entries()) if (!isKept(index)) say(endpoint, -1);
		},
		pod(uid) {
			const standing = standings.get(uid);
			const owner = ownerOf(uid);
			if (standing === undefined || standing.owner === owner) return;
			count(standing, -1);
			standing.owner = owner;
			count(standing, 1);
		},
		receiving: () => (counts.ready.size > 0 ? counts.ready : counts.draining),
	};
}

/** What tells an endpoint from others: a pod is the same in all slices, whatever its addresses. */
export function endpointKey({podUid, addresses}: Endpoint): string {
	return podUid ?? addresses.join();
}

/** By its conditions. */
export function trafficOf({ready, serving, terminating}: Endpoint): Traffic {
	if (ready) return 'ready';
	return serving && terminating ? 'draining' : 'none';
}

function standingTraffic({ready, draining}: Standing): Traffic {
	if (ready > 0) return 'ready';
	return draining > 0 ? 'draining' : 'none';
}

function isSame(left: Endpoint | undefined, right: Endpoint | undefined): boolean {
	return left !== undefined && right !== undefined && trafficOf(left) === trafficOf(right) && endpointKey(left) === endpointKey(right);
}
