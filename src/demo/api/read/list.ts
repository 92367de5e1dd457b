import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import type {JsonObject} from '../json.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {type ListOptions, readListOptions, readRevision} from '../select/list-options.ts';
import {expired} from '../status-error.ts';
import {keyOf} from '../store.ts';
import type {Version} from '../version.ts';
import {continueTokenOf, type ListPosition, readContinueToken} from './continue-token.ts';
import {servedVersion} from './served-version.ts';

/** GET of a collection. */
export function list(call: ApiCall, resource: Resource, state: ApiState): Answer {
	const options = readListOptions(call.query, resource);
	const position = positionOf(options, state.storage.revision);
	const prefix = call.info.namespace === '' ? '' : `${call.info.namespace}/`;
	const versions = state.storage.of(resource).versionsAt(position.revision, prefix);
	if (versions === undefined) throw tooOld(options);
	const {page, last, remaining} = select(resource, versions, options, position.afterKey);
	const more = last !== undefined && remaining > 0;
	const metadata: JsonObject = {
		resourceVersion: String(position.revision),
		...(more ? {continue: continueTokenOf({revision: position.revision, afterKey: keyOfVersion(last)})} : {}),
		// Nobody has counted what the selectors would leave out.
		...(more && options.matches === undefined ? {remainingItemCount: remaining} : {}),
	};
	return {
		code: 200,
		body: () => listText(resource, metadata, page),
		content: {resource, objects: page.map(({object}) => object), list: metadata},
	};
}

/** The state that is asked for. Throws StatusError 400 and 504. apiserver: pkg/storage/etcd3/store.go GetList. */
function positionOf(options: ListOptions, current: number): ListPosition {
	const {continueToken, resourceVersion, resourceVersionMatch, limit} = options;
	if (continueToken !== '') return readContinueToken(continueToken);
	if (resourceVersion === '') return {revision: current, afterKey: ''};
	const revision = readRevision(resourceVersion, current);
	// A limit with a version but without a match means this very version, for the sake of old clients.
	const isExact = resourceVersionMatch === 'Exact' || (resourceVersionMatch === '' && limit > 0 && revision > 0);
	return {revision: isExact ? revision : current, afterKey: ''};
}

function tooOld({continueToken}: ListOptions): Error {
	if (continueToken === '') return expired('The resourceVersion for the provided list is too old.');
	return expired(
		'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
	);
}

function keyOfVersion({object: {metadata}}: Version): string {
	return keyOf(metadata.namespace ?? '', metadata.name);
}

interface Page {
	readonly page: readonly Version[];
	readonly last: Version | undefined;
	readonly remaining: number;
}

function select(resource: Resource, versions: Iterable<Version>, {matches, limit, resourceVersion}: ListOptions, afterKey: string): Page {
	const pageSize = limit > 0 && resourceVersion !== '0' ? limit : Number.POSITIVE_INFINITY;
	const page: Version[] = [];
	let last: Version | undefined;
	let remaining = 0;
	for (const version of versions) {
		if (afterKey !== '' && keyOfVersion(version) <= afterKey) continue;
		const served = servedVersion(resource, version);
		if (matches !== undefined && !matches(served.object)) continue;
		if (page.length >= pageSize) remaining++;
		else {
			page.push(served);
			last = version;
		}
	}
	return {page, last, remaining};
}

function listText(resource: Resource, metadata: JsonObject, page: readonly Version[]): string {
	const apiVersion = apiVersionOf(resource);
	// The items of a built-in kind do not repeat what the list says: each object's text begins with it.
	const repeated = resource.custom ? 0 : `"kind":${JSON.stringify(resource.kind)},"apiVersion":${JSON.stringify(apiVersion)},`.length;
	const items = page.map(({json}) => (repeated === 0 ? json : `{${json.slice(1 + repeated)}`)).join(',');
	return `{"kind":"${resource.kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[${items}]}\n`;
}
