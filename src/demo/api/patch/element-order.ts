import {isObject, type Json, type JsonObject} from '../json.ts';
import {PatchError} from './patch-error.ts';

const orderPrefix = '$setElementOrder/';

/** A list's wished order, as a patch tells it beside the list itself. */
export interface ElementOrder {
	readonly name: string;
	readonly order: readonly Json[];
	/** Throws PatchError when the patch's own items come in another order. */
	readonly check: (items: readonly Json[], mergeKey: string) => void;
}

/** All wishes of a patch, by the name of the list. */
export function elementOrders(patch: JsonObject): ReadonlyMap<string, ElementOrder> {
	const orders = new Map<string, ElementOrder>();
	for (const [key, order] of Object.entries(patch)) {
		if (!key.startsWith(orderPrefix)) continue;
		const name = key.slice(orderPrefix.length);
		if (name === '' || !Array.isArray(order)) throw new PatchError('invalid patch format of setElementOrder list', 400);
		orders.set(name, {name, order, check: (items, mergeKey) => checkOrder(items, order, mergeKey)});
	}
	return orders;
}

const keyOf = (item: Json, mergeKey: string): Json | undefined => (mergeKey !== '' && isObject(item) ? item[mergeKey] : item);

function checkKey(item: Json, mergeKey: string): void {
	if (keyOf(item, mergeKey) === undefined) throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
}

function checkOrder(items: readonly Json[], order: readonly Json[], mergeKey: string): void {
	const kept = items.filter(item => !(isObject(item) && Object.hasOwn(item, '$patch')));
	if (kept.length === 0 || order.length === 0) return;
	if (mergeKey !== '') for (const item of [...kept, ...order]) checkKey(item, mergeKey);
	let at = 0;
	for (const wished of order) if (at < kept.length && keyOf(kept[at] ?? null, mergeKey) === keyOf(wished, mergeKey)) at++;
	if (at < kept.length)
		throw new PatchError(`The order in patch list:\n${JSON.stringify(items)}\n doesn't match $setElementOrder list:\n${JSON.stringify(order)}\n`);
}

/**
 * Items that the patch names in the patch's order, the others in the order that they had, and the two woven together by the old order as far as it
 * says anything. apimachinery: strategicpatch/patch.go normalizeElementOrder.
 */
export function inElementOrder(items: readonly Json[], patchOrder: readonly Json[], oldOrder: readonly Json[], mergeKey: string): readonly Json[] {
	const places = (order: readonly Json[]) => {
		const found = new Map<Json | undefined, number>();
		for (const [index, item] of order.entries()) if (!found.has(keyOf(item, mergeKey))) found.set(keyOf(item, mergeKey), index);
		return (item: Json) => found.get(keyOf(item, mergeKey)) ?? -1;
	};
	const inPatch = places(patchOrder);
	const inOld = places(oldOrder);
	const patched = items.filter(item => inPatch(item) >= 0).sort((a, b) => inPatch(a) - inPatch(b));
	const others = items.filter(item => inPatch(item) < 0);
	if (others.every(item => inOld(item) >= 0)) others.sort((a, b) => inOld(a) - inOld(b));
	return weave(others, patched, inOld);
}

function weave(left: readonly Json[], right: readonly Json[], inOld: (item: Json) => number): Json[] {
	const all: Json[] = [];
	let at = 0;
	for (const item of left) {
		while (at < right.length && !comesBefore(item, right[at] as Json, inOld)) all.push(right[at++] as Json);
		all.push(item);
	}
	return [...all, ...right.slice(at)];
}

function comesBefore(left: Json, right: Json, inOld: (item: Json) => number): boolean {
	return inOld(left) >= 0 && inOld(right) >= 0 && inOld(left) < inOld(right);
}
