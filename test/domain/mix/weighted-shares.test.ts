import {describe, expect, it} from 'vitest';
import {weightedShares} from '../../../src/domain/mix/weighted-shares.ts';

const stable = [{ownerUid: 'v1', ready: 4, share: 1}];
const canary = [{ownerUid: 'v2', ready: 1, share: 1}];

describe('declared weights', () => {
	it('decide over the number of endpoints', () => {
		expect(
			weightedShares([
				{weight: 80, shares: stable},
				{weight: 20, shares: canary},
			]),
		).toEqual([
			{ownerUid: 'v1', ready: 4, share: 0.8},
			{ownerUid: 'v2', ready: 1, share: 0.2},
		]);
	});

	it('add up where the same pods stand behind both', () => {
		expect(
			weightedShares([
				{weight: 1, shares: stable},
				{weight: 3, shares: stable},
			]),
		).toEqual([{ownerUid: 'v1', ready: 8, share: 1}]);
	});

	it('say nothing where endpoints that should get some are not known, or nobody should get any', () => {
		expect(
			weightedShares([
				{weight: 80, shares: stable},
				{weight: 20, shares: []},
			]),
		).toEqual([]);
		expect(
			weightedShares([
				{weight: 100, shares: stable},
				{weight: 0, shares: []},
			]),
		).toEqual([{ownerUid: 'v1', ready: 4, share: 1}]);
		expect(weightedShares([{weight: 0, shares: stable}])).toEqual([]);
	});
});
