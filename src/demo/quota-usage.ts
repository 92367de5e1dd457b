import {type JsonObject, numberAt, objectAt, objectsAt, textAt} from './api/json.ts';
import {addQuantities, parseQuantity, type Quantity, quantityOf} from './quantity.ts';

/** Amounts by the name that a quota has for them: `pods`, `requests.cpu`, `count/deployments.apps`. */
export type Usage = ReadonlyMap<string, Quantity>;

const measured = ['cpu', 'memory', 'ephemeral-storage'] as const;
/** Kinds that quotas could count by their plural before there was `count/`. */
const countedByPlural = new Set(['configmaps', 'secrets', 'services', 'resourcequotas']);

/** What an object uses of a namespace's quotas. `now` is epoch ms. kubernetes: pkg/quota/v1/evaluator. */
export function quotaUsageOf({group, plural}: {readonly group: string; readonly plural: string}, object: JsonObject, now: number): Usage {
	const one = quantityOf(1);
	const usage = new Map([[`count/${group === '' ? plural : `${plural}.${group}`}`, one]]);
	if (group !== '') return usage;
	if (countedByPlural.has(plural)) usage.set(plural, one);
	if (plural !== 'pods' || isOver(object, now)) return usage;
	usage.set('pods', one);
	for (const [name, amount] of podAmounts(object, 'requests')) {
		usage.set(`requests.${name}`, amount);
		usage.set(name, amount);
	}
	for (const [name, amount] of podAmounts(object, 'limits')) usage.set(`limits.${name}`, amount);
	return usage;
}

const podNames = /^(count\/pods|pods|((requests|limits)\.)?(cpu|memory|ephemeral-storage))$/;

/** Whether a quota's name for an amount is one that pods use. */
export function isPodUsage(name: string): boolean {
	return podNames.test(name);
}

/** Names that a quota may have for an object's usage, and that each container must then say something about. */
export function missingRequests(object: JsonObject, wanted: readonly string[]): ReadonlyMap<string, readonly string[]> {
	const missing = new Map<string, readonly string[]>();
	for (const name of [...wanted].sort()) {
		const [, prefix = 'requests', resource = ''] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
		if (resource === '') continue;
		const silent = [...objectsAt(object, 'spec', 'containers'), ...objectsAt(object, 'spec', 'initContainers')]
			.filter(container => objectAt(container, 'resources', prefix)[resource] === undefined)
			.map(container => textAt(container, 'name'));
		if (silent.length > 0) missing.set(name, silent.sort());
	}
	return missing;
}

/** Whether a pod counts no longer: it has ended, or its time to end has run out. */
function isOver(pod: JsonObject, now: number): boolean {
	const phase = textAt(pod, 'status', 'phase');
	if (phase === 'Succeeded' || phase === 'Failed') return true;
	// The deletion's time is when the grace period is over.
	const deletedAt = Date.parse(textAt(pod, 'metadata', 'deletionTimestamp'));
	return !Number.isNaN(deletedAt) && numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') !== undefined && now > deletedAt;
}

/** What a pod asks for, by resource. */
function podAmounts(pod: JsonObject, part: 'requests' | 'limits'): readonly (readonly [string, Quantity])[] {
	return measured.flatMap(name => {
		const amount = podAmount(pod, container => parseQuantity(objectAt(container, 'resources', part)[name]));
		return amount === undefined ? [] : [[name, amount] as const];
	});
}

/** The sum over its containers. Init containers run before them, one by one, so the largest of those counts if it is more. component-helpers: resource/helpers.go. */
function podAmount(pod: JsonObject, amountOf: (container: JsonObject) => Quantity | undefined): Quantity | undefined {
	let running = objectsAt(pod, 'spec', 'containers').map(amountOf).reduce(sum, undefined);
	let sidecars: Quantity | undefined;
	let starting: Quantity | undefined;
	for (const container of objectsAt(pod, 'spec', 'initContainers')) {
		const amount = amountOf(container);
		if (container.restartPolicy === 'Always') {
			running = sum(running, amount);
			sidecars = sum(sidecars, amount);
		}
		starting = larger(starting, container.restartPolicy === 'Always' ? sidecars : sum(sidecars, amount));
	}
	return larger(running, starting);
}

function sum(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
	return left === undefined || right === undefined ? (left ?? right) : addQuantities(left, right);
}

function larger(left: Quantity | undefined, right: Quantity | undefined): Quantity | undefined {
	if (left === undefined || right === undefined) return left ?? right;
	return right.nanos > left.nanos ? right : left;
}
