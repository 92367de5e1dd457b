import type {JsonObject, JsonValue} from './json.ts';
import {isJsonList, isJsonObject} from './json-kind.ts';
import type {Template} from './template.ts';

/** Names of what a template only refers to: its revision does not hold their content. Each once, by name. */
export type TemplateReferences = {readonly configMaps: readonly string[]; readonly secrets: readonly string[]};

/** What the pods of a template read from elsewhere: volumes, environment, pull secrets. kubernetes: pkg/api/v1/pod VisitPodSecretNames, VisitPodConfigmapNames. */
export function templateReferences({raw}: Template): TemplateReferences {
	const spec = objectAt(raw, 'spec');
	const volumes = objectsAt(spec, 'volumes');
	const sources = volumes.flatMap(volume => objectsAt(objectAt(volume, 'projected'), 'sources'));
	const containers = [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')];
	const from = containers.flatMap(container => objectsAt(container, 'envFrom'));
	const values = containers.flatMap(container => objectsAt(container, 'env')).map(entry => objectAt(entry, 'valueFrom'));
	return {
		configMaps: sorted([
			...named([...volumes, ...sources], 'configMap', 'name'),
			...named(from, 'configMapRef', 'name'),
			...named(values, 'configMapKeyRef', 'name'),
		]),
		secrets: sorted([
			...named(volumes, 'secret', 'secretName'),
			...named(sources, 'secret', 'name'),
			...named(from, 'secretRef', 'name'),
			...named(values, 'secretKeyRef', 'name'),
			...objectsAt(spec, 'imagePullSecrets').map(({name}) => name),
		]),
	};
}

function objectAt(parent: JsonObject, field: string): JsonObject {
	const value = parent[field];
	return isJsonObject(value) ? value : {};
}

function objectsAt(parent: JsonObject, field: string): readonly JsonObject[] {
	const value = parent[field];
	return isJsonList(value) ? value.filter(isJsonObject) : [];
}

function named(parents: readonly JsonObject[], field: string, name: string): readonly (JsonValue | undefined)[] {
	return parents.map(parent => objectAt(parent, field)[name]);
}

function sorted(names: readonly (JsonValue | undefined)[]): readonly string[] {
	return [...new Set(names.filter(name => typeof name === 'string' && name !== ''))].map(String).toSorted();
}
