import {isDeepStrictEqual} from 'node:util';
import type {Controller, ControllerContext} from '../context.ts';
import {keyOf} from '../informer.ts';
import type {Deployment, Pod} from '../kinds.ts';
import {controllerOf, findController} from '../owners.ts';
import {pathOf} from '../paths.ts';
import {selects} from '../selectors.ts';
import type {StatefulSet} from '../stateful-set/stateful-set.ts';
import {createWorkQueue} from '../work-queue.ts';
import {budgetStatus, type DisruptionBudget} from './budget-status.ts';

type Scaled = Deployment | StatefulSet;

/** Keeps in each PodDisruptionBudget's status how many pods may go now (kubernetes: pkg/controller/disruption). */
export function createDisruptionController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {disruptionBudgets, pods, deployments, statefulSets} = informers;
	const sync = async (key: string) => {
		const budget = disruptionBudgets.get(key);
		if (budget === undefined) return;
		const {namespace = '', name} = budget.metadata;
		const own = [...pods.with('namespace', namespace)].filter(pod => selects(budget.spec.selector ?? {}, pod.metadata.labels));
		const status = budgetStatus(budget, own, scaleOf(own, context), clock.now());
		if (isDeepStrictEqual(budget.status, status)) return;
		await api.send({method: 'PUT', path: `${pathOf('policy/v1', 'poddisruptionbudgets', namespace, name)}/status`, body: {...budget, status}});
	};
	const queue = createWorkQueue({clock, sync});
	const wake = (namespace: string, matches: (budget: DisruptionBudget) => boolean) => {
		for (const budget of disruptionBudgets.with('namespace', namespace)) if (matches(budget)) queue.add(keyOf(budget));
	};
	disruptionBudgets.onChange(({now}) => now !== undefined && queue.add(keyOf(now)));
	pods.onChange(({before, now}) => {
		const pod = now ?? before;
		if (pod !== undefined) wake(pod.metadata.namespace, ({spec}) => selects(spec.selector ?? {}, pod.metadata.labels));
	});
	for (const scaled of [deployments, statefulSets]) {
		scaled.onChange(({before, now}: {before: Scaled | undefined; now: Scaled | undefined}) => {
			if (before?.spec.replicas !== now?.spec.replicas) wake((now ?? before)?.metadata.namespace ?? '', () => true);
		});
	}
	return {start: queue.start, stop: queue.stop};
}

/** How many pods the controllers of these pods want together; pods of nobody count for nothing. */
function scaleOf(own: readonly Pod[], {informers: {replicaSets, deployments, statefulSets}}: ControllerContext): number {
	const scales = new Map<string, number>();
	for (const pod of own) {
		const {namespace} = pod.metadata;
		const replicaSet = findController(controllerOf(pod), 'ReplicaSet', namespace, replicaSets.get);
		const deployment = replicaSet === undefined ? undefined : findController(controllerOf(replicaSet), 'Deployment', namespace, deployments.get);
		const owner = deployment ?? replicaSet ?? findController(controllerOf(pod), 'StatefulSet', namespace, statefulSets.get);
		if (owner !== undefined) scales.set(owner.metadata.uid, owner.spec.replicas);
	}
	return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}
