import type {ExpectedShare} from '../domain/expected-share.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {routedShares} from '../domain/mix/routed-shares.ts';
import {weightedShares} from '../domain/mix/weighted-shares.ts';
import {newReplicaSet, ownReplicaSets} from '../domain/revisions.ts';
import {type Service, selectsTemplate} from '../domain/service.ts';
import {expectedShares} from './expected-shares.ts';
import type {TargetState} from './sampler-state.ts';
import type {State} from './state.ts';
import {focused} from './workload-state.ts';

/** The Services whose selector matches the workload's pods, by name; or the Service that is watched. */
export function servicesOf(state: State): readonly Service[] {
	if (state.target.kind === 'Service') return [...state.services.values()];
	const labels = focused(state).workload?.template.labels ?? {};
	return [...state.services.values()].filter(service => selectsTemplate(service, labels)).toSorted((left, right) => left.name.localeCompare(right.name));
}

/**
 * Name of the Service whose endpoints answer at a target; of no target yet: of the one that would be asked. A URL is taken to lead to that one, too, where
 * no weights say more. Undefined where several answer.
 */
export function serviceOfTarget(state: State, target: Pick<TargetState, 'target' | 'traits'> | undefined): string | undefined {
	const named = /^svc\/([^:/]+)/.exec(target?.target ?? '')?.[1];
	if (named !== undefined) return named;
	const weights = target?.traits.weights ?? [];
	if (weights.length === 0) return servicesOf(state)[0]?.name;
	const [only, ...others] = weights.filter(({weight}) => weight > 0);
	return others.length === 0 ? only?.service : undefined;
}

/** The Service of that name, if it is followed. */
export function serviceNamed({services}: Pick<State, 'services'>, name: string | undefined): Service | undefined {
	return [...services.values()].find(service => service.name === name);
}

/** What each owner's pods ought to answer of the requests to a target, by the endpoints of the moment; none where that is not known. */
export function expectedAt(state: State, target: Pick<TargetState, 'target' | 'traits'> | undefined): readonly ExpectedShare[] {
	// What a lost stream said last is no expectation any more; and before the pods are known, nobody knows whose the endpoints are.
	if (state.streams.endpointslices.condition.kind === 'lost' || !state.streams.pods.synced) return [];
	const sharesAt = (serviceName: string) => expectedShares(state, serviceName);
	const routed = routedAt(state, target?.target);
	if (routed !== undefined) return routed;
	const weights = target?.traits.weights ?? [];
	if (weights.length > 0) return weightedShares(weights.map(({service, weight}) => ({weight, shares: sharesAt(service)})));
	const serviceName = serviceOfTarget(state, target);
	return serviceName === undefined ? [] : sharesAt(serviceName);
}

/** At a front door whose weight OpenKruise sets step by step: by the step, since the weights that were found with the route are those of then. */
function routedAt(state: State, target: string | undefined): readonly ExpectedShare[] | undefined {
	const {workload} = focused(state);
	const release = workload?.release;
	if (workload === undefined || release === undefined || target === undefined || !/^https?:/.test(target)) return undefined;
	const weight = rulesOf(workload).steps()?.weight?.actual;
	const replicaSets = [...state.replicaSets.values()];
	const newOwner = newReplicaSet(workload, replicaSets)?.uid;
	if (weight === undefined || newOwner === undefined) return undefined;
	const own = new Set(ownReplicaSets(workload, replicaSets).map(({uid}) => uid));
	const pods = [...state.pods.values()].filter(({ownerUid}) => ownerUid !== undefined && own.has(ownerUid));
	return routedShares({weight, pods, newOwner});
}

/** Why there is no Service to ask. */
export function noServiceReason(state: State): string {
	const {condition, synced} = state.streams.services;
	if (condition.kind === 'forbidden') return 'Services may not be listed: give --curl TARGET';
	return synced ? 'no Service selects these pods: give --curl TARGET' : 'looking for a Service';
}
