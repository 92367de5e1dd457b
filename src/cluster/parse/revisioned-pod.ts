import type {JsonObject} from '../../domain/json.ts';
import {isJsonList} from '../../domain/json-kind.ts';
import type {Pod} from '../../domain/pod.ts';
import {revisionKey} from '../../domain/revision-key.ts';
import {isRawObject, objectOf, objectsOf, textOf} from './fields.ts';
import {parsePod} from './pod.ts';

const hashLabel = 'controller-revision-hash';

/** A StatefulSet's pod has the ControllerRevision's whole name in its label, a DaemonSet's only the hash of it. */
function revisionName(owner: {readonly kind: string | undefined; readonly name: string | undefined}, label: string): string {
	return owner.kind === 'DaemonSet' ? `${owner.name}-${label}` : label;
}

/** The node that a DaemonSet's controller made a pod for. kubernetes: daemon/util ReplaceDaemonSetPodNodeNameNodeAffinity. */
function onlyNode({affinity}: JsonObject): string | undefined {
	const required = objectOf(objectOf(objectOf(affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution);
	const fields = objectsOf(required.nodeSelectorTerms).flatMap(({matchFields}) => objectsOf(matchFields));
	const values = fields.find(({key, operator}) => key === 'metadata.name' && operator === 'In')?.values;
	return isJsonList(values) ? textOf(values[0]) : undefined;
}

/**
 * A pod of a StatefulSet or DaemonSet, told to belong to the ControllerRevision that it was made from, as other pods belong to their ReplicaSet.
 * Undefined for what no API server would serve. Never throws.
 */
export function parseRevisionedPod(raw: unknown): Pod | undefined {
	const pod = parsePod(raw);
	if (pod === undefined || !isRawObject(raw)) return undefined;
	const owner = objectsOf(objectOf(raw.metadata).ownerReferences).find(({controller}) => controller === true);
	const label = pod.labels[hashLabel];
	if (owner === undefined || pod.ownerUid === undefined || label === undefined) return pod;
	const pinnedTo = owner.kind === 'DaemonSet' ? onlyNode(objectOf(raw.spec)) : undefined;
	return {...pod, pinnedTo, ownerUid: revisionKey(pod.ownerUid, revisionName({kind: textOf(owner.kind), name: textOf(owner.name)}, label))};
}
