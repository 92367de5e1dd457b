import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {objectAt} from '../json.ts';
import {answerWith, find} from '../read/get.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {finishDeletion} from '../write/delete.ts';
import {checkName, metaForUpdate} from '../write/object-meta.ts';
import {readObject} from '../write/read-object.ts';
import {isDryRun, storeObject} from '../write/store-object.ts';

/** PUT of `namespaces/NAME/finalize`: who has cleaned up takes its name off the list. kubernetes: pkg/registry/core/namespace/strategy.go. */
export async function finalizeNamespace(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const given = await readObject(call, resource);
	checkName(objectAt(given, 'metadata'), call.info.name, '');
	const old = find(call, resource, state).object;
	const metadata = metaForUpdate(objectAt(given, 'metadata'), old, resource);
	const object: StoredObject = {...old, metadata, spec: objectAt(given, 'spec')};
	const dryRun = isDryRun(call.query, 'UpdateOptions');
	return answerWith(200, resource, finishDeletion(object, resource, state, dryRun) ?? storeObject(object, resource, state, dryRun));
}
