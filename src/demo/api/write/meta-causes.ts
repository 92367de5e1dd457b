import {at, type JsonObject, objectAt, objectsAt, textAt} from '../json.ts';
import {notAllowed, wrong} from '../kinds/causes.ts';
import type {StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';

const keyPart =
	"name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valuePart =
	"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const largestAnnotations = 256 * 1_024;

/** What is wrong with labels, annotations, finalizers and owners. apimachinery: pkg/api/validation/objectmeta.go. */
export function metaCauses(metadata: JsonObject): readonly Cause[] {
	const labels = Object.entries(objectAt(metadata, 'labels'));
	const annotations = Object.entries(objectAt(metadata, 'annotations'));
	const size = annotations.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
	return [
		...labels.flatMap(([key, value]) => [
			...keyTexts(key).map(text => wrong('metadata.labels', key, text)),
			...valueTexts(String(value)).map(text => wrong('metadata.labels', value, text)),
		]),
		...annotations.flatMap(([key]) => keyTexts(key.toLowerCase()).map(text => wrong('metadata.annotations', key, text))),
		...(size > largestAnnotations
			? [{reason: 'FieldValueTooLong', message: `Too long: may not be more than ${largestAnnotations} bytes`, field: 'metadata.annotations'}]
			: []),
		...ownerCauses(objectsAt(metadata, 'ownerReferences')),
		...finalizersOf(metadata).flatMap(name => keyTexts(name).map(text => wrong('metadata.finalizers', name, text))),
	];
}

function finalizersOf(metadata: JsonObject): readonly string[] {
	const finalizers = at(metadata, 'finalizers');
	return Array.isArray(finalizers) ? finalizers.map(String) : [];
}

/** What is wrong with the key of a label. apimachinery: IsQualifiedName. */
export function keyTexts(key: string): readonly string[] {
	const parts = key.split('/');
	const name = parts.at(-1) ?? '';
	if (parts.length > 2)
		return [
			`a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
		];
	const prefix = parts.length === 2 ? prefixTexts(parts[0] ?? '') : [];
	if (name === '') return [...prefix, 'name part must be non-empty', keyPart];
	return [
		...prefix,
		...(name.length > 63 ? ['name part must be no more than 63 characters'] : []),
		...(/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name) ? [] : [keyPart]),
	];
}

function prefixTexts(prefix: string): readonly string[] {
	if (prefix === '') return ['prefix part must be non-empty'];
	if (subdomain.test(prefix)) return [];
	return [
		"prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
	];
}

/** What is wrong with the value of a label. apimachinery: IsValidLabelValue. */
export function valueTexts(value: string): readonly string[] {
	return [
		...(value.length > 63 ? ['must be no more than 63 characters'] : []),
		...(/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) ? [] : [valuePart]),
	];
}

function ownerCauses(owners: readonly JsonObject[]): readonly Cause[] {
	const path = 'metadata.ownerReferences';
	const controllers = owners.filter(({controller}) => controller === true).map(owner => `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`);
	const missing = owners.flatMap(owner => [
		...(textAt(owner, 'apiVersion') === '' ? [wrong(`${path}.apiVersion`, '', 'version must not be empty')] : []),
		...['kind', 'name', 'uid'].filter(key => textAt(owner, key) === '').map(key => wrong(`${path}.${key}`, '', 'must not be empty')),
	]);
	if (controllers.length < 2) return missing;
	const why = `Only one reference can have Controller set to true. Found "true" in references for ${controllers[0]} and ${controllers[1]}`;
	return [...missing, wrong(path, owners, why)];
}

/** What may not change in metadata once it is there. */
export function metaUpdateCauses(metadata: JsonObject, old: StoredObject): readonly Cause[] {
	const added = finalizersOf(metadata).filter(name => !(old.metadata.finalizers ?? []).includes(name));
	if (old.metadata.deletionTimestamp === undefined || added.length === 0) return [];
	return [
		notAllowed(
			'metadata.finalizers',
			`no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`,
		),
	];
}
