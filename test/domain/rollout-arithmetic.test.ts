import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {fenceposts, scaleProportion} from '../../src/domain/rollout-arithmetic.ts';
import type {IntOrPercent} from '../../src/domain/workload.ts';

const intOrPercent: fc.Arbitrary<IntOrPercent> = fc.oneof(
	fc.nat(20),
	fc.nat(200).map(percent => `${percent}%` as const),
);

describe('fenceposts', () => {
	it('always let the rollout move, and never miss more pods than there are', () => {
		fc.assert(
			fc.property(intOrPercent, intOrPercent, fc.nat(1000), (maxSurge, maxUnavailable, desired) => {
				const {surge, unavailable} = fenceposts({type: 'RollingUpdate', maxSurge, maxUnavailable}, desired);
				if (desired > 0) expect(surge + unavailable).toBeGreaterThan(0);
				expect(unavailable).toBeLessThanOrEqual(desired);
				expect(Number.isInteger(surge) && Number.isInteger(unavailable)).toBe(true);
			}),
		);
	});

	it('are nothing for Recreate, which has no overlap', () => expect(fenceposts({type: 'Recreate'}, 5)).toEqual({surge: 0, unavailable: 0}));
	it('are nothing for no pods', () => expect(fenceposts({type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 0}, 0)).toEqual({surge: 0, unavailable: 0}));
});

describe('scaleProportion', () => {
	const share = {size: 4, maxReplicas: 10, currentReplicas: 10, desired: 20, surge: 0, toAdd: 10, added: 0};

	it.each<[reason: string, change: Partial<typeof share>, expected: number]>([
		['in proportion to its size', {}, 4],
		['no more than what is left', {added: 8}, 2],
		['nothing when all is given out', {added: 10}, 0],
		['nothing for an empty ReplicaSet', {size: 0}, 0],
		['all of it when scaled to nothing', {desired: 0, toAdd: -10}, -4],
		['by what runs, where no annotation tells', {maxReplicas: 0, currentReplicas: 20}, 0],
		['nothing where nothing runs either', {maxReplicas: 0, currentReplicas: 0}, 0],
		['a half is rounded away from zero', {size: 1, maxReplicas: 2, desired: 5, toAdd: 3}, 2],
	])('%s', (_reason, change, expected) => expect(scaleProportion({...share, ...change})).toBe(expected));

	it('never gives out more than there is, in either direction', () => {
		fc.assert(
			fc.property(fc.nat(50), fc.nat(60), fc.nat(100), fc.nat(10), fc.integer({min: -50, max: 50}), (size, maxReplicas, desired, surge, toAdd) => {
				const given = scaleProportion({size, maxReplicas, currentReplicas: size, desired, surge, toAdd, added: 0});
				if (toAdd >= 0) expect(given).toBeLessThanOrEqual(toAdd);
				if (toAdd <= 0) expect(given).toBeGreaterThanOrEqual(toAdd);
			}),
		);
	});
});
