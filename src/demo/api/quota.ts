import {addQuantities, formatQuantity, noQuantity, parseQuantity, type Quantity} from '../quantity.ts';
import {isPodUsage, missingRequests, quotaUsageOf, type Usage} from '../quota-usage.ts';
import type {Admission, ApiState, Write} from './api-state.ts';
import {type JsonObject, numberAt, objectAt, objectsAt} from './json.ts';
import type {StoredObject} from './resource.ts';
import {forbidden} from './status-error.ts';
import {keyOf, type Store} from './store.ts';

/**
 * Refuses objects for which a ResourceQuota of their namespace has no room, and counts those that it lets in. The count stays when the write fails
 * afterwards: a controller puts it right, as upstream's does. apiserver: pkg/admission/plugin/resourcequota/controller.go.
 */
export const quotaAdmission: Admission = (write, state) => {
	const {operation, subresource, namespace, object, dryRun} = write;
	if (operation !== 'CREATE' || subresource !== '' || namespace === '' || object === undefined) return object;
	const store = quotasOf(state);
	if (store === undefined || store.size === 0) return object;
	const usage = quotaUsageOf(write.resource, object, state.clock.now());
	const counted = [...store.objects(`${namespace}/`)].flatMap(quota => check(quota, write, usage) ?? []);
	if (!dryRun) for (const quota of counted) store.put(keyOf(namespace, quota.metadata.name), quota);
	return object;
};

function quotasOf({registry, storage}: ApiState): Store | undefined {
	const resource = registry.find('', 'v1', 'resourcequotas');
	return resource === undefined ? undefined : storage.of(resource);
}

/** The quota with the object counted; undefined where it is not about such objects. Throws StatusError 403. */
function check(quota: StoredObject, {resource, name, object}: Write, usage: Usage): StoredObject | undefined {
	const hard = amountsAt(quota, 'hard');
	const used = amountsAt(quota, 'used');
	const isPod = resource.group === '' && resource.plural === 'pods';
	const about = [...hard.keys()].filter(key => (isPod ? isPodUsage(key) : usage.has(key))).sort();
	if (about.length === 0 || object === undefined || !isInScopes(quota, object, isPod)) return undefined;
	const why = (isPod ? silenceAbout(object, about, quota) : undefined) ?? noRoom(quota, about, {usage, hard, used});
	if (why !== undefined) throw forbidden(resource, name, why);
	const requested = requestedOf(about, usage);
	if (requested.length === 0) return undefined;
	const next = [...used, ...requested.map(([key, amount]) => [key, addQuantities(used.get(key) ?? noQuantity, amount)] as const)];
	return {...quota, status: {...objectAt(quota, 'status'), used: Object.fromEntries(next.map(([key, amount]) => [key, formatQuantity(amount)]))}};
}

/** A quota of cpu or memory demands that every container says how much it wants. */
function silenceAbout(pod: JsonObject, about: readonly string[], {metadata}: StoredObject): string | undefined {
	const missing = [...missingRequests(pod, about)].map(([key, containers]) => `${key} for: ${containers.join(',')}`);
	return missing.length === 0 ? undefined : `failed quota: ${metadata.name}: must specify ${missing.join('; ')}`;
}

type Amounts = ReadonlyMap<string, Quantity>;

function noRoom({metadata}: StoredObject, about: readonly string[], {usage, hard, used}: Record<'usage' | 'hard' | 'used', Amounts>): string | undefined {
	if (about.some(key => !used.has(key))) return `status unknown for quota: ${metadata.name}, resources: ${about.join(',')}`;
	const of = (amounts: Amounts, key: string) => amounts.get(key) ?? noQuantity;
	const exceeded = requestedOf(about, usage).flatMap(([key, amount]) => (of(used, key).nanos + amount.nanos > of(hard, key).nanos ? [key] : []));
	if (exceeded.length === 0) return undefined;
	const text = (amounts: Amounts) => exceeded.map(key => `${key}=${formatQuantity(of(amounts, key))}`).join(',');
	return `exceeded quota: ${metadata.name}, requested: ${text(usage)}, used: ${text(used)}, limited: ${text(hard)}`;
}

/** What of a quota's concern is asked for at all. */
function requestedOf(about: readonly string[], usage: Usage): readonly (readonly [string, Quantity])[] {
	return about.map(key => [key, usage.get(key) ?? noQuantity] as const).filter(([, {nanos}]) => nanos !== 0n);
}

function amountsAt(quota: JsonObject, part: 'hard' | 'used'): Map<string, Quantity> {
	return new Map(Object.entries(objectAt(quota, 'status', part)).map(([key, text]) => [key, parseQuantity(text) ?? noQuantity]));
}

/** Scopes are about pods only; those by selector are not known here and match nothing. */
function isInScopes(quota: JsonObject, object: JsonObject, isPod: boolean): boolean {
	const {scopes = [], scopeSelector} = objectAt(quota, 'spec');
	if (scopeSelector !== undefined && scopeSelector !== null) return false;
	return Array.isArray(scopes) && scopes.every(scope => isPod && podIsInScope(String(scope), object));
}

function podIsInScope(scope: string, pod: JsonObject): boolean {
	const containers = [...objectsAt(pod, 'spec', 'containers'), ...objectsAt(pod, 'spec', 'initContainers')];
	const isBestEffort = containers.every(({resources}) =>
		['requests', 'limits'].every(part => {
			const {cpu, memory} = objectAt(resources, part);
			return cpu === undefined && memory === undefined;
		}),
	);
	const isTerminating = (numberAt(pod, 'spec', 'activeDeadlineSeconds') ?? -1) >= 0;
	const answers: Readonly<Record<string, boolean>> = {
		BestEffort: isBestEffort,
		NotBestEffort: !isBestEffort,
		Terminating: isTerminating,
		NotTerminating: !isTerminating,
	};
	return answers[scope] ?? false;
}
