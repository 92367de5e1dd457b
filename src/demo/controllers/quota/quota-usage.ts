import type {JsonObject} from '../../api/json.ts';
import type {ApiObject} from '../../api-object.ts';
import {addQuantities, formatQuantity, noQuantity, parseQuantity, quantityOf} from '../../quantity.ts';
import {isPodUsage, quotaUsageOf} from '../../quota-usage.ts';
import type {Pod} from '../kinds.ts';

type Amounts = Readonly<Record<string, string>>;

/** A ResourceQuota as the API sends it. */
export interface ResourceQuota extends ApiObject {
	readonly spec?: {readonly hard?: Amounts};
	readonly status?: {readonly hard?: Amounts; readonly used?: Amounts};
}

/** What a namespace holds, as far as quotas can limit it. */
export interface NamespaceContent {
	readonly pods: readonly Pod[];
	/** How many objects there are, by the name that quotas have for them: `services`, `count/deployments.apps`. */
	readonly counts: Readonly<Record<string, number>>;
}

/** How much of each limited resource is used; what nobody here counts stays as it was (kubernetes: pkg/quota/v1). */
export function quotaUsage(quota: ResourceQuota, {pods, counts}: NamespaceContent, nowMs: number): Amounts {
	const usages = pods.map(pod => quotaUsageOf(podResource, pod as unknown as JsonObject, nowMs));
	const used = Object.keys(quota.spec?.hard ?? {}).map(name => {
		if (isPodUsage(name)) return [name, formatQuantity(usages.reduce((sum, usage) => addQuantities(sum, usage.get(name) ?? noQuantity), noQuantity))];
		const count = counts[name];
		return [name, count === undefined ? (quota.status?.used?.[name] ?? '0') : formatQuantity(quantityOf(count))];
	});
	return Object.fromEntries(used);
}

const podResource = {group: '', plural: 'pods'};

/** Whether two lists hold the same amounts, however they are written. */
export function sameAmounts(left: Amounts = {}, right: Amounts = {}): boolean {
	const names = Object.keys(left);
	return (
		names.length === Object.keys(right).length &&
		names.every(name => parseQuantity(left[name])?.nanos === parseQuantity(right[name])?.nanos && right[name] !== undefined)
	);
}
