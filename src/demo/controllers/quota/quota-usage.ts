import type {ApiObject} from '../../api-object.ts';
import {addQuantities, formatQuantity, noQuantity, parseQuantity, type Quantity, quantityOf} from '../../quantity.ts';
import type {Pod} from '../kinds.ts';
import {isTerminal} from '../pods.ts';

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
	const live = pods.filter(pod => isCharged(pod, nowMs));
	const used = Object.keys(quota.spec?.hard ?? {}).map(name => {
		if (name === 'pods') return [name, formatQuantity(quantityOf(live.length))];
		if (name === 'count/pods') return [name, formatQuantity(quantityOf(pods.length))];
		const resource = computeResource(name);
		if (resource !== undefined) return [name, formatQuantity(live.reduce((sum, pod) => addQuantities(sum, podAmount(pod, resource)), noQuantity))];
		const count = counts[name];
		return [name, count === undefined ? (quota.status?.used?.[name] ?? '0') : formatQuantity(quantityOf(count))];
	});
	return Object.fromEntries(used);
}

/** A pod that has ended, or should be gone by now, uses nothing any more. */
function isCharged(pod: Pod, nowMs: number): boolean {
	const {deletionTimestamp} = pod.metadata;
	return !isTerminal(pod) && (deletionTimestamp === undefined || Date.parse(deletionTimestamp) >= nowMs);
}

interface ComputeResource {
	readonly list: 'requests' | 'limits';
	readonly name: string;
}

/** `cpu` is short for `requests.cpu`. */
function computeResource(name: string): ComputeResource | undefined {
	const [, list = 'requests', resource] = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(name) ?? [];
	return resource === undefined ? undefined : {list: list as 'requests' | 'limits', name: resource};
}

function podAmount({spec: {containers, initContainers = []}}: Pod, {list, name}: ComputeResource): Quantity {
	const amount = ({resources}: (typeof containers)[number]) => parseQuantity(resources?.[list]?.[name]) ?? noQuantity;
	const running = containers.reduce((sum, container) => addQuantities(sum, amount(container)), noQuantity);
	return initContainers.map(amount).reduce((most, next) => (next.nanos > most.nanos ? next : most), running);
}

/** Whether two lists hold the same amounts, however they are written. */
export function sameAmounts(left: Amounts = {}, right: Amounts = {}): boolean {
	const names = Object.keys(left);
	return (
		names.length === Object.keys(right).length &&
		names.every(name => parseQuantity(left[name])?.nanos === parseQuantity(right[name])?.nanos && right[name] !== undefined)
	);
}
