import type {JsonObject, JsonValue} from './json.ts';
import {fieldOf, isJsonList, isJsonObject} from './json-kind.ts';
import type {Template} from './template.ts';

/** The label that the Deployment controller adds to a ReplicaSet's template, and that is therefore no part of the comparison. */
export const hashLabel = 'pod-template-hash';

/** The same of Argo Rollouts. */
export const argoHashLabel = 'rollouts-pod-template-hash';

// Fields of a pod template that are maps or plain structs in Go: empty and absent are the same there, while for pointers (`emptyDir: {}`,
// `securityContext: {}`) an empty object is a value of its own.
const emptyIsAbsent = new Set([
	'annotations',
	'labels',
	'limits',
	'matchLabels',
	'metadata',
	'nodeSelector',
	'options',
	'overhead',
	'requests',
	'resources',
	'spec',
	'volumeAttributes',
]);

/** The field is a map or plain struct in Go, so that an empty one says nothing. */
export function isMapField(key: string): boolean {
	return emptyIsAbsent.has(key);
}

/** Go's nil: a missing field, null, an empty list, or an empty map. `key` is the field's name. */
export function isAbsent(value: JsonValue | undefined, key: string): boolean {
	if (value === undefined || value === null) return true;
	if (isJsonList(value)) return value.length === 0;
	if (!(isJsonObject(value) && isMapField(key))) return false;
	// A struct of absent fields is absent itself: `resources: {limits: {}}`.
	return Object.entries(value).every(([name, field]) => isAbsent(field, name));
}

/** Semantic equality of two JSON values, nil and empty lists and maps being the same; `key` is the field that holds them. apimachinery: equality.Semantic. */
export function sameJson(left: JsonValue | undefined, right: JsonValue | undefined, key = ''): boolean {
	if (left === right) return true;
	if (isAbsent(left, key) || isAbsent(right, key)) return isAbsent(left, key) && isAbsent(right, key);
	if (isJsonList(left) && isJsonList(right)) return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
	if (isJsonObject(left) && isJsonObject(right)) {
		return [...new Set([...Object.keys(left), ...Object.keys(right)])].every(name => sameJson(fieldOf(left, name), fieldOf(right, name), name));
	}
	return false;
}

/** A raw template without the label that its controller added: what a Deployment holds, and what an undo sends. */
export function withoutHash(raw: JsonObject): JsonObject {
	const {metadata} = raw;
	if (!(isJsonObject(metadata) && isJsonObject(metadata.labels) && (hashLabel in metadata.labels || argoHashLabel in metadata.labels))) return raw;
	const {[hashLabel]: _hash, [argoHashLabel]: _argoHash, ...labels} = metadata.labels;
	const {labels: _labels, ...rest} = metadata;
	return {...raw, metadata: Object.keys(labels).length === 0 ? rest : {...metadata, labels}};
}

/** Two templates make the same pods: equal but for the hash label. kubernetes: deployment_util.go EqualIgnoreHash. */
export function sameTemplate(left: Template, right: Template): boolean {
	return left === right || sameJson(withoutHash(left.raw), withoutHash(right.raw));
}
