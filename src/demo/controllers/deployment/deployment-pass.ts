import type {ApiClient} from '../../api-client.ts';
import type {Clock} from '../../clock.ts';
import type {EventRecorder} from '../../event-recorder.ts';
import {involved} from '../context.ts';
import type {Deployment, DeploymentStatus, ReplicaSet} from '../kinds.ts';
import {deploymentPath, replicaSetPath} from '../paths.ts';
import {deploymentStatus, sameDeploymentStatus} from './deployment-status.ts';
import type {ScaleStep} from './plan-rolling-update.ts';
import {nextProgressCheckMs, rolloutStatus} from './progress.ts';
import {hasAnnotations, sizeAnnotations} from './revision-annotations.ts';

/**
 * One pass over one Deployment. As upstream it works on the view with which it began: after it has written the Deployment once, a second write of the
 * same pass is refused (409), and the next pass, with the new view, does the rest.
 */
export interface DeploymentPass {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly events: EventRecorder;
	/** Its ReplicaSets, oldest first. */
	readonly replicaSets: readonly ReplicaSet[];
	/** Looks for progress again, later or, with 0, as soon as may be. */
	readonly checkAgain: (delayMs: number) => void;
	/** With what the pass has changed in it so far. */
	deployment: Deployment;
}

/** Writes the status, and with it the Deployment's annotations; what the pass has changed in both stays in its view. */
export async function writeDeployment(
	pass: DeploymentPass,
	changes: {readonly status?: DeploymentStatus; readonly annotations?: Readonly<Record<string, string>>},
) {
	const {deployment} = pass;
	const {status = deployment.status ?? {}, annotations = deployment.metadata.annotations ?? {}} = changes;
	pass.deployment = {...deployment, metadata: {...deployment.metadata, annotations}, status};
	const {namespace, name} = deployment.metadata;
	await pass.api.send({method: 'PUT', path: `${deploymentPath(namespace, name)}/status`, body: pass.deployment});
}

/** Writes the counts, if they have changed (kubernetes: sync.go syncDeploymentStatus). */
export async function syncStatus(pass: DeploymentPass, newest: ReplicaSet | undefined, old: readonly ReplicaSet[]): Promise<void> {
	const status = deploymentStatus(pass.deployment, newest, allOf(newest, old), pass.clock.now());
	if (!sameDeploymentStatus(pass.deployment.status, status)) await writeDeployment(pass, {status});
}

/** Writes the counts and the progress, if they have changed, else looks again at the deadline (kubernetes: progress.go syncRolloutStatus). */
export async function syncRolloutStatus(pass: DeploymentPass, newest: ReplicaSet | undefined, old: readonly ReplicaSet[]): Promise<void> {
	const nowMs = pass.clock.now();
	const status = rolloutStatus(pass.deployment, newest, allOf(newest, old), nowMs);
	if (!sameDeploymentStatus(pass.deployment.status, status)) return writeDeployment(pass, {status});
	const delayMs = nextProgressCheckMs(pass.deployment, status, nowMs);
	if (delayMs !== undefined) pass.checkAgain(delayMs);
}

function allOf(newest: ReplicaSet | undefined, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
	return newest === undefined ? old : [...old, newest];
}

/** Carries out the steps of a plan in their order. `isForced`: also where only the annotations change (kubernetes: sync.go scaleReplicaSet). */
export async function scaleAll(pass: DeploymentPass, steps: readonly ScaleStep[], isForced = false): Promise<void> {
	const written = new Map<string, ReplicaSet>();
	for (const {replicaSet, to} of steps) {
		const {uid} = replicaSet.metadata;
		written.set(uid, await scale(pass, written.get(uid) ?? replicaSet, to, isForced));
	}
}

async function scale({api, events, deployment}: DeploymentPass, replicaSet: ReplicaSet, to: number, isForced: boolean): Promise<ReplicaSet> {
	const {namespace, name, annotations} = replicaSet.metadata;
	const from = replicaSet.spec.replicas;
	const sizes = sizeAnnotations(deployment);
	if (from === to && !(isForced && !hasAnnotations(annotations, sizes))) return replicaSet;
	const body = {
		...replicaSet,
		metadata: {...replicaSet.metadata, annotations: {...annotations, ...sizes}},
		spec: {...replicaSet.spec, replicas: to},
	};
	const scaled = (await api.send({method: 'PUT', path: replicaSetPath(namespace, name), body})) as ReplicaSet;
	if (from !== to) {
		const message = `Scaled ${from < to ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
		events.record(involved(deployment), 'Normal', 'ScalingReplicaSet', message);
	}
	return scaled;
}
