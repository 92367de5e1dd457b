import {apiVersionOf, kindWords} from '../../domain/kinds/kind-words.ts';
import type {WorkloadListState} from '../../store/workload-list/list-state.ts';
import {byName, listRows} from '../../store/workload-list/list-view.ts';
import type {WorkloadRow} from '../../store/workload-list/list-views.ts';
import {isoTime} from '../iso-time.ts';

/** The stable JSON of `--once -o json` for several workloads, by namespace and name. */
export function listJson(state: WorkloadListState): Record<string, unknown> {
	const {place, streams, now} = state;
	return {
		apiVersion: 'rollwatch/v1',
		kind: 'List',
		time: isoTime(now),
		cluster: {context: place.context, server: place.server, namespace: place.namespace ?? null},
		streams: Object.fromEntries([...streams].map(([kind, {condition}]) => [kindWords[kind].plural, condition.kind])),
		items: listRows(state).toSorted(byName).map(itemJson),
	};
}

function itemJson({kind, namespace, name, phase, word, isStuck, message, why, desired, updated, ready, available, images, keptBy}: WorkloadRow): unknown {
	return {
		apiVersion: apiVersionOf(kind),
		kind: kindWords[kind].kind,
		namespace,
		name,
		phase: phase ?? null,
		word,
		stuck: isStuck,
		message,
		why: why === '' ? null : why,
		replicas: {desired, updated, ready, available},
		images: images === '' ? [] : images.split(' '),
		keptBy: keptBy.map(owner => ({tool: owner.kind, name: owner.name ?? null})),
	};
}
