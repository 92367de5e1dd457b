import {isNotFound} from '../../api-client.ts';
import type {Deployment} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {pathOf} from '../paths.ts';
import {canaryLabel, type KruiseStep} from './kinds.ts';
import {deploymentPathOf, type KruisePass} from './kruise-pass.ts';

/** How many new pods a step wants: parts of a hundred are rounded up. */
export function wantedReplicas({replicas, traffic}: KruiseStep, {spec}: Deployment): number {
	const wanted = replicas ?? traffic ?? 0;
	if (typeof wanted === 'number') return Math.min(wanted, spec.replicas);
	return Math.ceil((Number.parseInt(wanted, 10) * spec.replicas) / 100);
}

/**
 * Makes the second Deployment, which has the new template and a name of its own, or gives it the size of the step. Gives whether all its pods are
 * ready (openkruise/rollouts: pkg/controller/batchrelease/control/canarystyle).
 */
export async function bringUpCanary(pass: KruisePass, step: KruiseStep): Promise<boolean> {
	const {context, workload, canary} = pass;
	const replicas = wantedReplicas(step, workload);
	if (canary === undefined) {
		await context.api.send({method: 'POST', path: pathOf('apps/v1', 'deployments', workload.metadata.namespace), body: canaryOf(pass)});
		return false;
	}
	if (canary.spec.replicas !== replicas) {
		await context.api.send({method: 'PATCH', path: deploymentPathOf(canary), body: {spec: {replicas}}, contentType: 'application/merge-patch+json'});
		return false;
	}
	const {observedGeneration = 0, replicas: there = 0, availableReplicas = 0} = canary.status ?? {};
	return observedGeneration >= (canary.metadata.generation ?? 0) && there === replicas && availableReplicas >= replicas;
}

function canaryOf({workload, rollout}: KruisePass): object {
	const {name, namespace} = workload.metadata;
	const {paused: _, ...spec} = workload.spec;
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {generateName: `${name}-`, namespace, labels: {[canaryLabel]: name}, ownerReferences: [controllerReference(rollout)]},
		spec: {...spec, replicas: 0},
	};
}

/** Takes the second Deployment away, its pods with it. Gives whether it is gone. */
export async function removeCanary({context, canary}: KruisePass): Promise<boolean> {
	if (canary === undefined) return true;
	if (canary.metadata.deletionTimestamp === undefined) await removeObject(context, deploymentPathOf(canary));
	return false;
}

/** Deletes what may be gone already. */
export async function removeObject({api}: KruisePass['context'], path: string): Promise<void> {
	try {
		await api.send({method: 'DELETE', path});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
