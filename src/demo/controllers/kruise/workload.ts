import type {JsonObject} from '../../../domain/json.ts';
import {hashLabel, sameJson, withoutHash} from '../../../domain/same-template.ts';
import type {PodTemplate, ReplicaSet} from '../kinds.ts';
import {templateHash} from '../template-hash.ts';
import {inProgress, kruisePrefix} from './kinds.ts';
import {deploymentPathOf, type KruisePass} from './kruise-pass.ts';

/** How Kruise calls a template: a hash of its own, which no pod has (openkruise/rollouts: util.ComputeHash). */
export function revisionOf(template: PodTemplate): string {
	return templateHash(template, 0);
}

/** The hash label of a ReplicaSet. */
export function podHashOf(replicaSet: ReplicaSet | undefined): string | undefined {
	return replicaSet?.metadata.labels?.[hashLabel];
}

/** Which of the workload's ReplicaSets has its template. */
export function currentReplicaSet({workload, replicaSets}: KruisePass): ReplicaSet | undefined {
	return replicaSets.find(({spec}) => isSame(spec.template, workload.spec.template));
}

/** The workload has the old template again. */
export function isRolledBack(pass: KruisePass, stableRevision: string): boolean {
	return podHashOf(currentReplicaSet(pass)) === stableRevision;
}

function isSame(left: PodTemplate, right: PodTemplate): boolean {
	return sameJson(withoutHash(left as unknown as JsonObject), withoutHash(right as unknown as JsonObject));
}

/** A new template of it waits for this Rollout. */
export function isWaiting({workload, rollout}: KruisePass): boolean {
	const text = workload.metadata.annotations?.[inProgress];
	return text?.includes(JSON.stringify(rollout.metadata.name)) === true;
}

/** Tells the webhook that it is to be asked about this Deployment. */
export async function labelWorkload({context: {api}, workload}: KruisePass): Promise<void> {
	if (workload.metadata.labels?.[`${kruisePrefix}workload-type`] !== undefined) return;
	await patchWorkload({api}, workload, {metadata: {labels: {[`${kruisePrefix}workload-type`]: 'deployment'}}});
}

/** Its template is nobody's business any more. */
export async function freeWorkload({context, workload}: KruisePass): Promise<void> {
	if (workload.metadata.annotations?.[inProgress] === undefined) return;
	await patchWorkload(context, workload, {metadata: {annotations: {[inProgress]: null}}});
}

/** The Deployment's own controller takes over. */
export async function resumeWorkload({context, workload}: KruisePass): Promise<void> {
	if (workload.spec.paused === true) await patchWorkload(context, workload, {spec: {paused: null}});
}

async function patchWorkload({api}: Pick<KruisePass['context'], 'api'>, workload: KruisePass['workload'], body: object): Promise<void> {
	await api.send({method: 'PATCH', path: deploymentPathOf(workload), body, contentType: 'application/merge-patch+json'});
}
