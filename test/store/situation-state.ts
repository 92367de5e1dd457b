import {parseK8sEvent} from '../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {recordedSituation} from '../recorded-situation.ts';

/** What a real control plane says of a situation, given to the real reducer as four lists at the moment at which it was read. */
export function situationState(name: string): State {
	const {at, deployments, replicaSets, pods, events} = recordedSituation(new URL(`../fixtures/situations/${name}.json`, import.meta.url));
	const listed = <T>(stream: string, objects: readonly object[], parse: (raw: unknown) => T | undefined) =>
		({type: 'listed', stream, items: objects.map(object => parse(object)).filter(item => item !== undefined), at}) as Event;
	const target = {context: 'real', server: 'https://cluster', namespace: 'web', kind: 'Deployment', name: 'shop'} as const;
	const lists = [
		listed('workloads', deployments, parseWorkload),
		listed('revisions', replicaSets, parseReplicaSet),
		listed('pods', pods, parsePod),
		listed('events', events, parseK8sEvent),
	];
	return reduce(lists.reduce(reduce, initialState(target, at, 60)), {type: 'ticked', at: at + 1});
}
