import type {JsonObject as Template} from '../../../domain/json.ts';
import {hashLabel, sameJson, withoutHash} from '../../../domain/same-template.ts';
import type {Admission, ApiState, Write} from '../api-state.ts';
import {type JsonObject, numberAt, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import type {StoredObject} from '../resource.ts';

const prefix = 'rollouts.kruise.io/';
const inProgress = `${prefix}in-progressing`;

/**
 * What OpenKruise's webhook does to a Deployment that a Rollout is about: a new template pauses it in the same write, so that no pod changes before
 * the Rollout says so, and it stays paused until the Rollout lets go of it. openkruise/rollouts: pkg/webhook/workload/mutating/workload_update_handler.go.
 */
export const kruiseAdmission: Admission = (write, state) => {
	const {operation, resource, subresource, object, old} = write;
	if (operation !== 'UPDATE' || resource.plural !== 'deployments' || resource.group !== 'apps' || subresource !== '') return object;
	if (object === undefined || old === undefined || textsAt(old, 'metadata', 'labels')[`${prefix}workload-type`] === undefined) return object;
	if (textsAt(object, 'metadata', 'annotations')[inProgress] !== undefined) return paused(object);
	if (isSameTemplate(object, old) || numberAt(object, 'spec', 'replicas') === 0) return object;
	const rollout = rolloutOf(write, state);
	return rollout === undefined ? object : taken(object, old, rollout, state);
};

function paused(object: JsonObject): JsonObject {
	return objectAt(object, 'spec').paused === true ? object : {...object, spec: {...objectAt(object, 'spec'), paused: true}};
}

function taken(object: JsonObject, old: StoredObject, {metadata: {name}}: StoredObject, state: ApiState): JsonObject {
	const metadata = objectAt(object, 'metadata');
	const stable = stableHash(old, state);
	const labels = {...textsAt(metadata, 'labels'), ...(stable === undefined ? {} : {[`${prefix}stable-revision`]: stable})};
	const annotations = {...textsAt(metadata, 'annotations'), [inProgress]: JSON.stringify({rolloutName: name})};
	return paused({...object, metadata: {...metadata, labels, annotations}});
}

/** The hash by which the pods of the old template are told. */
function stableHash(deployment: StoredObject, {storage}: ApiState): string | undefined {
	const {uid, namespace} = deployment.metadata;
	const replicaSets = storage.of({group: 'apps', plural: 'replicasets'}).objects(`${namespace}/`);
	for (const replicaSet of replicaSets) {
		const isOwned = objectsAt(replicaSet, 'metadata', 'ownerReferences').some(owner => owner.uid === uid);
		if (isOwned && isSameTemplate(replicaSet, deployment)) return textsAt(replicaSet, 'metadata', 'labels')[hashLabel];
	}
	return undefined;
}

function isSameTemplate(left: JsonObject, right: JsonObject): boolean {
	const [one, other] = [left, right].map(object => withoutHash(objectAt(object, 'spec', 'template') as Template));
	return sameJson(one, other);
}

function rolloutOf({namespace, name}: Write, {storage}: ApiState): StoredObject | undefined {
	for (const rollout of storage.of({group: 'rollouts.kruise.io', plural: 'rollouts'}).objects(`${namespace}/`)) {
		const spec = objectAt(rollout, 'spec');
		const isMeant = textAt(spec, 'workloadRef', 'kind') === 'Deployment' && textAt(spec, 'workloadRef', 'name') === name;
		if (isMeant && spec.disabled !== true && rollout.metadata.deletionTimestamp === undefined) return rollout;
	}
	return undefined;
}
