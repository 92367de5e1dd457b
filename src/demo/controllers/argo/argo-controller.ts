import type {Controller, ControllerContext} from '../context.ts';
import {createWhenServed, followCustom} from '../custom/start-when-served.ts';
import {type Informer, keyOf} from '../informer.ts';
import type {Pod, ReplicaSet} from '../kinds.ts';
import {byAge, controllerOf} from '../owners.ts';
import {replicaSetPath} from '../paths.ts';
import {createWorkQueue} from '../work-queue.ts';
import type {ArgoRollout} from './kinds.ts';
import {syncArgoRollout} from './sync-rollout.ts';

/** Rolls Argo's Rollouts out (argo-rollouts, canary without a traffic router). Only where their CRD is. */
export function createArgoController(context: ControllerContext): Controller {
	return createWhenServed(context, 'rollouts.argoproj.io', served => {
		const rollouts = followCustom<ArgoRollout>(served, {apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', plural: 'rollouts'});
		return {controller: createQueue(served, rollouts), informers: [rollouts]};
	});
}

function createQueue(context: ControllerContext, rollouts: Informer<ArgoRollout, 'namespace'>): Controller {
	const {clock, informers} = context;
	const {replicaSets, pods} = informers;
	const sync = async (key: string) => {
		const rollout = rollouts.get(key);
		if (rollout === undefined) return;
		const owned = [...replicaSets.with('manager', rollout.metadata.uid)].toSorted(byAge);
		await syncArgoRollout({context, rollout, replicaSets: owned, checkAgain: delayMs => queue.addAfter(key, delayMs)});
	};
	const queue = createWorkQueue({clock, sync});
	rollouts.onChange(({before, now}) => {
		if (now !== undefined) queue.add(keyOf(now));
		else if (before !== undefined) void removeSets(context, before);
	});
	const wake = (replicaSet: ReplicaSet | undefined) => {
		const owner = replicaSet === undefined ? undefined : controllerOf(replicaSet);
		if (owner?.kind === 'Rollout') queue.add(`${replicaSet?.metadata.namespace}/${owner.name}`);
	};
	replicaSets.onChange(({before, now}) => wake(now ?? before));
	// A restart goes on when a pod is gone.
	pods.onChange(({before, now}) => {
		if (before !== undefined && now === undefined) wake(setOf(before));
	});
	const setOf = (pod: Pod) => replicaSets.get(`${pod.metadata.namespace}/${controllerOf(pod)?.name}`);
	return queue;
}

/** The garbage collector here follows no custom kinds: what a Rollout owned would stay. */
async function removeSets({api, informers: {replicaSets}}: ControllerContext, {metadata}: ArgoRollout): Promise<void> {
	const owned = [...replicaSets.with('manager', metadata.uid)];
	await Promise.all(owned.map(set => api.send({method: 'DELETE', path: replicaSetPath(metadata.namespace, set.metadata.name)}).catch(() => undefined)));
}
