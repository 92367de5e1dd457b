import {isObject, type Json, type JsonObject} from '../json.ts';
import {type FieldType, fieldsOf} from '../schema/field-type.ts';
import {type ElementOrder, elementOrders, inElementOrder} from './element-order.ts';
import {mergeList} from './merge-list.ts';
import {PatchError} from './patch-error.ts';

const directive = '$patch';
const deletePrefix = '$deleteFromPrimitiveList/';
const orderPrefix = '$setElementOrder/';
const retainKeys = '$retainKeys';

/**
 * A strategic merge patch applied to an object of a type: maps are merged, lists by their merge keys; `$patch`, `$retainKeys`,
 * `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are obeyed. Throws PatchError. apimachinery: pkg/util/strategicpatch/patch.go mergeMap.
 */
export function strategicMerge(original: JsonObject | undefined, patch: JsonObject, type: string): JsonObject {
	const order = patch[directive];
	if (order === 'replace') return without(patch, directive);
	if (order === 'delete') return {};
	if (order !== undefined) throw new PatchError(`unknown patch type found: ${JSON.stringify(order)}`);
	const result: {[key: string]: Json | undefined} = {...retained(original ?? {}, patch)};
	const orders = elementOrders(patch);
	for (const elementOrder of orders.values()) mergeOrdered(result, patch, type, elementOrder);
	for (const [key, value] of Object.entries(patch)) {
		if (key === retainKeys || key.startsWith(orderPrefix) || orders.has(key)) continue;
		mergeMember(result, key, value ?? null, type);
	}
	return result;
}

function fieldOf(type: string, name: string): FieldType | undefined {
	return fieldsOf(type)?.get(name);
}

/** What stays of an object by the patch's `$retainKeys`. */
function retained(original: JsonObject, patch: JsonObject): JsonObject {
	const keys = patch[retainKeys];
	if (keys === undefined) return original;
	if (!Array.isArray(keys)) throw new PatchError('invalid patch format of retainKeys', 400);
	for (const [key, value] of Object.entries(patch)) {
		const isDirective = key === retainKeys || key.startsWith(deletePrefix) || key.startsWith(orderPrefix);
		if (value !== null && !isDirective && !keys.includes(key)) throw new PatchError('invalid patch format of retainKeys', 400);
	}
	return Object.fromEntries(Object.entries(original).filter(([key]) => keys.includes(key)));
}

function mergeOrdered(result: {[key: string]: Json | undefined}, patch: JsonObject, type: string, elementOrder: ElementOrder): void {
	const {name} = elementOrder;
	const original = listOr(result[name] ?? undefined);
	const change = listOr(patch[name]);
	if (original === undefined && change === undefined) return;
	const field = fieldOf(type, name);
	const mergeKey = field?.mergeKey ?? '';
	if ((original?.length ?? 0) + (change?.length ?? 0) === 0) throw new PatchError('an order for a list that has no items');
	elementOrder.check(change ?? [], mergeKey);
	const merged = change === undefined ? original : original === undefined ? clean(change, true) : mergedList(original, change, field);
	result[name] = inElementOrder(merged as readonly Json[], elementOrder.order, original ?? [], mergeKey);
}

function listOr(value: Json | undefined): readonly Json[] | undefined {
	if (value === undefined) return undefined;
	if (!Array.isArray(value)) throw new PatchError('expected a list');
	return value;
}

function mergeMember(result: {[key: string]: Json | undefined}, patchKey: string, value: Json, type: string): void {
	const isDeletion = patchKey.startsWith(deletePrefix);
	const key = isDeletion ? patchKey.slice(deletePrefix.length) : patchKey;
	if (value === null) {
		delete result[key];
		return;
	}
	const old = result[key];
	const field = fieldOf(type, key);
	const isBoth = old !== undefined && old !== null;
	if (isBoth && isObject(old) && isObject(value)) result[key] = strategicMerge(old, value, field?.type ?? 'any');
	else if (isBoth && Array.isArray(old) && Array.isArray(value))
		result[key] = isDeletion ? old.filter(item => !value.includes(item)) : mergedList(old, value, field);
	else if (!isDeletion) setClean(result, key, value);
}

function mergedList(old: readonly Json[], change: readonly Json[], field: FieldType | undefined): readonly Json[] {
	if (field?.mergeKey === undefined) return change;
	return mergeList(old, change, field.mergeKey, (item, patch) => strategicMerge(item, patch, field.type));
}

function setClean(result: {[key: string]: Json | undefined}, key: string, value: Json): void {
	const cleaned = clean(value);
	if (cleaned === undefined) delete result[key];
	else result[key] = cleaned;
}

/** What a patch adds where there was nothing: without directives, and without nulls where upstream drops them; undefined when it is a directive itself. */
function clean(value: Json, keepsNulls = false): Json | undefined {
	if (Array.isArray(value)) return value.flatMap(item => clean(item, keepsNulls) ?? (item === null ? [null] : []));
	if (!isObject(value)) return value;
	if (Object.hasOwn(value, directive)) return undefined;
	const entries = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
		if (member === null && keepsNulls) return [[key, null]];
		const cleaned = member === null || member === undefined ? undefined : clean(member, keepsNulls);
		return cleaned === undefined ? [] : [[key, cleaned]];
	});
	return Object.fromEntries(entries);
}

function without(object: JsonObject, key: string): JsonObject {
	const {[key]: _, ...rest} = object;
	return rest;
}
