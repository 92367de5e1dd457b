import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import type {Resource} from '../resource.ts';
import {readRevision} from '../select/list-options.ts';
import {notFound} from '../status-error.ts';
import {keyOf} from '../store.ts';
import type {Version} from '../version.ts';
import {servedVersion} from './served-version.ts';

/** GET of one object; the same for its status. */
export function get(call: ApiCall, resource: Resource, state: ApiState): Answer {
	const resourceVersion = call.query.get('resourceVersion') ?? '';
	if (resourceVersion !== '') readRevision(resourceVersion, state.storage.revision);
	return answerWith(200, resource, find(call, resource, state));
}

/** The newest state of the object that is named. Throws StatusError 404. */
export function find({info}: Pick<ApiCall, 'info'>, resource: Resource, state: ApiState): Version {
	const version = state.storage.of(resource).get(keyOf(resource.namespaced ? info.namespace : '', info.name));
	if (version === undefined) throw notFound(resource, info.name);
	return version;
}

/** One object, as a resource's version shows it. */
export function answerWith(code: number, resource: Resource, version: Version): Answer {
	const served = servedVersion(resource, version);
	return {code, body: () => `${served.json}\n`, content: {resource, objects: [served.object]}};
}
