import {readFileSync} from 'node:fs';
import {parseK8sEvent} from '../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';

type Raw = {readonly kind: string; readonly [field: string]: unknown};
type Snapshot = {
	readonly time: string;
	readonly deployment: Raw;
	readonly replicaSets: readonly Raw[];
	readonly pods: readonly Raw[];
	readonly events: readonly Raw[];
};

/** What a real control plane says of a situation, given to the real reducer as four lists at the moment at which it was read. */
export function situationState(name: string): State {
	const {time, deployment, replicaSets, pods, events}: Snapshot = JSON.parse(
		readFileSync(new URL(`../fixtures/situations/${name}.json`, import.meta.url), 'utf8'),
	);
	const at = Date.parse(time);
	const listed = <T>(stream: string, objects: readonly Raw[], parse: (raw: unknown) => T | undefined) =>
		({type: 'listed', stream, items: objects.map((object, index) => parse(versioned(object, index))).filter(item => item !== undefined), at}) as Event;
	const target = {context: 'real', server: 'https://cluster', namespace: 'web', kind: 'Deployment', name: 'shop'} as const;
	const lists = [
		listed('workloads', [deployment], parseWorkload),
		listed('revisions', replicaSets, parseReplicaSet),
		listed('pods', pods, parsePod),
		listed('events', events, parseK8sEvent),
	];
	return reduce(lists.reduce(reduce, initialState(target, at, 60)), {type: 'ticked', at: at + 1});
}

/** The recordings leave the versions away. */
function versioned(object: Raw, index: number): Raw {
	return {...object, metadata: {resourceVersion: String(index + 1), ...(object.metadata as object)}};
}
