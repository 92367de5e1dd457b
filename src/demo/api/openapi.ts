import {groupVersions, resourcesOf} from './discovery.ts';
import type {JsonObject} from './json.ts';
import type {Registry} from './registry.ts';
import {apiVersionOf, type Resource} from './resource.ts';

const queryParameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(name => ({name, in: 'query', schema: {type: 'string'}}));

/** `/openapi/v3`: where the document of each group's version is. */
export function openApiIndex(registry: Registry): JsonObject {
	const paths = groupVersions(registry).map(each => pathOf(each));
	return {paths: Object.fromEntries(paths.map(path => [path, {serverRelativeURL: `/openapi/v3/${path}`}]))};
}

/**
 * `/openapi/v3/apis/GROUP/VERSION`, as far as kubectl looks before it writes: which kinds can be patched, and that the server checks fields itself
 * (`fieldValidation`). No schemas, and no strategic merge patch is named: so kubectl takes the merge keys that it brings along.
 */
export function openApiDocument(path: string, registry: Registry): JsonObject | undefined {
	const found = groupVersions(registry).find(each => pathOf(each) === path);
	if (found === undefined) return undefined;
	const resources = resourcesOf(found.group, found.version, registry).filter(({verbs}) => verbs.includes('patch'));
	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: 'v1.36.3'},
		paths: Object.fromEntries(resources.map(resource => [`/${path}/${placeOf(resource)}`, {patch: patchOperation(resource)}])),
		components: {schemas: {}},
	};
}

function pathOf({group, version}: {readonly group: string; readonly version: string}): string {
	return `${group === '' ? 'api' : 'apis'}/${apiVersionOf({group, version})}`;
}

function placeOf({namespaced, plural}: Resource): string {
	return `${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`;
}

function patchOperation({group, version, kind}: Resource): JsonObject {
	const any = {schema: {type: 'object'}};
	return {
		parameters: queryParameters,
		requestBody: {content: {'application/json-patch+json': any, 'application/merge-patch+json': any}, required: true},
		responses: {200: {description: 'OK', content: {'application/json': any}}},
		'x-kubernetes-action': 'patch',
		'x-kubernetes-group-version-kind': {group, version, kind},
	};
}
