import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {objectAt, textAt} from '../json.ts';
import {find} from '../read/get.ts';
import type {Resource} from '../resource.ts';
import {badRequest} from '../status-error.ts';
import {deleteOptionsOf, removeObject} from '../write/delete.ts';
import {readTyped} from '../write/read-object.ts';

const evictionKind = {group: 'policy', version: 'v1', kind: 'Eviction', type: 'Eviction'};

/** POST of `pods/NAME/eviction`: a deletion that budgets could refuse; there are none here. kubernetes: pkg/registry/core/pod/storage/eviction.go. */
export async function evictPod(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const eviction = await readTyped(call, evictionKind);
	if (textAt(eviction, 'metadata', 'name') !== call.info.name) throw badRequest('name in URL does not match name in Eviction object');
	const {object} = find(call, resource, state);
	removeObject(resource, state, {object, options: deleteOptionsOf(objectAt(eviction, 'deleteOptions'), call), user: call.user});
	return {code: 201, body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201}};
}
