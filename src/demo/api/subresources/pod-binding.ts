import {apiTime} from '../../clock.ts';
import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type Json, type JsonObject, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import {find} from '../read/get.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {badRequest, conflict, StatusError} from '../status-error.ts';
import {modified} from '../write/object-meta.ts';
import {readTyped} from '../write/read-object.ts';
import {isDryRun, storeObject} from '../write/store-object.ts';

const bindingKind = {group: '', version: 'v1', kind: 'Binding', type: 'Binding'};
const bindingResource = {group: '', plural: 'pods/binding', kind: 'Binding'};

/** The scheduler's word: POST of `pods/NAME/binding`. Throws StatusError 400, 404 and 409. kubernetes: pkg/registry/core/pod/storage/storage.go BindingREST. */
export async function bindPod(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const binding = await readTyped(call, bindingKind);
	const {name} = call.info;
	if (textAt(binding, 'metadata', 'name') !== name) throw badRequest('name in URL does not match name in Binding object');
	const target = objectAt(binding, 'target');
	if (target.kind !== undefined && target.kind !== 'Node' && target.kind !== '')
		throw new StatusError(500, '', `target.kind: Unsupported value: ${JSON.stringify(target.kind)}: supported values: "Node", "<empty>"`);
	if (textAt(target, 'name') === '') throw new StatusError(500, '', 'target.name: Required value');
	const pod = find(call, resource, state).object;
	checkPreconditions(binding, pod, resource);
	const refused = whyNot(pod);
	if (refused !== undefined) throw conflict(bindingResource, name, refused);
	// Stored past the strategy for updates, as upstream does: the specification has a node now, and the generation is the same.
	storeObject(bound(pod, binding, state), resource, state, isDryRun(call.query, 'CreateOptions'));
	return {code: 201, body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201}};
}

function checkPreconditions(binding: JsonObject, {metadata}: StoredObject, resource: Resource): void {
	const uid = textAt(binding, 'metadata', 'uid');
	if (uid !== '' && uid !== metadata.uid)
		throw conflict(resource, metadata.name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`);
	const version = textAt(binding, 'metadata', 'resourceVersion');
	if (version !== '' && version !== metadata.resourceVersion) throw modified(resource, metadata.name);
}

function whyNot(pod: StoredObject): string | undefined {
	const {name, deletionTimestamp} = pod.metadata;
	if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
	const node = textAt(pod, 'spec', 'nodeName');
	if (node !== '') return `pod ${name} is already assigned to node ${JSON.stringify(node)}`;
	return objectsAt(pod, 'spec', 'schedulingGates').length > 0 ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

function bound(pod: StoredObject, binding: JsonObject, {clock}: ApiState): JsonObject {
	const condition = {type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: apiTime(clock.now())};
	const others = objectsAt(pod, 'status', 'conditions').filter(({type}) => type !== 'PodScheduled');
	const extra = textsAt(binding, 'metadata', 'annotations');
	const annotations = Object.keys(extra).length === 0 ? {} : {annotations: {...pod.metadata.annotations, ...extra}};
	const conditions: readonly Json[] = [...others, condition];
	return {
		...pod,
		metadata: {...pod.metadata, ...annotations},
		spec: {...objectAt(pod, 'spec'), nodeName: textAt(binding, 'target', 'name')},
		status: {...objectAt(pod, 'status'), conditions},
	};
}
