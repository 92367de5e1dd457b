import type {Answer, ApiCall} from './api-call.ts';
import type {ApiState} from './api-state.ts';
import {aggregated, coreVersions, groupList, groupNamed, groupVersions, resourceList} from './discovery.ts';
import type {JsonObject} from './json.ts';
import {type Form, negotiate} from './media-type.ts';
import {openApiDocument, openApiIndex} from './openapi.ts';
import type {Registry} from './registry.ts';
import {apiVersionOf} from './resource.ts';
import {methodNotAllowed, noSuchPath} from './status-error.ts';

/** What clients take for the cluster's version; what follows the plus sign tells people which one it is. */
const version = {
	major: '1',
	minor: '36',
	gitVersion: 'v1.36.3+rollwatch-embedded',
	gitCommit: '',
	gitTreeState: 'clean',
	buildDate: '1970-01-01T00:00:00Z',
	goVersion: `node ${process.version}`,
	compiler: 'node',
	platform: `${process.platform}/${process.arch}`,
};

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
/** Says `swagger: 2.0` in protobuf, and nothing of any kind: kubectl reads it before it tells that a kind is not known. */
const emptyOpenApi: Answer = {code: 200, body: () => '\n\x032.0', headers: {'content-type': 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'}};
const health = /^\/(healthz|livez|readyz)(\/ping)?$/;

/** Answers paths that are no resources: what is served, in which version, and whether all is well. Throws StatusError 404 and 405. */
export function otherPath(call: ApiCall, {registry}: ApiState): Answer {
	const path = call.info.path.replace(/(?<=.)\/$/, '');
	if (call.method !== 'GET' && call.method !== 'HEAD') throw methodNotAllowed();
	if (health.test(path)) return plainText(200, call.query.has('verbose') ? `[+]ping ok\n${path.slice(1)} check passed\n` : 'ok');
	if (/^\/apis?$/.test(path) && formOf(call).as !== '') {
		return {code: 200, body: aggregated(path === '/api', registry), headers: {'content-type': aggregatedType, vary: 'Accept'}};
	}
	if (path === '/openapi/v2') return emptyOpenApi;
	const body = documentAt(path, registry);
	if (body !== undefined) return {code: 200, body};
	// A version that is missing in a group that is there is said in the API's own words.
	const [, group = ''] = /^\/apis\/([^/]+)\/[^/]+$/.exec(path) ?? [];
	if (groupNamed(group, registry) !== undefined) throw noSuchPath();
	return plainText(404, '404 page not found\n');
}

type FindDocument = (registry: Registry, found: readonly string[]) => JsonObject | undefined;

/** For a path that matches; what follows the whole are the pattern's parts. */
const documents: readonly (readonly [RegExp, FindDocument])[] = [
	[/^\/$/, registry => ({paths: groupVersions(registry).map(each => `/${each.group === '' ? 'api' : 'apis'}/${apiVersionOf(each)}`)})],
	[/^\/version$/, () => version],
	[/^\/api$/, coreVersions],
	[/^\/api\/([^/]+)$/, (registry, [, wanted = '']) => resourceList('', wanted, registry)],
	[/^\/apis$/, groupList],
	[/^\/apis\/([^/]+)$/, (registry, [, group = '']) => groupNamed(group, registry)],
	[/^\/apis\/([^/]+)\/([^/]+)$/, (registry, [, group = '', wanted = '']) => resourceList(group, wanted, registry)],
	[/^\/openapi\/v3$/, openApiIndex],
	[/^\/openapi\/v3\/(.+)$/, (registry, [, place = '']) => openApiDocument(place, registry)],
];

function documentAt(path: string, registry: Registry): JsonObject | undefined {
	for (const [pattern, find] of documents) {
		const found = pattern.exec(path);
		if (found !== null) return find(registry, found);
	}
	return undefined;
}

function formOf({request}: ApiCall): Form {
	return negotiate(request.headers.accept, ({as, group, version: wanted}) => `${as}.${wanted}.${group}` === 'APIGroupDiscoveryList.v2.apidiscovery.k8s.io');
}

function plainText(code: number, text: string): Answer {
	return {code, body: () => text, headers: {'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff'}};
}
