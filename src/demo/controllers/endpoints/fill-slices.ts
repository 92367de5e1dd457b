import type {Service} from '../kinds.ts';
import {endpointKey} from './endpoint-of.ts';
import type {Endpoint, EndpointSlice} from './endpoint-types.ts';
import {hasOldLabels, sliceLabels} from './slice-labels.ts';

/** Slices of one set of ports, made right with as few writes as may be. */
export interface Filled {
	/** The endpoints of each slice to be made. */
	readonly create: readonly (readonly Endpoint[])[];
	readonly update: readonly EndpointSlice[];
	readonly remove: readonly EndpointSlice[];
}

interface Draft {
	readonly slice: EndpointSlice;
	readonly endpoints: Endpoint[];
	state: 'unchanged' | 'changed' | 'empty';
}

const most = 100;

/**
 * Takes out of the slices what is not desired and renews what has changed, then puts what is missing into slices that change anyway, fullest first, then
 * into one that has room for all of the rest, else into new ones (kubernetes: endpointslice/reconciler.go reconcileByPortMapping).
 */
export function fillSlices(service: Service, existing: readonly EndpointSlice[], desired: ReadonlyMap<string, Endpoint>): Filled {
	const missing = new Map(desired);
	const drafts = existing.map(slice => renew(service, slice, missing));
	const rest = [...missing.values()];
	const changing = drafts.filter(({state}) => state === 'changed').toSorted((left, right) => right.endpoints.length - left.endpoints.length);
	for (const {endpoints} of changing) endpoints.push(...rest.splice(0, Math.max(0, most - endpoints.length)));
	const create: Endpoint[][] = [];
	while (rest.length > 0) {
		const roomy = rest.length < most ? tightest(drafts, rest.length) : undefined;
		if (roomy === undefined) create.push(rest.splice(0, most));
		else {
			roomy.endpoints.push(...rest.splice(0));
			roomy.state = 'changed';
		}
	}
	return {
		create,
		update: drafts.filter(({state}) => state === 'changed').map(({slice, endpoints}) => updated(service, slice, endpoints)),
		remove: drafts.filter(({state}) => state === 'empty').map(({slice}) => slice),
	};
}

/** Keeps of a slice what is desired, and strikes that off `missing`. */
function renew(service: Service, slice: EndpointSlice, missing: Map<string, Endpoint>): Draft {
	const known = slice.endpoints ?? [];
	const endpoints: Endpoint[] = [];
	let isChanged = false;
	for (const endpoint of known) {
		const key = endpointKey(endpoint);
		const wanted = missing.get(key);
		if (wanted === undefined) continue;
		missing.delete(key);
		endpoints.push(wanted);
		isChanged ||= !sameEndpoint(wanted, endpoint);
	}
	if (isChanged || endpoints.length !== known.length) return {slice, endpoints, state: endpoints.length === 0 ? 'empty' : 'changed'};
	return {slice, endpoints, state: hasOldLabels(service, slice.metadata.labels) ? 'changed' : 'unchanged'};
}

function sameEndpoint(left: Endpoint, right: Endpoint): boolean {
	return (
		left.nodeName === right.nodeName &&
		left.zone === right.zone &&
		left.conditions.ready === right.conditions.ready &&
		left.conditions.serving === right.conditions.serving &&
		left.conditions.terminating === right.conditions.terminating &&
		left.targetRef?.uid === right.targetRef?.uid
	);
}

/** The unchanged slice that is fullest when `count` more are in it. */
function tightest(drafts: readonly Draft[], count: number): Draft | undefined {
	const roomy = drafts.filter(({state, endpoints}) => state === 'unchanged' && endpoints.length + count <= most);
	return roomy.toSorted((left, right) => right.endpoints.length - left.endpoints.length)[0];
}

function updated(service: Service, slice: EndpointSlice, endpoints: readonly Endpoint[]): EndpointSlice {
	return {...slice, metadata: {...slice.metadata, labels: sliceLabels(service)}, endpoints};
}
