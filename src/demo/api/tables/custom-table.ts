import type {Json, JsonObject} from '../json.ts';
import {compileJsonPath} from './json-path.ts';
import {ageColumn, ageOf, type Column, nameColumn, nameOf, since, type TableKind} from './table-kind.ts';

/** An entry of `additionalPrinterColumns` of a CustomResourceDefinition. */
export interface PrinterColumn {
	readonly name: string;
	readonly type: string;
	readonly jsonPath: string;
	readonly format?: string;
	readonly description?: string;
	readonly priority?: number;
}

/** The table of a custom resource. apiextensions-apiserver: registry/customresource/tableconvertor/tableconvertor.go. */
export function customTable(declared: readonly PrinterColumn[]): TableKind {
	// Without any of their own, custom resources show their age.
	if (declared.length === 0) return {columns: [nameColumn, ageColumn], cells: (object, now) => [nameOf(object), ageOf(object, now)]};
	const finders = declared.map(({type, jsonPath}) => ({type, find: compileJsonPath(jsonPath)}));
	return {
		columns: [nameColumn, ...declared.map(columnOf)],
		cells: (object, now) => [nameOf(object), ...finders.map(({type, find}) => cellOf(type, find(object)[0], now))],
	};
}

function columnOf({name, type, format = '', description, jsonPath, priority = 0}: PrinterColumn): Column {
	return {name, type, format, description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`, priority};
}

function cellOf(type: string, value: Json | undefined, now: number): Json {
	if (value === undefined || value === null) return null;
	switch (type) {
		case 'integer':
			return typeof value === 'number' ? Math.trunc(value) : null;
		case 'number':
			return typeof value === 'number' ? value : null;
		case 'boolean':
			return typeof value === 'boolean' ? value : null;
		case 'string':
			return textOf(value);
		case 'date':
			return typeof value === 'string' ? dateText(value, now) : null;
		default:
			return null;
	}
}

function textOf(value: Json | JsonObject): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function dateText(value: string, now: number): string {
	return Number.isNaN(Date.parse(value)) ? '<invalid>' : since(value, now);
}
