import {readdirSync, readFileSync} from 'node:fs';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {newReplicaSet, ownReplicaSets} from '../../../src/domain/revisions.ts';
import type {FindingsInput} from '../../../src/domain/why/findings.ts';

const folder = new URL('../../fixtures/situations/', import.meta.url);

/** Names of the recorded situations. */
export const recordedSituations = readdirSync(folder).flatMap(file => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** What was there in a recorded situation, so long after the moment of its recording. */
export function recorded(name: string, laterSeconds = 0): FindingsInput {
	const raw = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<'deployment' | 'time', string> &
		Record<'replicaSets' | 'pods' | 'events', readonly unknown[]>;
	const workload = parseWorkload(raw.deployment);
	if (workload === undefined) throw new Error(`${name} has no Deployment`);
	return {
		workload,
		newReplicaSet: newReplicaSet(workload, ownReplicaSets(workload, raw.replicaSets.map(parseReplicaSet).filter(isThere))),
		pods: raw.pods.map(parsePod).filter(isThere),
		events: raw.events.map(parseK8sEvent).filter(isThere),
		now: Date.parse(raw.time) + laterSeconds * 1000,
	};
}
