import {formatQuantity, parseQuantity} from '../../quantity.ts';
import {isObject, type Json, type JsonObject} from '../json.ts';
import {type FieldType, fieldsOf} from './field-type.ts';

/** What came to light while an object was read. */
export interface Findings {
	/** The first thing that cannot be read at all, in Go's words. */
	mismatch: string | undefined;
	readonly unknownFields: string[];
}

/** An object as upstream's Go types would print it: without unknown and empty fields, with those that are always there. The same object when it is already so. */
export function conform(type: string, value: JsonObject, findings: Findings): JsonObject {
	return conformObject(type, value, '', findings);
}

function conformObject(type: string, value: JsonObject, path: string, findings: Findings): JsonObject {
	const fields = fieldsOf(type);
	if (fields === undefined) return value;
	let changed: {[key: string]: Json | undefined} | undefined;
	const set = (name: string, next: Json | undefined) => {
		if (next === value[name] && (next !== undefined || !Object.hasOwn(value, name))) return;
		changed ??= {...value};
		if (next === undefined) delete changed[name];
		else changed[name] = next;
	};
	for (const name of Object.keys(value)) {
		const field = fields.get(name);
		if (field === undefined) findings.unknownFields.push(path + name);
		set(name, field === undefined ? undefined : conformField(field, value[name], {path: path + name, holder: type}, findings));
	}
	for (const [name, field] of fields) if (isAlwaysPrinted(field) && value[name] === undefined) set(name, emptyOf(field));
	return changed ?? value;
}

interface Place {
	readonly path: string;
	/** The type that has the field, for messages. */
	readonly holder: string;
}

function conformField(field: FieldType, value: Json | undefined, place: Place, findings: Findings): Json | undefined {
	if (value === undefined || value === null) return isAlwaysPrinted(field) ? emptyOf(field) : undefined;
	const read = readField(field, value, place, findings);
	return field.printed === 'if-not-empty' && isEmpty(read) ? undefined : read;
}

function isEmpty(value: Json): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === '' || value === 0 || value === false;
}

function isAlwaysPrinted({printed}: FieldType): boolean {
	return printed === 'always' || printed === 'always-or-null';
}

function emptyOf({shape, type, printed}: FieldType): Json {
	if (shape !== 'one' || printed === 'always-or-null') return null;
	if (type === 'string') return '';
	if (type === 'bool') return false;
	if (/^u?int\d*$|^float/.test(type)) return 0;
	return fieldsOf(type) === undefined
		? type === 'int-or-string' || type === 'quantity'
			? type === 'quantity'
				? '0'
				: 0
			: null
		: conformObject(type, {}, '', ignored);
}

const ignored: Findings = {mismatch: undefined, unknownFields: []};

function readField(field: FieldType, value: Json, place: Place, findings: Findings): Json {
	if (field.shape === 'list') return Array.isArray(value) ? readList(field, value, place, findings) : mismatch(field, value, place, findings);
	if (field.shape === 'map') return isObject(value) ? readMap(field, value, place, findings) : mismatch(field, value, place, findings);
	return readOne(field, value, place, findings);
}

function readList(field: FieldType, list: readonly Json[], {path, holder}: Place, findings: Findings): Json {
	// Empty lists are stored as none.
	if (list.length === 0) return isAlwaysPrinted(field) ? null : list;
	const items = list.map((item, index) => readOne(field, item, {path: `${path}[${index}]`, holder}, findings));
	return items.every((item, index) => item === list[index]) ? list : items;
}

function readMap(field: FieldType, map: JsonObject, place: Place, findings: Findings): Json {
	const {path, holder} = place;
	let changed: {[key: string]: Json} | undefined;
	for (const [key, value] of Object.entries(map)) {
		const read = readOne({...field, shape: 'one'}, value ?? null, fieldsOf(field.type) === undefined ? place : {path: `${path}.${key}`, holder}, findings);
		if (read === value) continue;
		changed ??= {...map} as {[key: string]: Json};
		changed[key] = read;
	}
	return changed ?? map;
}

function readOne(field: FieldType, value: Json, place: Place, findings: Findings): Json {
	const {type} = field;
	if (type === 'any') return value;
	if (fieldsOf(type) !== undefined) {
		if (value === null) return conformObject(type, {}, `${place.path}.`, findings);
		return isObject(value) ? conformObject(type, value, `${place.path}.`, findings) : mismatch(field, value, place, findings);
	}
	return readScalar(field, value, place, findings);
}

function readScalar(field: FieldType, value: Json, place: Place, findings: Findings): Json {
	const {type} = field;
	if (type === 'quantity' && value !== null) return readQuantity(value, findings);
	if (value === null) return emptyOf({...field, shape: 'one'});
	return fits(type, value) ? value : mismatch(field, value, place, findings);
}

const plainQuantity = /^[1-9]\d{0,2}(m|Ki|Mi|Gi)?$/;

/** Amounts are printed in one way only. */
function readQuantity(value: Json, findings: Findings): Json {
	if (typeof value === 'string' && plainQuantity.test(value)) return value;
	const quantity = parseQuantity(value);
	if (quantity !== undefined) return formatQuantity(quantity);
	findings.mismatch ??= "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
	return '0';
}

function fits(type: string, value: Json): boolean {
	if (type === 'bool') return typeof value === 'boolean';
	if (type === 'int-or-string') return typeof value === 'string' || Number.isInteger(value);
	if (/^u?int\d*$/.test(type)) return Number.isInteger(value) && Math.abs(value as number) <= (type === 'int32' ? 2 ** 31 : Number.MAX_SAFE_INTEGER);
	if (type.startsWith('float')) return typeof value === 'number';
	return typeof value === 'string';
}

function mismatch({type, shape}: FieldType, value: Json, {path, holder}: Place, findings: Findings): Json {
	const goType = fieldsOf(type) === undefined ? type : `v1.${type}`;
	const wanted = shape === 'list' && !path.endsWith(']') ? `[]${goType}` : shape === 'map' ? `map[string]${goType}` : goType;
	const shown = typeof value === 'number' ? (Number.isInteger(value) ? 'number' : `number ${value}`) : goKind(value);
	findings.mismatch ??= `json: cannot unmarshal ${shown} into Go struct field ${holder}.${path.replaceAll(/\[\d+\]/g, '')} of type ${wanted}`;
	return emptyOf({type, shape, mergeKey: undefined, retainsKeys: false, printed: 'always'});
}

function goKind(value: Json): string {
	if (Array.isArray(value)) return 'array';
	return typeof value === 'boolean' ? 'bool' : typeof value;
}
