import {mergedBins} from '../latency-bins.ts';
import {furtherVersions} from '../version-track.ts';
import {rekeyed, type Tallies} from './tallies.ts';

// Owners whose failures are told apart: rollouts over days leave more of them than anybody reads.
const mostOwners = 64;

/**
 * What was counted since the start with some more: as large after days as after minutes. The owners that failed least recently are put together, under
 * the name of the further versions.
 */
export function addToTotals(totals: Tallies, more: Tallies): Tallies {
	const added = new Map(totals);
	for (const [key, tally] of more) {
		const known = totals.get(key);
		// Deleted first: a map keeps the order of insertion, so those that rest come first.
		added.delete(key);
		added.set(key, known === undefined ? tally : {count: known.count + tally.count, latency: mergedBins([known.latency, tally.latency])});
	}
	const owners = [...added.keys()].filter(key => typeof key === 'string' && key !== furtherVersions);
	if (owners.length <= mostOwners) return added;
	const leaving = new Set(owners.slice(0, owners.length - mostOwners));
	return rekeyed(added, key => (leaving.has(key) ? furtherVersions : key));
}
