import {conditionOf} from '../condition-of.ts';
import type {ExpectedShare} from '../expected-share.ts';
import type {Pod} from '../pod.ts';
import {weightedShares} from './weighted-shares.ts';

type RoutedInput = {
	/** Percent of the traffic that is routed to the new version. */
	readonly weight: number;
	/** The workload's pods. */
	readonly pods: Iterable<Pick<Pod, 'conditions' | 'deletedAt' | 'ownerUid'>>;
	/** uid of the ReplicaSet of the new version. */
	readonly newOwner: string;
};

function sharesOf(owners: readonly (string | undefined)[]): readonly ExpectedShare[] {
	const counts = new Map<string | undefined, number>();
	for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
	return Array.from(counts, ([ownerUid, ready]) => ({ownerUid, ready, share: ready / owners.length}));
}

/**
 * What each owner's pods ought to get at a front door whose weight the controller of a release sets: the new version its percent, however many pods it has, the
 * ready ones of the others share the rest. Empty where a side that is to get some has no pod that takes it.
 */
export function routedShares({weight, pods, newOwner}: RoutedInput): readonly ExpectedShare[] {
	const ready = [...pods].filter(pod => pod.deletedAt === undefined && conditionOf(pod.conditions, 'Ready')?.status === 'True').map(({ownerUid}) => ownerUid);
	const isNew = (owner: string | undefined) => owner === newOwner;
	return weightedShares([
		{weight: weight / 100, shares: sharesOf(ready.filter(isNew))},
		{weight: 1 - weight / 100, shares: sharesOf(ready.filter(owner => !isNew(owner)))},
	]);
}
