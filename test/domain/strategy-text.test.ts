import {describe, expect, it} from 'vitest';
import type {Pod} from '../../src/domain/pod.ts';
import {createReadiness} from '../../src/domain/readiness.ts';
import type {RolloutStep} from '../../src/domain/rollout-step.ts';
import {strategyView} from '../../src/domain/strategy-text.ts';
import type {Deployment, Strategy} from '../../src/domain/workload.ts';
import {condition, pod, start, workload} from './cluster-objects.ts';

const recreate: Partial<Deployment> = {strategy: {type: 'Recreate'}};
const more = (count: number, last = false): RolloutStep => ({kind: 'available', more: count, last});
const unready = pod('kubia-7c9d5f-x2x7k', 'b', false);
const readyAt = (at: number): Pod => pod('kubia-7c9d5f-x2x7k', 'b', true, {conditions: [condition('Ready', 'True', {lastTransitionAt: at})]});
const tenSeconds: Partial<Deployment> = {minReadySeconds: 10};
const now = start + 3000;

function text(step: RolloutStep, newPods: readonly Pod[] = [], change: Partial<Deployment> = {}, newSize = newPods.length): string {
	return strategyView({workload: workload(change), step, newPods, readiness: createReadiness(newPods), newSize, now}).text;
}

const kubia = 'may run 4, must keep 3 available';

describe('the strategy in pods', () => {
	it.each<[string, string, string]>([
		['one pod, that is ready for 3 of 10 seconds', text(more(1), [readyAt(start)], tenSeconds), `${kubia}; now waits for x2x7k to be ready for 10s (7s left)`],
		['one pod, not ready yet', text(more(1), [unready], tenSeconds), `${kubia}; now waits for x2x7k to be ready for 10s`],
		['without minReadySeconds', text(more(1), [unready]), `${kubia}; now waits for x2x7k to be ready`],
		['one of several', text(more(1), [unready, pod('kubia-2', 'b', false)]), `${kubia}; now waits for 1 of 2 new pods to be ready`],
		['all that are left', text(more(2, true), [unready, pod('kubia-2', 'b', false), readyAt(start)]), `${kubia}; now waits for 2 new pods to be ready`],
		['not even made', text(more(2), [], {}, 2), `${kubia}; now waits for 2 new pods to be created`],
		['one is there, another is not made', text(more(1), [unready], {}, 2), `${kubia}; now waits for 1 of 2 new pods to be ready`],
		['the pods are there, the status lags', text(more(1), [readyAt(start)]), `${kubia}; now waits for 1 more pod to be available`],
		['growing', text({kind: 'grow', by: 2, to: 3}), `${kubia}; now adds 2 new pods`],
		['shrinking', text({kind: 'shrink-old', unhealthy: 0, healthy: 1}), `${kubia}; now ends 1 old pod`],
		['ill ones first', text({kind: 'shrink-old', unhealthy: 2, healthy: 0}), `${kubia}; now ends 2 old pods that are not available`],
		['ill ones and others', text({kind: 'shrink-old', unhealthy: 1, healthy: 2}), `${kubia}; now ends 1 old pod that is not available and 2 more`],
		['scaled down', text({kind: 'shrink-new', by: 1}), `${kubia}; now takes 1 new pod away`],
		['what was ordered', text({kind: 'settle'}), `${kubia}; now waits for old pods to be told to end`],
		['unobserved', text({kind: 'observe'}), `${kubia}; now the controller has yet to see the change`],
		['paused', text({kind: 'paused'}), `${kubia}; now paused`],
		['nothing left to do', text({kind: 'done'}), kubia],
		[
			'Recreate waits for the old ones',
			text({kind: 'old-gone', left: 2}, [], recreate),
			'Recreate: all old pods end before the first new one starts; now waits for 2 old pods to end',
		],
	])('%s', (_reason, said, expected) => {
		expect(said).toBe(expected);
	});

	it.each<[Strategy, number, number, number]>([
		[{type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'}, 4, 5, 3],
		[{type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'}, 3, 4, 3],
		[{type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 0}, 3, 3, 2],
		[{type: 'RollingUpdate', maxSurge: 2, maxUnavailable: '100%'}, 3, 5, 0],
		[{type: 'Recreate'}, 3, 3, 0],
	])('%j of %i may run %i and must keep %i', (strategy, desired, mayRun, mustKeep) => {
		const object = workload({strategy, replicas: {...workload().replicas, desired}});
		expect(strategyView({workload: object, step: {kind: 'done'}, newPods: [], readiness: createReadiness(), newSize: 0, now})).toMatchObject({
			mayRun,
			mustKeep,
		});
	});
});
