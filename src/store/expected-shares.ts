import {createEndpointTally, type EndpointTally} from '../domain/endpoint-tally.ts';
import {type ExpectedShare, sharesOf} from '../domain/expected-share.ts';
import type {EndpointSlice} from '../domain/service.ts';
import {following} from './followed.ts';
import type {State} from './state.ts';

type Objects = Pick<State, 'endpointSlices' | 'pods'>;

/** Of one Service. */
type Counted = {
	readonly tally: EndpointTally;
	/** Its slices, as they are counted. */
	readonly slices: Map<string, EndpointSlice>;
	/** The pods as they are now. */
	pods: State['pods'];
};

const counted = following<Objects, Counted>(() => {
	const made: Counted = {pods: new Map(), slices: new Map(), tally: createEndpointTally(uid => made.pods.get(uid)?.ownerUid)};
	return made;
});

/**
 * What share of a Service's requests the pods of each owner ought to get, by its endpoints. Only slices and pods that changed since the last call are looked at: it
 * is asked for with each change of a slice.
 */
export function expectedShares({endpointSlices, pods}: Objects, serviceName: string): readonly ExpectedShare[] {
	const {tally} = counted(serviceName, '', {endpointSlices, pods}, (known, changed) => {
		known.pods = pods;
		for (const uid of changed.endpointSlices) update(known, uid, endpointSlices.get(uid), serviceName);
		for (const uid of changed.pods) known.tally.pod(uid);
	});
	return sharesOf(tally.receiving());
}

function update({slices, tally}: Counted, uid: string, now: EndpointSlice | undefined, serviceName: string): void {
	const after = now?.serviceName === serviceName ? now : undefined;
	tally.slice(slices.get(uid), after);
	if (after === undefined) slices.delete(uid);
	else slices.set(uid, after);
}
