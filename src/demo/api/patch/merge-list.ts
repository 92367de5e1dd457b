import {isObject, type Json, type JsonObject} from '../json.ts';
import {inElementOrder} from './element-order.ts';
import {PatchError} from './patch-error.ts';

type MergeItem = (item: JsonObject, patch: JsonObject) => JsonObject;

/** Two lists as one: items with the same key are merged, others added; plain values as a set. apimachinery: strategicpatch/patch.go mergeSlice. */
export function mergeList(original: readonly Json[], patch: readonly Json[], mergeKey: string, mergeItem: MergeItem): readonly Json[] {
	if (original.length === 0 && patch.length === 0) return original;
	if (![...original, ...patch].every(isObject)) return mergeScalars(original, patch);
	if (mergeKey === '') throw new PatchError('cannot merge lists without merge key');
	const {kept, changes} = applyDirectives(original as readonly JsonObject[], patch as readonly JsonObject[], mergeKey);
	const merged: JsonObject[] = [...kept];
	for (const change of changes) {
		const key = keyIn(change, mergeKey);
		const index = merged.findIndex(item => item[mergeKey] === key);
		const found = merged[index];
		if (found === undefined) merged.push(change);
		else merged[index] = mergeItem(found, change);
	}
	return inElementOrder(merged, changes, kept, mergeKey);
}

function mergeScalars(original: readonly Json[], patch: readonly Json[]): readonly Json[] {
	if ([...original, ...patch].some(item => typeof item === 'object')) throw new PatchError('the items of a list must be of one type');
	return inElementOrder([...new Set([...original, ...patch])], patch, original, '');
}

function keyIn(item: JsonObject, mergeKey: string): Json {
	const key = item[mergeKey];
	if (key === undefined) throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
	return key;
}

interface Parts {
	readonly kept: readonly JsonObject[];
	readonly changes: readonly JsonObject[];
}

/** Obeys the items that say `$patch`. */
function applyDirectives(original: readonly JsonObject[], patch: readonly JsonObject[], mergeKey: string): Parts {
	let kept = original;
	let replace = false;
	const changes: JsonObject[] = [];
	for (const item of patch) {
		const order = item.$patch;
		if (order === undefined) changes.push(item);
		else if (order === 'delete') {
			const key = keyIn(item, mergeKey);
			kept = kept.filter(old => old[mergeKey] !== key);
		} else if (order === 'replace') replace = true;
		else if (order === 'merge') throw new PatchError('merging lists cannot yet be specified in the patch');
		else throw new PatchError(`unknown patch type: ${JSON.stringify(order)} in map: ${JSON.stringify(item)}`);
	}
	for (const change of changes) keyIn(change, mergeKey);
	return replace ? {kept: changes, changes: []} : {kept, changes};
}
