import {readdirSync, readFileSync} from 'node:fs';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import type {K8sEvent} from '../../../src/domain/k8s-event.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import type {ReplicaSet} from '../../../src/domain/replica-set.ts';
import {newReplicaSet, ownReplicaSets} from '../../../src/domain/revisions.ts';
import type {Workload} from '../../../src/domain/workload.ts';
import type {PodsInput} from './findings-of-pods.ts';

const folder = new URL('../../fixtures/situations/', import.meta.url);

/** Names of the recorded situations. */
export const recordedSituations = readdirSync(folder).flatMap(file => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

type Recorded = {
	readonly workload: Workload;
	readonly replicaSets: readonly ReplicaSet[];
	readonly pods: readonly Pod[];
	readonly events: readonly K8sEvent[];
	/** Epoch ms. */
	readonly now: number;
};

/** The objects of a recorded situation, so long after the moment of its recording. */
export function recordedObjects(name: string, laterSeconds = 0): Recorded {
	const raw = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<'deployment' | 'time', string> &
		Record<'replicaSets' | 'pods' | 'events', readonly unknown[]>;
	const workload = parseWorkload(raw.deployment);
	if (workload === undefined) throw new Error(`${name} has no Deployment`);
	return {
		workload,
		replicaSets: raw.replicaSets.map(parseReplicaSet).filter(isThere),
		pods: raw.pods.map(parsePod).filter(isThere),
		events: raw.events.map(parseK8sEvent).filter(isThere),
		now: Date.parse(raw.time) + laterSeconds * 1000,
	};
}

/** The same, as the reasons are asked for. */
export function recorded(name: string, laterSeconds = 0): PodsInput {
	const {replicaSets, ...objects} = recordedObjects(name, laterSeconds);
	return {...objects, newReplicaSet: newReplicaSet(objects.workload, ownReplicaSets(objects.workload, replicaSets))};
}
