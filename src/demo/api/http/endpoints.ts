import type {Answer, ApiCall, RequestInfo} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {get} from '../read/get.ts';
import {list} from '../read/list.ts';
import {watch} from '../read/watch.ts';
import type {Resource, ResourceVerb} from '../resource.ts';
import {methodNotAllowed, noSuchPath} from '../status-error.ts';
import {scale} from '../subresources/scale.ts';
import {create} from '../write/create.ts';
import {remove, removeCollection} from '../write/delete.ts';
import {patch} from '../write/patch.ts';
import {update} from '../write/update.ts';

/** Answers a request; undefined: it has written the answer itself. */
export type Endpoint = (call: ApiCall, resource: Resource, state: ApiState) => Answer | undefined | Promise<Answer | undefined>;

const main: Readonly<Record<ResourceVerb, Endpoint>> = {
	create,
	delete: remove,
	deletecollection: removeCollection,
	get,
	list,
	patch,
	update,
	watch(call, resource, state) {
		watch(call, resource, state, call.eventForm(resource));
		return undefined;
	},
};

/** Subresources that are not the object itself, by `resource/subresource`; with nothing after the slash, resources that are never stored. */
export type Subresources = Readonly<Record<string, Endpoint>>;

/** Finds what answers a request for a resource. Throws StatusError 404 and 405. */
export function endpointOf({info}: ApiCall, resource: Resource | undefined, subresources: Subresources): Endpoint {
	if (resource === undefined) throw noSuchPath();
	if (!resource.namespaced && info.namespace !== '' && info.resource !== 'namespaces') throw noSuchPath();
	if (info.subresource === '') {
		const endpoint = subresources[`${resource.plural}/`] ?? main[info.verb as ResourceVerb];
		return allowed(endpoint, resource, info, resource.namespaced && info.namespace === '');
	}
	const subresource = resource.subresources.find(({name}) => name === info.subresource);
	if (subresource === undefined || (info.rest !== '' && subresource.name !== 'proxy')) throw noSuchPath();
	if (resource.namespaced && info.namespace === '') throw noSuchPath();
	const endpoint = subresourceEndpoint(subresource.name, info.verb, subresources[`${resource.plural}/${subresource.name}`]);
	if (endpoint === undefined) throw noSuchPath();
	return allowed(endpoint, subresource, info, false);
}

function subresourceEndpoint(name: string, verb: string, special: Endpoint | undefined): Endpoint | undefined {
	if (name === 'status') return main[verb as ResourceVerb];
	return name === 'scale' ? scale : special;
}

function allowed(
	endpoint: Endpoint | undefined,
	{verbs}: {readonly verbs: readonly ResourceVerb[]},
	{verb, name, subresource}: RequestInfo,
	acrossNamespaces: boolean,
): Endpoint {
	if (endpoint === undefined || !verbs.includes(verb as ResourceVerb)) throw methodNotAllowed();
	// A collection is posted to, an object is put and patched.
	const isOnObject = name !== '' && subresource === '';
	if ((verb === 'create' && isOnObject) || ((verb === 'update' || verb === 'patch') && name === '')) throw methodNotAllowed();
	if (!acrossNamespaces) return endpoint;
	// Across namespaces one can only look.
	if (name !== '') throw noSuchPath();
	if (verb !== 'list' && verb !== 'watch') throw methodNotAllowed();
	return endpoint;
}
