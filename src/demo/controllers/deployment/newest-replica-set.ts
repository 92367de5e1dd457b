import type {JsonObject} from '../../../domain/json.ts';
import {hashLabel, sameJson, withoutHash} from '../../../domain/same-template.ts';
import {involved} from '../context.ts';
import {errorOf, isAlreadyExists, isNamespaceTerminating} from '../errors.ts';
import type {Deployment, PodTemplate, ReplicaSet} from '../kinds.ts';
import {controllerOf, controllerReference} from '../owners.ts';
import {replicaSetPath} from '../paths.ts';
import {templateHash} from '../template-hash.ts';
import {findCondition, newCondition, withCondition} from './conditions.ts';
import {type DeploymentPass, writeDeployment} from './deployment-pass.ts';
import {progressDeadline} from './limits.ts';
import {newSize} from './plan-rolling-update.ts';
import {hasAnnotations, newestAnnotations, nextRevision, revisionAnnotation, sizeAnnotations} from './revision-annotations.ts';

/** A Deployment's ReplicaSets: the one for its template, if there is one, and all others, oldest first. */
export interface Sides {
	readonly newest: ReplicaSet | undefined;
	readonly old: readonly ReplicaSet[];
}

const longestName = 253;

/** Which ReplicaSet is the newest: the oldest one with the Deployment's template (kubernetes: deployment_util.go FindNewReplicaSet). */
export function sidesOf({spec}: Deployment, replicaSets: readonly ReplicaSet[]): Sides {
	const newest = replicaSets.find(replicaSet => sameTemplate(replicaSet.spec.template, spec.template));
	return {newest, old: replicaSets.filter(replicaSet => replicaSet !== newest)};
}

function sameTemplate(left: PodTemplate, right: PodTemplate): boolean {
	return sameJson(withoutHash(left as unknown as JsonObject), withoutHash(right as unknown as JsonObject));
}

/** Finds the newest ReplicaSet and brings its revision, and the Deployment's, up to date (kubernetes: sync.go getAllReplicaSetsAndSyncRevision). */
export async function syncRevision(pass: DeploymentPass): Promise<Sides> {
	const {newest, old} = sidesOf(pass.deployment, pass.replicaSets);
	return {newest: newest === undefined ? undefined : await updateNewest(pass, newest, nextRevision(old)), old};
}

/** The same, and makes the newest ReplicaSet if there is none. */
export async function syncOrCreateNewest(pass: DeploymentPass): Promise<Sides & {readonly newest: ReplicaSet}> {
	const {newest, old} = await syncRevision(pass);
	return {newest: newest ?? (await createNewest(pass, old)), old};
}

