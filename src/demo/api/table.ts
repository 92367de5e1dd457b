import type {Content} from './api-call.ts';
import {isObject, type Json, type JsonObject, objectAt} from './json.ts';
import {type Form, isObjectForm, negotiate, notAcceptable} from './media-type.ts';
import {badRequest} from './status-error.ts';
import {customTable} from './tables/custom-table.ts';
import type {TableKind} from './tables/table-kind.ts';
import {tableKindOf} from './tables/table-kinds.ts';
import {scaleTable} from './tables/workload-tables.ts';

/** How a client wants to see objects. */
export interface ObjectForm {
	readonly form: Form;
	readonly includeObject: 'None' | 'Metadata' | 'Object';
}

/** What was asked for by the Accept header and the query; undefined: objects as they are. Throws StatusError 406 and 400. */
export function objectFormOf(accept: string | undefined, query: URLSearchParams): ObjectForm | undefined {
	const form = negotiate(accept, isObjectForm);
	if (form.as === '') return undefined;
	const included = query.get('includeObject') || 'Metadata';
	if (form.as === 'Table' && included !== 'None' && included !== 'Metadata' && included !== 'Object') {
		const why = `includeObject: Invalid value: "${included}": must be 'Metadata', 'Object', 'None', or empty`;
		throw badRequest(`Unable to convert to Table as requested: ${why}`);
	}
	return {form, includeObject: included as ObjectForm['includeObject']};
}

/** An object, or a list, in another form. `now` is epoch ms. Throws StatusError 406 where the form does not fit. */
export function inForm({form, includeObject}: ObjectForm, content: Content, now: number): JsonObject {
	const {resource, objects, list} = content;
	const apiVersion = `meta.k8s.io/${form.version}`;
	if (form.as === 'Table') {
		const kind = tableKind(content);
		const rows = objects.map(object => rowOf(kind, object, {apiVersion, includeObject, now}));
		const {resourceVersion} = objects[0]?.metadata ?? {};
		return {kind: 'Table', apiVersion, metadata: list ?? (resourceVersion === undefined ? {} : {resourceVersion}), columnDefinitions: columnsOf(kind), rows};
	}
	if (form.as === 'PartialObjectMetadataList') {
		if (list === undefined) throw notAcceptable(`you requested PartialObjectMetadataList, but the requested object is not a list (${resource.kind})`);
		return {kind: 'PartialObjectMetadataList', apiVersion, metadata: list, items: objects.map(object => partial(object, apiVersion))};
	}
	if (list !== undefined) throw notAcceptable(`you requested PartialObjectMetadata, but the requested object is a list (${resource.kind}List)`);
	return partial(objects[0] ?? {}, apiVersion);
}

/**
 * For one watch: turns the object of each event. Only the first table tells its columns. apiserver: handlers/response.go.
 * What a watch says of itself (`Status`) stays as it is.
 */
export function eventForm({form, includeObject}: ObjectForm, resource: Content['resource'], now: () => number): (object: JsonObject) => JsonObject {
	const apiVersion = `meta.k8s.io/${form.version}`;
	const kind = tableKind({resource, objects: []});
	let isFirst = true;
	return object => {
		if (object.kind === 'Status') return object;
		if (form.as !== 'Table') return partial(object, apiVersion);
		const {resourceVersion} = objectAt(object, 'metadata');
		const columnDefinitions = isFirst ? columnsOf(kind) : null;
		isFirst = false;
		const row = rowOf(kind, object, {apiVersion, includeObject, now: now()});
		return {kind: 'Table', apiVersion, metadata: resourceVersion === undefined ? {} : {resourceVersion}, columnDefinitions, rows: [row]};
	};
}

function tableKind({resource, objects}: Content): TableKind {
	if (resource.printerColumns !== undefined || resource.custom) return customTable(resource.printerColumns ?? []);
	return objects[0]?.kind === 'Scale' ? scaleTable : tableKindOf(resource.group, resource.plural);
}

function columnsOf({columns}: TableKind): Json {
	return columns as unknown as Json;
}

interface RowOptions {
	readonly apiVersion: string;
	readonly includeObject: ObjectForm['includeObject'];
	readonly now: number;
}

function rowOf(kind: TableKind, object: JsonObject, {apiVersion, includeObject, now}: RowOptions): JsonObject {
	const conditions = kind.conditions?.(object) ?? [];
	return {
		cells: kind.cells(object, now),
		...(conditions.length === 0 ? {} : {conditions}),
		object: included(object, apiVersion, includeObject),
	};
}

function included(object: JsonObject, apiVersion: string, includeObject: ObjectForm['includeObject']): Json {
	// The end of a watch's first events is marked in the metadata, so that is shown even to who wants none.
	const isMark = objectAt(object, 'metadata', 'annotations')['k8s.io/initial-events-end'] === 'true';
	if (includeObject === 'Object') return object;
	return includeObject === 'None' && !isMark ? null : partial(object, apiVersion);
}

function partial(object: JsonObject, apiVersion: string): JsonObject {
	return {kind: 'PartialObjectMetadata', apiVersion, metadata: isObject(object.metadata) ? object.metadata : {}};
}
