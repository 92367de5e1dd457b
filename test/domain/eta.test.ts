import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {etaOf} from '../../src/domain/eta.ts';
import {createReadiness} from '../../src/domain/readiness.ts';
import type {Strategy} from '../../src/domain/workload.ts';
import {start} from './cluster-objects.ts';
import {type SimulatedRollout, simulateRollout} from './simulate-rollout.ts';

const rolling = (maxSurge: number, maxUnavailable: number): Strategy => ({type: 'RollingUpdate', maxSurge, maxUnavailable});
const steady = {minReadySeconds: 0, pauseMs: 250, endMs: 3_600_000} as const;

/** The estimates of a whole rollout next to what was really left, ms. */
function estimates(given: SimulatedRollout) {
	const moments = simulateRollout(given);
	const end = moments.at(-1)?.at ?? 0;
	return moments.map(({at, workload, newPods}) => {
		const eta = etaOf({workload, readiness: createReadiness(newPods), startedAt: start, now: at});
		return {at, left: end - at, said: eta === undefined ? undefined : eta.at - at, pods: eta?.pods};
	});
}

describe('when a rollout will be through', () => {
	it.each<[string, SimulatedRollout]>([
		['one at a time', {...steady, desired: 6, strategy: rolling(1, 0), readyAfterMs: () => 8000}],
		['two at a time, of which a quarter is slow', {...steady, desired: 20, strategy: rolling(1, 1), readyAfterMs: index => (index % 4 === 0 ? 9000 : 6000)}],
		['minReadySeconds', {...steady, desired: 3, strategy: rolling(1, 0), minReadySeconds: 10, readyAfterMs: () => 3000}],
		['a quarter of a hundred at a time', {...steady, desired: 100, strategy: rolling(25, 25), readyAfterMs: index => 4000 + (index % 7) * 300}],
		['old pods go first', {...steady, desired: 4, strategy: rolling(0, 1), readyAfterMs: () => 5000}],
	])('is told within a third and three seconds: %s', (_reason, given) => {
		const all = estimates(given).filter(({left}) => left > 2 * given.pauseMs);
		const told = all.filter(({said}) => said !== undefined);
		// Without the first pods there is no pace; from then on it is told always.
		expect(told).toEqual(all.slice(all.findIndex(({said}) => said !== undefined)));
		expect(told.length).toBeGreaterThan(all.length / 3);
		for (const {said = 0, left} of told) expect(Math.abs(said - left)).toBeLessThanOrEqual(left / 3 + 3000);
	});

	it('is silent until the first pod of this rollout is available, and once all are', () => {
		const all = estimates({...steady, desired: 4, strategy: rolling(1, 0), readyAfterMs: () => 5000});
		expect(all.filter(({at, said}) => at < start + 5000 && said !== undefined)).toEqual([]);
		expect(all.at(-1)?.said).toBeUndefined();
	});

	it('falls silent when a pod takes far longer than those before', () => {
		const all = estimates({...steady, endMs: 300_000, desired: 4, strategy: rolling(1, 0), readyAfterMs: index => (index < 2 ? 5000 : undefined)});
		expect(all.some(({said}) => said !== undefined)).toBe(true);
		expect(all.at(-1)?.said).toBeUndefined();
		expect(all.filter(({at, said}) => at > start + 45_000 && said !== undefined)).toEqual([]);
	});

	it('does not count the pods that an undo finds still running as this rollout’s pace', () => {
		const [first] = simulateRollout({...steady, desired: 3, strategy: rolling(1, 0), readyAfterMs: () => 2000}).filter(({newPods}) => newPods.length === 2);
		if (first === undefined) throw new Error('no such moment');
		const readiness = createReadiness(first.newPods);
		expect(etaOf({...first, readiness, startedAt: start, now: first.at})).toBeDefined();
		expect(etaOf({...first, readiness, startedAt: first.at + 60_000, now: first.at + 60_000})).toBeUndefined();
		expect(etaOf({...first, readiness, startedAt: undefined, now: first.at})).toBeUndefined();
	});

	it.each<[string, Strategy]>([
		['all at once', {type: 'Recreate'}],
		['as many again', rolling(2_000_000_000, 0)],
		['one at a time', rolling(1, 0)],
	])('costs nothing where somebody asked for two thousand million pods, %s', (_reason, strategy) => {
		const moment = simulateRollout({...steady, desired: 3, strategy: rolling(1, 0), readyAfterMs: () => 2000}).find(({newPods}) => newPods.length === 2);
		if (moment === undefined) throw new Error('no such moment');
		const many = {...moment.workload, strategy, replicas: {...moment.workload.replicas, desired: 2_000_000_000}};
		const eta = etaOf({workload: many, readiness: createReadiness(moment.newPods), startedAt: start, now: moment.at});
		// Seventy years are no estimate.
		expect(eta === undefined || eta.at - moment.at <= 30_000).toBe(true);
	});

	it('is never in the past, whatever the pods do', () => {
		const readyAfter = fc.array(fc.option(fc.nat(60_000), {nil: undefined}), {minLength: 1, maxLength: 8});
		fc.assert(
			fc.property(fc.integer({min: 1, max: 12}), fc.nat(3), fc.nat(3), fc.nat(20), readyAfter, (desired, surge, unavailable, minReadySeconds, after) => {
				const given = {...steady, endMs: 200_000, pauseMs: 1000, desired, strategy: rolling(surge, unavailable), minReadySeconds};
				for (const {said} of estimates({...given, readyAfterMs: index => after[index % after.length]})) if (said !== undefined) expect(said).toBeGreaterThan(0);
			}),
			{numRuns: 100},
		);
	});
});
