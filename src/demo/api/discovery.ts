import type {JsonObject} from './json.ts';
import type {Registry} from './registry.ts';
import {apiVersionOf, type Resource} from './resource.ts';

/** Groups as an API server names them first to last; where one kind is in two of them, the earlier one is meant. Others follow as they came. */
const groupOrder = [
	'apps',
	'events.k8s.io',
	'authentication.k8s.io',
	'authorization.k8s.io',
	'networking.k8s.io',
	'apiextensions.k8s.io',
	'coordination.k8s.io',
	'discovery.k8s.io',
];

/** `/api`: the versions of the core group. */
export function coreVersions(): JsonObject {
	return {kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: []};
}

/** `/apis`: all groups but the core one. */
export function groupList(registry: Registry): JsonObject {
	return {kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(registry).map(group => describeGroup(group, registry))};
}

/** `/apis/GROUP`; undefined for one that is not served. */
export function groupNamed(group: string, registry: Registry): JsonObject | undefined {
	return group === '' || versionsOf(group, registry).length === 0 ? undefined : {kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group, registry)};
}

/** `/api/v1` and `/apis/GROUP/VERSION`: what can be done with what; undefined for a version that is not served. */
export function resourceList(group: string, version: string, registry: Registry): JsonObject | undefined {
	const resources = resourcesOf(group, version, registry);
	if (resources.length === 0) return undefined;
	const groupVersion = apiVersionOf({group, version});
	// The core group's list does not say which version it is of itself.
	return {kind: 'APIResourceList', ...(group === '' ? {} : {apiVersion: 'v1'}), groupVersion, resources: resources.flatMap(describeResource)};
}

/** All of `/api` or of `/apis` in one answer. api: apidiscovery/v2. */
export function aggregated(isCore: boolean, registry: Registry): JsonObject {
	const groups = isCore ? [''] : groupsOf(registry);
	const items = groups.map(group => ({
		metadata: group === '' ? {} : {name: group},
		versions: versionsOf(group, registry).map(version => ({
			version,
			resources: resourcesOf(group, version, registry).map(aggregateResource),
			freshness: 'Current',
		})),
	}));
	return {kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items};
}

/** Every group and version that is served. */
export function groupVersions(registry: Registry): readonly {readonly group: string; readonly version: string}[] {
	return ['', ...groupsOf(registry)].flatMap(group => versionsOf(group, registry).map(version => ({group, version})));
}

/** The resources of a group's version, by name. */
export function resourcesOf(group: string, version: string, registry: Registry): readonly Resource[] {
	const found = registry.all().filter(resource => resource.group === group && resource.version === version);
	return found.toSorted((left, right) => (left.plural < right.plural ? -1 : 1));
}

function groupsOf(registry: Registry): readonly string[] {
	const groups = [...new Set(registry.all().map(({group}) => group))].filter(group => group !== '');
	const place = (group: string) => (groupOrder.includes(group) ? groupOrder.indexOf(group) : groupOrder.length);
	return groups.toSorted((left, right) => place(left) - place(right));
}

/** The best one first: v2, v1, v1beta1. */
function versionsOf(group: string, registry: Registry): readonly string[] {
	const versions = registry.all().flatMap(resource => (resource.group === group ? [resource.version] : []));
	return [...new Set(versions)].toSorted(byStability);
}

/** apimachinery: util/version/version.go CompareKubeAwareVersionStrings. */
function byStability(left: string, right: string): number {
	const [a, b] = [stabilityOf(left), stabilityOf(right)];
	const index = a.findIndex((value, at) => value !== b[at]);
	if (index < 0) return left < right ? -1 : Number(left > right);
	return (b[index] ?? 0) - (a[index] ?? 0);
}

function stabilityOf(version: string): readonly number[] {
	const [found, major = 0, word = '', minor = 0] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
	if (found === undefined) return [0, 0, 0];
	return [{'': 3, beta: 2, alpha: 1}[word] ?? 0, Number(major), Number(minor)];
}

function describeGroup(group: string, registry: Registry): JsonObject {
	const versions = versionsOf(group, registry).map(version => ({groupVersion: `${group}/${version}`, version}));
	return {name: group, versions, preferredVersion: versions[0]};
}

function describeResource({plural, singular, namespaced, kind, verbs, shortNames, categories, subresources}: Resource): readonly JsonObject[] {
	return [
		{
			name: plural,
			singularName: singular,
			namespaced,
			kind,
			verbs,
			...(shortNames.length === 0 ? {} : {shortNames}),
			...(categories.length === 0 ? {} : {categories}),
		},
		...subresources.map(({name, group, version, kind: shown, verbs: allowed}) => ({
			name: `${plural}/${name}`,
			singularName: '',
			namespaced,
			...(group === undefined ? {} : {group}),
			...(version === undefined ? {} : {version}),
			kind: shown,
			verbs: allowed,
		})),
	];
}

function aggregateResource({plural, singular, namespaced, kind, verbs, shortNames, categories, subresources}: Resource): JsonObject {
	return {
		resource: plural,
		responseKind: {group: '', version: '', kind},
		scope: namespaced ? 'Namespaced' : 'Cluster',
		singularResource: singular,
		verbs,
		...(shortNames.length === 0 ? {} : {shortNames}),
		...(categories.length === 0 ? {} : {categories}),
		...(subresources.length === 0
			? {}
			: {
					subresources: subresources.map(({name, group = '', version = '', kind: shown, verbs: allowed}) => ({
						subresource: name,
						responseKind: {group, version, kind: shown},
						verbs: allowed,
					})),
				}),
	};
}
