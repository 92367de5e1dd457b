import type {JsonObject} from '../json.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {badRequest} from '../status-error.ts';

interface Term {
	readonly field: string;
	readonly equal: boolean;
	readonly value: string;
}

/** What a field selector asks for, read for one resource. */
export interface FieldSelector {
	readonly matches: (object: StoredObject) => boolean;
	/** The one name that it allows, if it says so. */
	readonly name: string | undefined;
}

/** Reads `spec.nodeName=a,metadata.name!=b`. Throws StatusError 400 for fields that the resource does not offer. apimachinery: pkg/fields/selector.go. */
export function parseFieldSelector(text: string, resource: Resource): FieldSelector {
	const terms = split(text).map(part => readTerm(part, text));
	const tests = terms.map(({field, equal, value}) => {
		const read = readerOf(field, resource);
		return (object: StoredObject) => (read(object) === value) === equal;
	});
	const name = terms.find(({field, equal}) => field === 'metadata.name' && equal)?.value;
	return {matches: object => tests.every(test => test(object)), name};
}

function readerOf(field: string, resource: Resource): (object: JsonObject) => string {
	if (field === 'metadata.name') return object => (object as StoredObject).metadata.name;
	if (field === 'metadata.namespace' && (resource.namespaced || resource.rules.fields === undefined))
		return object => (object as StoredObject).metadata.namespace ?? '';
	const {fields} = resource.rules;
	if (fields !== undefined && Object.hasOwn(fields, field) && fields[field] !== undefined) return fields[field];
	if (fields !== undefined || resource.custom) throw badRequest(`field label not supported: ${field}`);
	throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

/** At commas, but not at escaped ones. */
function split(text: string): string[] {
	return [...text.matchAll(/(?:[^\\,]|\\.)+/gs)].map(([part]) => part);
}

function readTerm(part: string, whole: string): Term {
	const [, field, operator, value] = /^((?:[^\\=!]|\\.|!(?!=))*)(==|!=|=)(.*)$/s.exec(part) ?? [];
	if (field === undefined || value === undefined) throw badRequest(`invalid selector: '${whole}'; can't understand '${part}'`);
	return {field, equal: operator !== '!=', value: unescaped(value)};
}

function unescaped(value: string): string {
	return value.replaceAll(/\\(.?)|[,=]/gs, (sequence, escaped?: string) => {
		if (escaped === undefined) throw badRequest(`invalid field selector: unescaped character in value: ${sequence}`);
		if (escaped === '' || !'\\,='.includes(escaped)) throw badRequest(`invalid field selector: invalid escape sequence: ${sequence}`);
		return escaped;
	});
}
