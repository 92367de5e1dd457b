import type {Controller, ControllerContext} from '../context.ts';
import {createWhenServed, followCustom} from '../custom/start-when-served.ts';
import {type Informer, keyOf} from '../informer.ts';
import type {Deployment, ReplicaSet} from '../kinds.ts';
import {byAge} from '../owners.ts';
import {createWorkQueue} from '../work-queue.ts';
import {canaryLabel, type KruiseRollout} from './kinds.ts';
import type {KruisePass} from './kruise-pass.ts';
import {syncRollout} from './sync-rollout.ts';
import {podHashOf} from './workload.ts';

/** Releases Deployments in steps, with a second Deployment beside the first (openkruise/rollouts, canary style). Only where its CRD is. */
export function createKruiseController(context: ControllerContext): Controller {
	return createWhenServed(context, 'rollouts.rollouts.kruise.io', served => {
		const rollouts = followCustom<KruiseRollout>(served, {apiVersion: 'rollouts.kruise.io/v1beta1', kind: 'Rollout', plural: 'rollouts'});
		return {controller: createQueue(served, rollouts), informers: [rollouts]};
	});
}

function createQueue(context: ControllerContext, rollouts: Informer<KruiseRollout, 'namespace'>): Controller {
	const {clock, informers} = context;
	const {deployments, replicaSets} = informers;
	const sync = async (key: string) => {
		const rollout = rollouts.get(key);
		const pass = rollout === undefined ? undefined : passOf(context, rollout, delayMs => queue.addAfter(key, delayMs));
		if (pass !== undefined) await syncRollout(pass);
	};
	const queue = createWorkQueue({clock, sync});
	rollouts.onChange(({now}) => now !== undefined && queue.add(keyOf(now)));
	/** The Rollouts that a Deployment, or the second one beside it, is part of. */
	const wake = ({metadata: {namespace, name, labels}}: Deployment) => {
		const workload = labels?.[canaryLabel] ?? name;
		for (const rollout of rollouts.with('namespace', namespace)) if (rollout.spec.workloadRef.name === workload) queue.add(keyOf(rollout));
	};
	const wakeOwner = ({metadata}: ReplicaSet) => {
		for (const {kind, name} of metadata.ownerReferences ?? []) {
			const owner = kind === 'Deployment' ? deployments.get(`${metadata.namespace}/${name}`) : undefined;
			if (owner !== undefined) wake(owner);
		}
	};
	deployments.onChange(({before, now}) => {
		const deployment = now ?? before;
		if (deployment !== undefined) wake(deployment);
	});
	replicaSets.onChange(({before, now}) => {
		if (before === undefined && now !== undefined) wakeOwner(now);
	});
	return queue;
}

/** What is known of a Rollout; undefined while its Deployment is not there. */
function passOf(context: ControllerContext, rollout: KruiseRollout, checkAgain: (delayMs: number) => void): KruisePass | undefined {
	const {deployments, replicaSets} = context.informers;
	const {namespace} = rollout.metadata;
	const workload = deployments.get(`${namespace}/${rollout.spec.workloadRef.name}`);
	if (workload === undefined) return undefined;
	const {name} = workload.metadata;
	const canary = [...deployments.with('namespace', namespace)].find(({metadata: {labels}}) => labels?.[canaryLabel] === name);
	const setsOf = ({metadata: {uid}}: Deployment) => [...replicaSets.with('manager', uid)].toSorted(byAge);
	const canaryReplicaSet = canary === undefined ? undefined : setsOf(canary).find(set => podHashOf(set) !== undefined);
	return {context, rollout, workload, replicaSets: setsOf(workload), canary, canaryReplicaSet, checkAgain};
}