async function updateNewest(pass: DeploymentPass, newest: ReplicaSet, revision: number): Promise<ReplicaSet> {
	const {deployment, api, clock} = pass;
	const {minReadySeconds = 0} = deployment.spec;
	const known = newest.metadata.annotations;
	const annotations = newestAnnotations(deployment, known, revision);
	if (!hasAnnotations(known, annotations) || (newest.spec.minReadySeconds ?? 0) !== minReadySeconds) {
		const {namespace, name} = newest.metadata;
		const body = {...newest, metadata: {...newest.metadata, annotations}, spec: {...newest.spec, minReadySeconds}};
		return (await api.send({method: 'PUT', path: replicaSetPath(namespace, name), body})) as ReplicaSet;
	}
	const conditions = deployment.status?.conditions ?? [];
	const isNews = progressDeadline(deployment) !== undefined && findCondition(conditions, 'Progressing') === undefined;
	const found = newCondition('Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${newest.metadata.name}"`, clock.now());
	const numbered = withRevision(deployment, known?.[revisionAnnotation] ?? '');
	if (numbered !== undefined || isNews) {
		const status = {...deployment.status, conditions: isNews ? withCondition(conditions, found) : conditions};
		await writeDeployment(pass, {status, ...(numbered !== undefined && {annotations: numbered})});
	}
	return newest;
}

/** The Deployment's annotations with a revision; undefined when it has it already. */
function withRevision({metadata: {annotations}}: Deployment, revision: string): Readonly<Record<string, string>> | undefined {
	return (annotations?.[revisionAnnotation] ?? '') === revision ? undefined : {...annotations, [revisionAnnotation]: revision};
}

async function createNewest(pass: DeploymentPass, old: readonly ReplicaSet[]): Promise<ReplicaSet> {
	const {deployment, api, clock, events} = pass;
	const wanted = newReplicaSet(deployment, old);
	const {name} = wanted.metadata;
	const {namespace} = deployment.metadata;
	let created: ReplicaSet;
	let isNew = true;
	try {
		created = (await api.send({method: 'POST', path: replicaSetPath(namespace), body: wanted})) as ReplicaSet;
	} catch (error) {
		if (!isAlreadyExists(error)) throw await reportFailure(pass, name, error);
		created = await existing(pass, name, error);
		isNew = false;
	}
	const size = created.spec.replicas;
	if (isNew && size > 0) events.record(involved(deployment), 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${size}`);
	const annotations = withRevision(deployment, String(nextRevision(old)));
	const isTold = isNew && progressDeadline(deployment) !== undefined;
	const made = newCondition('Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${name}"`, clock.now());
	const conditions = deployment.status?.conditions ?? [];
	if (annotations !== undefined || isTold) {
		const status = {...deployment.status, conditions: isTold ? withCondition(conditions, made) : conditions};
		await writeDeployment(pass, {status, ...(annotations !== undefined && {annotations})});
	}
	return created;
}

function newReplicaSet(deployment: Deployment, old: readonly ReplicaSet[]) {
	const {name, namespace} = deployment.metadata;
	const {template, selector, minReadySeconds = 0} = deployment.spec;
	const hash = templateHash(template, deployment.status?.collisionCount);
	const labels = {...template.metadata?.labels, [hashLabel]: hash};
	return {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${name.slice(0, longestName - 1 - hash.length)}-${hash}`,
			namespace,
			labels,
			annotations: {...newestAnnotations(deployment, undefined, nextRevision(old)), ...sizeAnnotations(deployment)},
			ownerReferences: [controllerReference(deployment)],
		},
		spec: {
			replicas: newSize(deployment, old, 0),
			...(minReadySeconds > 0 && {minReadySeconds}),
			selector: {...selector, matchLabels: {...selector.matchLabels, [hashLabel]: hash}},
			template: {...template, metadata: {...template.metadata, labels}},
		},
	};
}

/** The one that has the name: ours after all, when the watch was late; else two templates have the same hash, and the next pass takes another one. */
async function existing(pass: DeploymentPass, name: string, error: unknown): Promise<ReplicaSet> {
	const {deployment, api} = pass;
	const found = (await api.send({path: replicaSetPath(deployment.metadata.namespace, name)})) as ReplicaSet;
	const isOurs = controllerOf(found)?.uid === deployment.metadata.uid && sameTemplate(found.spec.template, deployment.spec.template);
	if (isOurs) return found;
	await writeDeployment(pass, {status: {...deployment.status, collisionCount: (deployment.status?.collisionCount ?? 0) + 1}}).catch(() => undefined);
	throw error;
}

/** Gives the error back, for the pass to end with. */
async function reportFailure(pass: DeploymentPass, name: string, error: unknown): Promise<Error> {
	const failure = errorOf(error);
	if (isNamespaceTerminating(error)) return failure;
	const {deployment, clock, events} = pass;
	const message = `Failed to create new replica set "${name}": ${failure.message}`;
	if (progressDeadline(deployment) !== undefined) {
		const failed = newCondition('Progressing', 'False', 'ReplicaSetCreateError', message, clock.now());
		const conditions = withCondition(deployment.status?.conditions ?? [], failed);
		await writeDeployment(pass, {status: {...deployment.status, conditions}}).catch(() => undefined);
	}
	events.record(involved(deployment), 'Warning', 'ReplicaSetCreateError', message);
	return failure;
}
