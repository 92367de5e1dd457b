import type {ExpectedShare} from '../expected-share.ts';

/** A Service's part of the requests, as it is declared, and what its own endpoints make of that. */
export type WeightedService = {readonly weight: number; readonly shares: readonly ExpectedShare[]};

/**
 * What each owner's pods ought to get where weights share the requests out over Services. Empty where one that is to get some has no endpoint that is
 * known: then the shares of the others say nothing.
 */
export function weightedShares(services: readonly WeightedService[]): readonly ExpectedShare[] {
	const total = services.reduce((sum, {weight}) => sum + weight, 0);
	if (total <= 0 || services.some(({weight, shares}) => weight > 0 && shares.length === 0)) return [];
	const sums = new Map<string | undefined, ExpectedShare>();
	for (const {weight, shares} of services) {
		for (const {ownerUid, ready, share} of shares) {
			const known = sums.get(ownerUid) ?? {ownerUid, ready: 0, share: 0};
			sums.set(ownerUid, {ownerUid, ready: known.ready + ready, share: known.share + (share * weight) / total});
		}
	}
	return [...sums.values()];
}
